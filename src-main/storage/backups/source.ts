import { closeSync, fstatSync, openSync } from 'node:fs'
import { StorageError, type Connection } from '../open'

/** Pages in the write-ahead log before it is folded in by itself: SQLite's own default, put back after each copy. */
const pagesBeforeFolding = 1_000

/**
 * A mailbox as the source of a copy. Between `begin` and `end` the main file does not change: everything is folded in first,
 * and what is written meanwhile stays in the write-ahead log. So bytes can be copied slice by slice while letters are saved.
 */
export const copySource = (connection: Connection, file: string) => {
  // Opened once and kept until the connection has closed. On POSIX, closing *any* handle of a file drops all locks this process
  // holds on it, SQLite's among them; a second instance could then open the mailbox beside us.
  let handle: number | null = null
  let changesAtBegin = -1
  const changes = (): number => connection.prepare('SELECT total_changes()').pluck().get() as number
  return {
    /** @returns the handle to read from and how much there is; @throws StorageError or SQLite's own error when the file is damaged or the disk full */
    begin: (): { readonly handle: number; readonly bytes: number } => {
      const [folded] = connection.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
      if (folded?.busy !== 0) throw new StorageError('INTERNAL', 'the write-ahead log could not be folded in')
      connection.pragma('wal_autocheckpoint = 0')
      handle ??= openSync(file, 'r')
      changesAtBegin = changes()
      return { handle, bytes: fstatSync(handle).size }
    },
    end: (): void => {
      if (connection.open) connection.pragma(`wal_autocheckpoint = ${pagesBeforeFolding}`)
    },
    /** Whether anything was written since the last copy began, or ever. */
    hasChanged: (): boolean => changes() !== changesAtBegin,
    /** Call after the connection has closed, never before. */
    release: (): void => {
      if (handle !== null) closeSync(handle)
      handle = null
    }
  }
}
