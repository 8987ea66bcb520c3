import { join } from 'node:path'
import type { Files } from './files'

/** Who works in a data folder now. A note only: the lock on desk.db is the truth, and a note that a crash left says nothing. */
export type OwnerNote = { readonly name: string; readonly at: number }

const noteFile = (profileDir: string): string => join(profileDir, 'desk.owner')

/** Says who holds the folder, for whoever finds it locked. What cannot be written is left out. */
export const writeOwnerNote = (files: Files, profileDir: string, note: OwnerNote): void => {
  try {
    files.write(noteFile(profileDir), JSON.stringify(note))
  } catch {
    // Without the note the other person reads "somebody else".
  }
}

export const removeOwnerNote = (files: Files, profileDir: string): void => {
  try {
    files.remove(noteFile(profileDir))
  } catch {
    // Left behind like after a crash: only read while the lock is held.
  }
}

/** @returns the name of whoever holds the folder, or null when nobody said; never longer than a line */
export const readOwnerName = (files: Pick<Files, 'read'>, profileDir: string): string | null => {
  try {
    const note: unknown = JSON.parse(files.read(noteFile(profileDir)))
    const name: unknown = typeof note === 'object' && note !== null && 'name' in note ? note.name : null
    return typeof name === 'string' && name.trim() !== '' ? name.replace(/\p{C}/gu, '').trim().slice(0, 60) : null
  } catch {
    return null
  }
}
