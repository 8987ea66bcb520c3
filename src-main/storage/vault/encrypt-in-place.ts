import { flushFolderOf } from '../durable-files'
import type { Files } from '../files'
import { openConnection } from '../open'
import type { MailboxKey } from './wrap'

/**
 * Encrypts a mailbox that was made before mailboxes were encrypted. A crash at any point leaves either the plain file or
 * the checked encrypted one under the mailbox's name:
 * 1. the plain file's journal is folded in, and a copy is encrypted beside it; 2. the copy is opened with the key and every
 * table compared; 3. the plain file steps aside (`.plain`), the copy takes its name; 4. only then is the plain file overwritten
 * and removed. `finishEncryption` repairs what a crash left.
 * @throws Error when the copy does not hold the same; the plain file is then as it was
 */
export const encryptInPlace = (files: Files, file: string, key: MailboxKey): void => {
  finishEncryption(files, file)
  const copy = `${file}.encrypting`
  const plain = openConnection(file, { files })
  const before = fingerprint(plain)
  plain.pragma('wal_checkpoint(TRUNCATE)')
  plain.close()
  files.copy(file, copy)
  const encrypting = files.openDatabase(copy)
  encrypting.pragma('journal_mode = DELETE')
  encrypting.pragma(`cipher = 'chacha20'`)
  encrypting.pragma(`rekey = "raw:${Buffer.from(key).toString('hex')}"`)
  encrypting.close()
  files.flush(copy)
  const check = openConnection(copy, { key, files })
  const after = fingerprint(check)
  check.pragma('wal_checkpoint(TRUNCATE)')
  check.close()
  if (after !== before) {
    files.remove(copy)
    throw new Error('the encrypted copy of a mailbox is not the same as the mailbox')
  }
  files.flush(copy)
  files.rename(file, `${file}.plain`)
  files.rename(copy, file)
  flushFolderOf(files, file)
  destroy(files, `${file}.plain`)
}

/** Takes up an encryption that a crash interrupted. Call before the mailbox is looked at. */
export const finishEncryption = (files: Files, file: string): void => {
  const plain = `${file}.plain`
  if (files.exists(plain)) {
    if (files.exists(file)) destroy(files, plain)
    else files.rename(plain, file)
  }
  for (const rest of [`${file}.encrypting`, `${file}.encrypting-wal`, `${file}.encrypting-journal`]) files.remove(rest)
}

/** Integrity, and every table with its number of rows and its content, in one line of text. */
const fingerprint = (connection: ReturnType<typeof openConnection>): string => {
  const integrity = connection.pragma('integrity_check', { simple: true })
  const tables = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[]
  const contents = tables.map((table) => {
    let rows = 0
    let sum = 0
    // In the table's own order: some have no row id, and a copy page by page keeps the order of both kinds.
    for (const row of connection.prepare(`SELECT * FROM "${table}"`).raw().iterate()) {
      rows += 1
      for (const sign of JSON.stringify(row)) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 2_147_483_647
    }
    return `${table}:${rows}:${sum}`
  })
  return [String(integrity), ...contents].join(' ')
}

/** Overwrites a file before it is removed. On a disk that moves blocks about by itself (SSD) this is an effort, not a promise; Help says so. */
const destroy = (files: Files, file: string): void => {
  files.wipe(file)
  files.remove(file)
  flushFolderOf(files, file)
}
