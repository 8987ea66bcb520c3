import { ref, shallowRef } from 'vue'
import type { DraftRevision } from '@contract/views'
import type { DraftEditor } from './draft-editor'

type Words = Pick<DraftRevision, 'subject' | 'body'>

/** Earlier versions of a letter. Taking one back is an edit like any other, and can be undone. */
export const useVersions = (editor: DraftEditor, atEnd: () => void) => {
  const open = ref(false)
  const replaced = shallowRef<Words | null>(null)

  const put = async ({ subject, body }: Words): Promise<void> => {
    editor.edit({ subject, body }, true)
    await editor.flush()
    atEnd()
  }

  return {
    open,
    /** What the version on the screen replaced. */
    replaced,
    show: async (): Promise<void> => {
      await editor.flush()
      open.value = true
    },
    restore: async (version: Words): Promise<void> => {
      open.value = false
      replaced.value = { subject: editor.state.fields.subject, body: editor.state.fields.body }
      await put(version)
    },
    undo: async (): Promise<void> => {
      const before = replaced.value
      replaced.value = null
      if (before) await put(before)
    },
    forget: (): void => {
      replaced.value = null
    }
  }
}
