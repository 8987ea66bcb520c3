import { ref, shallowRef } from 'vue'
import type { ImportedDocument } from '@contract/documents'
import type { ChosenPlace } from '@contract/jobs'
import { isMeantAsPhoto } from '@rules/photo'
import { isBlank } from '@rules/text'
import { bridge, type Failure, type Result } from '@/bridge'
import type { DraftEditor } from './draft-editor'

/** Words dragged from somewhere go their own way into the field. */
const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

type Words = { readonly subject: string; readonly body: string }

/** A document of another program becomes part of the letter: chosen or dropped, looked at, taken in; taking it in can be undone. Photos that were dropped go their own way. */
export const useBringIn = (editor: DraftEditor, atEnd: () => void, addPhotos: (files: readonly File[]) => unknown) => {
  const busy = ref(false)
  const failed = shallowRef<Failure | null>(null)
  /** What was read and waits for a yes. */
  const found = shallowRef<ImportedDocument | null>(null)
  /** The letter before a document came in. */
  const before = shallowRef<Words | null>(null)
  const broughtIn = ref('')
  /** What is held over the letter. */
  const hovering = ref<'photo' | 'document' | null>(null)

  const words = (): Words => ({ subject: editor.state.fields.subject, body: editor.state.fields.body })

  const look = async (choose: () => Promise<Result<ChosenPlace | null>>): Promise<void> => {
    failed.value = null
    busy.value = true
    try {
      const chosen = await choose()
      if (!chosen.ok) failed.value = chosen
      if (!chosen.ok || chosen.value === null) return
      const read = await bridge.documents.read({ placeId: chosen.value.placeId })
      if (read.ok) found.value = read.value
      else failed.value = read
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    failed,
    hovering,
    found,
    before,
    broughtIn,
    choose: () => look(() => bridge.files.chooseOpen({ kind: 'document' })),
    /** Files were let go over the letter: photos are read here; where a document lies, main knows, and the page does not. */
    drop: (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      hovering.value = null
      const files = [...(event.dataTransfer?.files ?? [])]
      const photos = files.filter(isMeantAsPhoto)
      if (photos.length > 0) addPhotos(photos)
      if (photos.length === files.length && files.length > 0) return
      if (!busy.value && found.value === null) void look(() => bridge.files.takeDropped({}))
    },
    /** A file is held over the letter: it may be let go here. */
    hover: (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      hovering.value = [...(event.dataTransfer?.items ?? [])].every(({ type }) => type.startsWith('image/')) ? 'photo' : 'document'
    },
    /** Also told when the hand only goes on to something inside the letter, and then it is still over it. */
    leave: (event: DragEvent): void => {
      const letter = event.currentTarget as Element
      if (!letter.contains(event.relatedTarget as Node | null)) hovering.value = null
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
      await editor.putBack(earlier)
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
