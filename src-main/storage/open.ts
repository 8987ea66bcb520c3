import Database from 'better-sqlite3'
import { diskFiles, type Files } from './files'

export type Connection = Database.Database

/**
 * What every connection of ours runs with (reliability.md: M3, M4, `rel:pragma`). WAL's compiled-in default, NORMAL, loses confirmed letters on a power cut.
 * Temporary files are not encrypted, and what a statement may have to undo would go there page by page, in the clear: they stay in memory (2).
 */
export const requiredPragmas = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  temp_store: 2,
  locking_mode: 'exclusive'
} as const

/** A file of ours that cannot be used as it stands; `code` is the person's answer, `file` its name without the folder. */
export class StorageError extends Error {
  readonly code: 'DISK_FULL' | 'DISK_FAULT' | 'FILE_BUSY' | 'READ_ONLY' | 'NEWER_VERSION' | 'DAMAGED' | 'ALREADY_OPEN' | 'INTERNAL'
  constructor(code: StorageError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

const meaning = {
  SQLITE_FULL: 'DISK_FULL',
  SQLITE_READONLY: 'READ_ONLY',
  SQLITE_CANTOPEN: 'READ_ONLY',
  SQLITE_PERM: 'READ_ONLY',
  // A file that was opened for reading alone cannot be locked.
  SQLITE_IOERR_LOCK: 'READ_ONLY',
  SQLITE_IOERR: 'DISK_FAULT',
  SQLITE_BUSY: 'ALREADY_OPEN',
  SQLITE_NOTADB: 'DAMAGED',
  SQLITE_CORRUPT: 'DAMAGED'
} as const satisfies Record<string, StorageError['code']>

/** What the system says about a small file of ours. A held file has been asked for again by then (patient-files.ts). */
const systemMeaning: Readonly<Record<string, StorageError['code']>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EROFS: 'READ_ONLY',
  EACCES: 'READ_ONLY',
  EPERM: 'READ_ONLY',
  EBUSY: 'FILE_BUSY',
  EIO: 'DISK_FAULT'
}

/** The file is not there (any more). */
export const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Which calls of Node's touch a file; a refused socket or process is none of ours. */
const isAboutFile = (error: Error): error is NodeJS.ErrnoException => 'code' in error && 'syscall' in error && typeof error.code === 'string'

/**
 * What an error from SQLite or from the file system means to a person.
 * @returns the code, or null when the error is neither's (then it is a bug)
 */
export const storageCode = (error: unknown): StorageError['code'] | null => {
  if (error instanceof StorageError) return error.code
  if (error instanceof Error && !(error instanceof Database.SqliteError)) return isAboutFile(error) ? (systemMeaning[error.code ?? ''] ?? null) : null
  if (!(error instanceof Database.SqliteError)) return null
  const primary = Object.entries(meaning).find(([name]) => error.code === name || error.code.startsWith(`${name}_`))
  return primary ? primary[1] : 'INTERNAL'
}

/** Whether the disk, and not a bug of ours, kept something from being written. */
export const isDiskTrouble = (error: unknown): boolean => {
  const code = storageCode(error)
  return code !== null && code !== 'INTERNAL'
}

/** Says how the pages of a file are encrypted. Must come before anything else is asked of the connection. */
export const useKey = (connection: Connection, key: Uint8Array): void => {
  // ChaCha20-Poly1305 page by page: a wrong key and every flipped bit are detected (reliability.md M4).
  connection.pragma(`cipher = 'chacha20'`)
  connection.pragma(`key = "raw:${Buffer.from(key).toString('hex')}"`)
}

/** SQLite's smallest page. It takes a shorter file for an empty one and would write over what somebody kept in it. */
const smallestFile = 512

const refuseStump = (files: Files, file: string): void => {
  const size = files.size(file) ?? 0
  if (size > 0 && size < smallestFile) throw new StorageError('DAMAGED', 'a data file is only a stump')
}

/**
 * Opens one SQLite file for this process alone and sets what every connection must have.
 * @param file path, or `:memory:`
 * @param how `key`: 32 bytes for an encrypted file, none for a plain one; `look`: called before the first byte is written, throws for a
 * file that is not ours
 * @throws StorageError when the file cannot be opened or a setting does not hold
 */
export const openConnection = (
  file: string,
  how: { readonly key?: Uint8Array | undefined; readonly look?: (connection: Connection) => void; readonly files?: Files } = {}
): Connection => {
  const { files = diskFiles } = how
  let connection: Connection | null = null
  try {
    refuseStump(files, file)
    connection = files.openDatabase(file)
    if (how.key !== undefined) useKey(connection, how.key)
    connection.pragma('locking_mode = EXCLUSIVE')
    how.look?.(connection)
    setPragmas(connection)
    if (files.intoMemory === undefined) return connection
    connection = files.intoMemory(connection)
    setPragmas(connection)
    return connection
  } catch (error) {
    connection?.close()
    if (error instanceof StorageError) throw error
    throw new StorageError(storageCode(error) ?? 'INTERNAL', 'a data file could not be opened', error)
  }
}

/** Whatever a file may hold: it calls nothing, its damage is noticed, and nothing of it goes to a temporary file. Also for files that are only looked at. */
export const distrust = (connection: Connection): void => {
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cell_size_check = ON')
  connection.pragma('temp_store = MEMORY')
}

const setPragmas = (connection: Connection): void => {
  connection.pragma('locking_mode = EXCLUSIVE')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  distrust(connection)
  verifyPragmas(connection)
}

/** @throws StorageError when a connection lacks one of `requiredPragmas` */
export const verifyPragmas = (connection: Connection): void => {
  for (const [name, wanted] of Object.entries(requiredPragmas)) {
    const found: unknown = connection.pragma(name, { simple: true })
    const inMemory = connection.memory && name === 'journal_mode'
    if (found !== wanted && !inMemory) throw new StorageError('INTERNAL', `pragma ${name} is ${String(found)}, not ${wanted}`)
  }
}

/** Runs `work` in one immediate transaction: all of it is on disk when this returns, or none. No `await` may happen inside. */
export const inTransaction = <T>(connection: Connection, work: () => T): T => {
  if (connection.inTransaction) return work()
  return connection.transaction(work).immediate()
}
