import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { inTransaction, openConnection } from '../../../src-main/storage/open'

const folder = mkdtempSync(join(tmpdir(), 'epistle-temporary-'))
// SQLite asks for it once in the life of a process, so before the first file is opened.
process.env['SQLITE_TMPDIR'] = folder
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Changes so many pages within one statement that may still have to be undone that SQLite would put what was there before on disk. */
const changeMuchAtOnce = (connection: Database.Database): void => {
  connection.exec('CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT NOT NULL, number INTEGER NOT NULL UNIQUE)')
  const insert = connection.prepare('INSERT INTO letter (body, number) VALUES (?, ?)')
  inTransaction(connection, () => {
    for (let number = 0; number < 200; number += 1) insert.run('Dear Daniel, '.repeat(200), number)
  })
  inTransaction(connection, () => void connection.prepare('UPDATE letter SET body = body || ?, number = -1 - number').run(' Maria'))
}

it('the words of a mailbox never reach a temporary file, which nothing encrypts', async () => {
  const appeared: (string | null)[] = []
  const watching = watch(folder, (_event, name) => appeared.push(name))
  const mailbox = openConnection(join(folder, 'mailbox.db'), { key: new Uint8Array(randomBytes(32)) })
  changeMuchAtOnce(mailbox)
  mailbox.close()

  // The same on a connection without our settings: the watch does see such a file.
  const plain = new Database(join(folder, 'plain.db'))
  for (const setting of ['journal_mode = WAL', 'temp_store = FILE']) plain.pragma(setting)
  changeMuchAtOnce(plain)
  plain.close()
  const isTemporary = (name: string | null): boolean => name?.startsWith('etilqs_') === true
  await expect.poll(() => appeared.some(isTemporary)).toBe(true)
  watching.close()
  const first = appeared.findIndex(isTemporary)
  expect(appeared.slice(0, first)).toContain('plain.db')
})
