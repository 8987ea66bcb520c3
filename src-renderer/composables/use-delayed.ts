import { onScopeDispose, ref, watch, type Ref, type WatchSource } from 'vue'

/**
 * True once `source` has been true for `milliseconds` without a pause, false at once when it ends. Short work then shows
 * no sign of being busy, and nothing flashes.
 */
export function useDelayed(source: WatchSource<boolean>, milliseconds = 500): Readonly<Ref<boolean>> {
  const shown = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(timer)
  watch(
    source,
    (active) => {
      stop()
      if (!active) shown.value = false
      else timer = setTimeout(() => (shown.value = true), milliseconds)
    },
    { immediate: true, flush: 'sync' }
  )
  onScopeDispose(stop)
  return shown
}
