import { ref, shallowRef } from 'vue'
import type { ImportedDocument } from '@contract/documents'
import { isBlank } from '@rules/text'
import { bridge, type Failure } from '@/bridge'
import type { DraftEditor } from './draft-editor'

type Words = { readonly subject: string; readonly body: string }

/** A document of another program becomes part of the letter: chosen, looked at, taken in; taking it in can be undone. */
export const useBringIn = (editor: DraftEditor, atEnd: () => void) => {
  const busy = ref(false)
  const failed = shallowRef<Failure | null>(null)
  /** What was read and waits for a yes. */
  const found = shallowRef<ImportedDocument | null>(null)
  /** The letter before a document came in. */
  const before = shallowRef<Words | null>(null)
  const broughtIn = ref('')

  const words = (): Words => ({ subject: editor.state.fields.subject, body: editor.state.fields.body })

  return {
    busy,
    failed,
    found,
    before,
    broughtIn,
    choose: async (): Promise<void> => {
      failed.value = null
      busy.value = true
      try {
        const chosen = await bridge.files.chooseOpen({ kind: 'document' })
        if (!chosen.ok) failed.value = chosen
        if (!chosen.ok || chosen.value === null) return
        const read = await bridge.documents.read({ placeId: chosen.value.placeId })
        if (read.ok) found.value = read.value
        else failed.value = read
      } finally {
        busy.value = false
      }
    },
    /** Puts the text into an empty letter, or below what is written. */
    take: async (text: string): Promise<void> => {
      const document = found.value
      if (document === null) return
      before.value = words()
      broughtIn.value = document.fileName
      found.value = null
      const { subject, body } = words()
      editor.edit(
        {
          body: isBlank(body) ? text : `${body.replace(/\s+$/u, '')}\n\n${text}`,
          ...(isBlank(subject) && document.subject !== '' ? { subject: document.subject } : {})
        },
        true
      )
      await editor.flush()
      atEnd()
    },
    undo: async (): Promise<void> => {
      const earlier = before.value
      before.value = null
      if (earlier === null) return
      editor.edit(earlier, true)
      await editor.flush()
      atEnd()
    },
    forget: (): void => {
      before.value = null
    },
    cancel: (): void => {
      found.value = null
    }
  }
}
