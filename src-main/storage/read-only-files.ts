import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Files } from './files'
import { distrust, StorageError, storageCode, type Connection } from './open'

/** A private folder for the moment that a copy takes, on whatever disk can be written. */
export type Scratch = { readonly make: () => string; readonly remove: (folder: string) => void }

/**
 * A folder that is read and never written: a read-only disk, a folder without the right to write, or a disk without a free
 * byte. What is written to small files stays in memory, so that every use case runs as it is; databases are opened, taken
 * into memory and let go of (`intoMemory`). Nothing of it is kept, which is why nothing may be called saved.
 * @param inPlace whether databases can be opened where they lie: on a full disk they can (their lock is kept in memory)
 */
export const readOnlyFiles = (disk: Files, scratch: Scratch, inPlace: boolean): Files => {
  /** What would lie on the disk by now; null: removed. */
  const kept = new Map<string, string | null>()
  /** Where the copy of an open database lies, by its name. */
  const copies = new Map<string, string>()
  const exists = (file: string): boolean => (kept.has(file) ? kept.get(file) !== null : disk.exists(file))
  const read = (file: string): string => {
    const text = kept.get(file)
    if (text === null) throw new StorageError('READ_ONLY', 'the file was removed')
    return text ?? disk.read(file)
  }
  return {
    ...disk,
    exists,
    size: (file) => {
      const text = kept.get(file)
      return text === undefined ? disk.size(file) : text === null ? null : Buffer.byteLength(text)
    },
    read,
    readStart: (file, count) => {
      const text = kept.get(file)
      return typeof text === 'string' ? new Uint8Array(Buffer.from(text).subarray(0, count)) : disk.readStart(file, count)
    },
    write: (file, text) => void kept.set(file, text),
    wipe: () => undefined,
    copy: (from, to) => void kept.set(to, read(from)),
    rename: (from, to) => {
      kept.set(to, read(from))
      kept.set(from, null)
    },
    remove: (file) => {
      if (exists(file)) kept.set(file, null)
    },
    makeFolder: () => undefined,
    flush: () => undefined,
    flushFolder: () => undefined,
    openDatabase: (file) => {
      if (file === ':memory:' || disk.size(file) === null) return new Database(':memory:')
      if (inPlace) return disk.openDatabase(file)
      const folder = scratch.make()
      try {
        const copy = openCopy(disk, file, folder)
        copies.set(copy.name, folder)
        return copy
      } catch (error) {
        scratch.remove(folder)
        throw new StorageError('READ_ONLY', 'a data file can neither be opened where it lies nor be copied', error)
      }
    },
    intoMemory: (connection) => {
      if (connection.memory) return connection
      const bytes = connection.serialize()
      const folder = copies.get(connection.name)
      connection.close()
      if (folder !== undefined) scratch.remove(folder)
      // A database in memory has no journal beside it: the header must not promise one.
      bytes[18] = 1
      bytes[19] = 1
      return new Database(bytes)
    }
  }
}

/**
 * Whether a plain database can be opened where it lies, to be written. Writes nothing itself.
 * @throws StorageError ALREADY_OPEN when somebody else holds it
 */
export const isFree = (disk: Files, file: string): boolean => {
  const refused = askFirstPage(() => disk.openDatabase(file))
  // What is wrong inside is found out, and said, when it is opened in earnest.
  if (refused === null || refused === 'DAMAGED') return true
  // A reader's lock needs no right to write, so it tells whether somebody is writing.
  const held = refused === 'ALREADY_OPEN' || askFirstPage(() => new Database(file, { readonly: true, timeout: 200 })) === 'ALREADY_OPEN'
  if (held) throw new StorageError('ALREADY_OPEN', 'a data file is held by another program')
  return false
}

/** Takes the lock and looks at the first page. */
const askFirstPage = (open: () => Connection): StorageError['code'] | null => {
  let connection: Connection | null = null
  try {
    connection = open()
    if (!connection.readonly) connection.pragma('locking_mode = EXCLUSIVE')
    // Closing folds a journal of before into the file: that too has to be on the disk, and the file is not trusted (rel:pragma).
    connection.pragma('synchronous = FULL')
    distrust(connection)
    connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    return null
  } catch (error) {
    return storageCode(error) ?? 'INTERNAL'
  } finally {
    connection?.close()
  }
}

/** SQLite cannot read a file with a journal where it may not write; a copy elsewhere it can. */
const openCopy = (disk: Files, file: string, folder: string): Connection => {
  const copy = join(folder, 'copy.db')
  disk.copy(file, copy)
  if ((disk.size(`${file}-wal`) ?? 0) > 0) disk.copy(`${file}-wal`, `${copy}-wal`)
  return disk.openDatabase(copy)
}
