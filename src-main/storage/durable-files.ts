import { dirname } from 'node:path'
import type { Files } from './files'

/** A new name, a rename or a removal is on disk only when its folder is. */
export const flushFolderOf = (files: Files, file: string): void => files.flushFolder(dirname(file))

/** Writes a small file so that a power cut leaves the old one or the new one, never half. Only this user may read it. */
export const writeDurably = (files: Files, file: string, text: string): void => {
  const fresh = `${file}.new`
  files.write(fresh, text)
  files.flush(fresh)
  files.rename(fresh, file)
  flushFolderOf(files, file)
}
