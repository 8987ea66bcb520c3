import { ref } from 'vue'
import { useRouter } from 'vue-router'
import type { Failure } from '@contract/result'
import { useDraftsStore } from '@/stores/drafts'
import type { DraftEditor } from './draft-editor'

/** `Discard draft`: saved first, so that `Undo` in Drafts brings back every word. */
export const useDiscard = (editor: DraftEditor, contactName: () => string | null, finish: () => void, refuse: (reason: Failure) => void) => {
  const drafts = useDraftsStore()
  const router = useRouter()
  const discarding = ref(false)

  const discard = async (): Promise<void> => {
    if (discarding.value) return
    discarding.value = true
    try {
      await editor.flush()
      const draftId = editor.state.draftId
      const result = draftId === null ? null : await drafts.discard(draftId, contactName())
      if (result && !result.ok && result.code !== 'DRAFT_CLOSED') {
        refuse(result)
        return
      }
      finish()
      await router.push({ name: 'drafts' })
    } finally {
      discarding.value = false
    }
  }

  return { discarding, discard }
}
