import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import type { MarkedKind, Marks } from '@contract/correspondence'
import type { Failure, Result } from '@contract/result'
import { onChanged } from '@/bridge'
import { useMarksStore } from '@/stores/marks'

/** The marks of one letter, answer or person, for `MarksCard`: what to show, and what to do when something is pressed. */
export const useMarks = (kind: MarkedKind, id: () => string | null) => {
  const store = useMarksStore()
  const marks = shallowRef<Marks | null>(null)
  const failed = ref<Failure | null>(null)
  const busy = ref(false)

  async function load(): Promise<void> {
    const wanted = id()
    if (wanted === null || wanted === '') return
    const result = await store.of(kind, wanted)
    if (wanted !== id()) return
    if (result.ok) marks.value = result.value
  }
  watch(
    id,
    () => {
      marks.value = null
      failed.value = null
      void load()
    },
    { immediate: true }
  )
  onBeforeUnmount(onChanged(['marks', 'contacts'], () => void load()))

  async function act<T>(call: (at: string) => Promise<Result<T>>): Promise<void> {
    const at = id()
    if (at === null || busy.value) return
    busy.value = true
    const result = await call(at)
    failed.value = result.ok ? null : result
    busy.value = false
    if (result.ok) await load()
  }

  return {
    marks,
    failed,
    load,
    card: computed(() => ({ marks: marks.value, busy: busy.value })),
    listeners: {
      flag: (on: boolean): Promise<void> => act((at) => store.flag(kind, at, on)),
      archive: (on: boolean): Promise<void> => act((at) => store.archive(kind, at, on)),
      pray: (words: string): Promise<void> => act((at) => store.openPrayer(kind, at, words))
    },
    saveNote: (at: string) => async (text: string, baseRevision: number) => {
      const result = await store.saveNote(kind, at, text, baseRevision)
      return result.ok ? ({ ok: true, value: result.value.note } as const) : result
    }
  }
}
