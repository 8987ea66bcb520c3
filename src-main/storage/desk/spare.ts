import { flushFolderOf } from '../durable-files'
import type { Files } from '../files'
import { deskMigrations } from '../migrations/desk'
import { checkHistory } from '../migrate'
import { openConnection, StorageError, type Connection } from '../open'

/** The copy of this PC's own file that an orderly end leaves beside it. */
export const spareOf = (file: string): string => `${file}.copy`

/**
 * Looks through a whole file before anything is written to it. This PC's own file is small (0.1 ms for 45 KB), so every start can afford the
 * full check, indexes included.
 * @throws StorageError DAMAGED
 */
export const checkWhole = (connection: Connection): void => {
  if (connection.pragma('integrity_check', { simple: true }) !== 'ok') throw new StorageError('DAMAGED', 'this PC’s own file is damaged')
}

/** @returns whether the copy could stand in for the file */
export const hasSpare = (files: Files, file: string): boolean => {
  if (!files.exists(spareOf(file))) return false
  try {
    openConnection(spareOf(file), {
      files,
      look: (spare) => {
        checkWhole(spare)
        if (checkHistory(spare, deskMigrations) === 0) throw new StorageError('DAMAGED', 'the copy is empty')
      }
    }).close()
    return true
  } catch {
    return false
  }
}

/**
 * Puts the copy in the place of a damaged file, or, where there is none, lets the next opening begin it anew. The damaged bytes are kept
 * beside it, a damaged copy too. A crash in between leaves the damaged file in its place, so the person is asked again.
 * @param now names the kept file
 */
export const takeSpare = (files: Files, file: string, now: number): void => {
  const mark = `damaged-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`
  for (const part of [file, `${file}-wal`]) {
    if (!files.exists(part)) continue
    files.copy(part, `${part}.${mark}`)
    files.flush(`${part}.${mark}`)
  }
  const spare = hasSpare(files, file)
  const fresh = `${file}.new`
  if (!spare && files.exists(spareOf(file))) files.rename(spareOf(file), `${spareOf(file)}.${mark}`)
  if (spare) {
    files.copy(spareOf(file), fresh)
    files.flush(fresh)
  }
  // The log is the damaged file's; laid over the copy, it would damage that too.
  files.remove(`${file}-wal`)
  if (spare) files.rename(fresh, file)
  else files.remove(file)
  flushFolderOf(files, file)
}
