import { nextTick, ref } from 'vue'
import { leftOutOfPaste } from '@rules/document-text'
import { isMeantAsPhoto } from '@rules/photo'
import { normaliseText } from '@rules/text'
import { pasteSentence } from '@/words/left-out'
import type { DraftEditor } from './draft-editor'

/** What the sheet offers (ui/TextAreaSheet). */
type Sheet = {
  readonly caretTo: (start: number, end?: number) => void
  readonly caret: () => readonly [start: number, end: number]
}

/** What the browser calls a picture that was copied and not a file. */
const copiedPicture = 'image.png'

/** Photos of the clipboard, unless there are words in it: those are what was meant, and a word processor adds a picture of them. */
const photosIn = (clipboard: DataTransfer | null): readonly File[] =>
  clipboard === null || clipboard.getData('text/plain') !== ''
    ? []
    : [...clipboard.files].filter(isMeantAsPhoto).map((file) => (file.name === copiedPicture ? new File([file], 'Pasted photo.png', { type: file.type }) : file))

/** Typing, pasting and leaving the message: plain text stays plain, and an emptied letter is noticed. */
export const useMessageField = (editor: DraftEditor, sheet: () => Sheet | null, fieldId: string, wiring: {
  readonly isLeaving: () => boolean
  readonly addPhotos: (files: readonly File[]) => unknown
}) => {
  /** Set by a paste, used by the input that follows it. */
  let pasted = false
  /** What the last paste lost; empty when it was words alone. */
  const pasteWords = ref('')
  const element = (): HTMLTextAreaElement | null => {
    const found = document.getElementById(fieldId)
    return found instanceof HTMLTextAreaElement ? found : null
  }

  const notePaste = (event: ClipboardEvent): void => {
    const photos = photosIn(event.clipboardData)
    if (photos.length > 0) {
      event.preventDefault()
      wiring.addPhotos(photos)
      return
    }
    pasted = true
    const types = event.clipboardData?.types ?? []
    const formatted = types.includes('text/html') || types.includes('text/rtf')
    pasteWords.value = formatted ? pasteSentence(leftOutOfPaste(event.clipboardData?.getData('text/html') ?? '')) : ''
  }

  const write = (text: string): void => {
    const clean = pasted ? normaliseText(text) : text
    pasted = false
    const caret = clean === text ? null : normaliseText(text.slice(0, sheet()?.caret()[1])).length
    editor.edit({ body: clean })
    if (caret !== null) void nextTick(() => sheet()?.caretTo(caret))
  }

  /** Leaving an emptied letter for another field is the moment to ask; a press on `Discard draft` comes first. */
  const leave = (): void => {
    void editor.flush()
    window.setTimeout(() => {
      if (document.activeElement?.id === fieldId || wiring.isLeaving() || !document.hasFocus()) return
      if (!editor.askAboutEmpty()) editor.askAboutLoss()
    }, 300)
  }

  return {
    pasteWords,
    notePaste,
    write,
    leave,
    /** Selects everything from here on, with the beginning in view. */
    markFrom: (from: number): void => {
      sheet()?.caretTo(from)
      element()?.setSelectionRange(from, editor.state.fields.body.length, 'backward')
    },
    copyAll: (): void => {
      sheet()?.caretTo(0, editor.state.fields.body.length)
      document.execCommand('copy')
    }
  }
}
