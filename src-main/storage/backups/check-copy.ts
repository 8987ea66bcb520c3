import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { checkHistory } from '../migrate'
import { mailboxMigrations } from '../migrations/mailbox'
import { openConnection } from '../open'
import { contentsOf, type Contents } from './contents'

const sliceBytes = 1024 * 1024

/** SHA-256 of a whole file, hex. */
export const hashOfFile = (file: string): string => {
  const handle = openSync(file, 'r')
  try {
    const hash = createHash('sha256')
    const slice = Buffer.alloc(sliceBytes)
    for (let at = 0; ; ) {
      const count = readSync(handle, slice, 0, slice.length, at)
      if (count === 0) return hash.digest('hex')
      hash.update(slice.subarray(0, count))
      at += count
    }
  } finally {
    closeSync(handle)
  }
}

/** Whether this key opens this closed file, as far as its first pages tell. Nothing is written. */
export const opensWith = (file: string, key: Uint8Array): boolean => {
  try {
    const connection = openConnection(file, { key, look: (fresh) => void fresh.prepare('SELECT count(*) FROM sqlite_schema').get() })
    connection.close()
    return true
  } catch {
    return false
  }
}

/** Two facts of a closed mailbox file; null when it cannot be read with this key. */
export const factsIn = (file: string, key: Uint8Array): { readonly profile: string | null; readonly deviceToken: string | null } | null => {
  try {
    const connection = openConnection(file, { key })
    try {
      const fact = (name: string): string | null => (connection.prepare('SELECT value FROM meta WHERE name = ?').pluck().get(name) as string | undefined) ?? null
      return { profile: fact('profile'), deviceToken: fact('deviceToken') }
    } finally {
      connection.close()
    }
  } catch {
    return null
  }
}

/**
 * Opens a closed mailbox file with its key and reads every page of it.
 * @returns what is in it, or null when it is not whole; the file is the same afterwards, to the bit
 * @throws StorageError NEWER_VERSION; whatever else keeps it from being opened
 */
export const checkMailboxFile = (file: string, key: Uint8Array): Contents | null => {
  const connection = openConnection(file, { key, look: (fresh) => checkHistory(fresh, mailboxMigrations) })
  try {
    // An emptied file is sound to SQLite, and no mailbox.
    if (connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0) return null
    if (connection.pragma('integrity_check', { simple: true }) !== 'ok') return null
    if ((connection.pragma('foreign_key_check') as unknown[]).length > 0) return null
    return contentsOf(connection)
  } finally {
    connection.close()
    for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true })
  }
}
