import type { BrowserWindow} from 'electron';
import { app, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron'
import { randomUUID } from 'node:crypto'
import { basename, dirname, extname, join } from 'node:path'
import type { ChosenPlace, Grant, OpenKind, SaveKind } from '../contract/jobs'

const kinds: Readonly<Record<SaveKind, { readonly name: string; readonly extension: string }>> = {
  pdf: { name: 'PDF', extension: 'pdf' },
  eml: { name: 'E-mail', extension: 'eml' },
  mbox: { name: 'Mail archive', extension: 'mbox' },
  csv: { name: 'Table', extension: 'csv' },
  txt: { name: 'Plain text', extension: 'txt' },
  zip: { name: 'ZIP archive', extension: 'zip' }
}

const readable: Readonly<Record<OpenKind, { readonly title: string; readonly name: string; readonly extensions: readonly string[] }>> = {
  archive: { title: 'Choose a file with letters', name: 'Letters', extensions: ['eml', 'mbox', 'mbx', 'csv'] },
  document: { title: 'Choose a document', name: 'Documents', extensions: ['docx', 'docm', 'odt', 'rtf', 'txt', 'eml', 'doc'] }
}

/** A name is only offered: no folder in it, nothing a system refuses. */
const offered = (name: string): string => name.replace(/[^\p{L}\p{N} ()_-]/gu, ' ').trim() || 'letters'

/**
 * The system's own dialogs. What is chosen goes to the core as a grant; a window learns the file's name alone, so no page
 * can ever name a file.
 * @param granted hands the place to the core
 */
export const createFileChooser = (granted: (grant: Grant) => void) => {
  /** Each dialog opens where the last one ended, and the first one among the person's documents. */
  let folder: string | null = null
  const grant = (purpose: Grant['purpose'], path: string): ChosenPlace => {
    folder = dirname(path)
    const placeId = randomUUID()
    granted({ placeId, purpose, path })
    return { placeId, fileName: basename(path) }
  }
  return {
    /** A file dropped onto a window is as good as one chosen in a dialog. */
    dropped: (path: string): ChosenPlace => grant('open', path),
    /** @returns null when the person closed the dialog */
    chooseSave: async (window: BrowserWindow | null, kind: SaveKind, name: string): Promise<ChosenPlace | null> => {
      const { name: label, extension } = kinds[kind]
      const options: SaveDialogOptions = {
        title: 'Save as',
        defaultPath: join(folder ?? app.getPath('documents'), `${offered(name)}.${extension}`),
        filters: [{ name: label, extensions: [extension] }],
        properties: ['showOverwriteConfirmation', 'createDirectory']
      }
      const chosen = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
      if (chosen.canceled || chosen.filePath === '') return null
      return grant('save', extname(chosen.filePath) === '' ? `${chosen.filePath}.${extension}` : chosen.filePath)
    },
    /** @returns null when the person closed the dialog */
    chooseOpen: async (window: BrowserWindow | null, kind: OpenKind): Promise<ChosenPlace | null> => {
      const { title, name, extensions } = readable[kind]
      const options: OpenDialogOptions = {
        title,
        defaultPath: folder ?? app.getPath('documents'),
        filters: [{ name, extensions: [...extensions] }, { name: 'All files', extensions: ['*'] }],
        properties: ['openFile']
      }
      const chosen = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
      const path = chosen.filePaths[0]
      return chosen.canceled || path === undefined ? null : grant('open', path)
    }
  }
}

export type FileChooser = ReturnType<typeof createFileChooser>
