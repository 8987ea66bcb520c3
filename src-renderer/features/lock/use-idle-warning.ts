import { computed, onScopeDispose, ref } from 'vue'
import { onEvent } from '@/bridge'
import { useSessionStore } from '@/stores/session'
import { leftInWords } from './idle-words'

/** Main's word that nobody moves, until somebody does, the time is over or the session changes. */
export const useIdleWarning = () => {
  const session = useSessionStore()
  const warning = ref<{ readonly what: 'lock' | 'signOut'; readonly at: number } | null>(null)
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  const clear = (): void => {
    clearInterval(timer)
    warning.value = null
  }
  const look = (): void => {
    left.value = (warning.value?.at ?? 0) - Date.now()
    if (left.value < -2_000) clear()
  }

  const stopListening = onEvent((event) => {
    if (event.type === 'sessionChanged') clear()
    if (event.type !== 'idleWarning' || session.current === null) return
    clear()
    warning.value = { what: event.what, at: event.at }
    look()
    timer = setInterval(look, 1_000)
  })
  onScopeDispose(() => {
    stopListening()
    clear()
  })

  return { warning: computed(() => warning.value), words: computed(() => leftInWords(left.value)), clear }
}

export type IdleWarningState = ReturnType<typeof useIdleWarning>
