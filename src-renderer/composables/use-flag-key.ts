import { nextTick, ref } from 'vue'
import type { MessageKind } from '@contract/exchange'
import type { Failure } from '@contract/result'
import { useMarksStore } from '@/stores/marks'

/** A letter that has the focus: what is flagged, and what it is called aloud. */
export type Flaggable = { readonly kind: MessageKind; readonly id: string; readonly flagged: boolean; readonly subject: string }

/** F by itself, and not as a letter that somebody writes. */
export const isFlagKey = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'f' &&
  !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing) &&
  !(event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]'))

/**
 * One key flags the letter that has the focus, or takes the flag away.
 * @returns `told`: what came of it, for a status that is read aloud; `failed`: why it could not be done
 */
export const useFlagKey = () => {
  const store = useMarksStore()
  const told = ref('')
  const failed = ref<Failure | null>(null)
  return {
    told,
    failed,
    toggle: async ({ kind, id, flagged, subject }: Flaggable): Promise<void> => {
      const result = await store.flag(kind, id, !flagged)
      failed.value = result.ok ? null : result
      // Emptied first, so that the same words are read again.
      told.value = ''
      await nextTick()
      if (result.ok) told.value = flagged ? `The flag of “${subject}” is taken away.` : `“${subject}” is flagged.`
    }
  }
}
