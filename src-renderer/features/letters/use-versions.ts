import { computed, ref, shallowRef } from 'vue'
import type { DraftVersionText } from '@contract/views'
import type { DraftEditor } from './draft-editor'

type Words = Pick<DraftVersionText, 'subject' | 'body'>

/** Why the text on the screen is another one than a moment ago; each can be undone. */
type Replaced = { readonly why: 'restored' | 'kept' | 'shorter'; readonly before: Words }

const sentences: { readonly [W in Replaced['why']]: string } = {
  restored: 'The earlier version is here now. The text of before is kept in Earlier versions.',
  kept: 'Your words are all here. The shorter text is kept in Earlier versions.',
  shorter: 'The shorter text is here now. The earlier one is kept in Earlier versions.'
}

/** Earlier versions of a letter. Taking one back is an edit like any other, and can be undone. */
export const useVersions = (editor: DraftEditor, atEnd: () => void) => {
  const open = ref(false)
  const replaced = shallowRef<Replaced | null>(null)

  const present = (): Words => ({ subject: editor.state.fields.subject, body: editor.state.fields.body })
  const put = async ({ subject, body }: Words): Promise<void> => {
    await editor.putBack({ subject, body })
    atEnd()
  }

  return {
    open,
    /** What to say about a text that was replaced. */
    sentence: computed(() => (replaced.value === null ? '' : sentences[replaced.value.why])),
    show: async (): Promise<void> => {
      await editor.flush()
      open.value = true
    },
    restore: async (version: Words): Promise<void> => {
      open.value = false
      replaced.value = { why: 'restored', before: present() }
      await put(version)
    },
    /** The answer about words that would go. Whatever it is, the other text is kept. */
    answerLoss: async (keep: boolean): Promise<void> => {
      const before = present()
      if (keep) {
        editor.keepWords()
        replaced.value = { why: 'kept', before }
        atEnd()
      } else {
        replaced.value = { why: 'shorter', before: { subject: before.subject, body: editor.state.loss?.earlierBody ?? before.body } }
        await editor.useShorter()
      }
    },
    undo: async (): Promise<void> => {
      const last = replaced.value
      replaced.value = null
      if (last) await put(last.before)
    },
    forget: (): void => {
      replaced.value = null
    }
  }
}
