/** Our files on a real disk: what is opened, what is refused, and that a refused file stays as it was. */
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../../src-main/storage/desk'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMailbox } from '../../../src-main/storage/mailbox'
import { inTransaction, openConnection, requiredPragmas, storageCode, StorageError, verifyPragmas } from '../../../src-main/storage/open'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-files-'))
  file = join(folder, 'mailbox.db')
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

const sha = (path = file): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const codeOf = (work: () => unknown): string | null => {
  try {
    work()
    return 'opened'
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError)
    return storageCode(error)
  }
}
const openers = [
  ['a mailbox', (path: string) => openMailbox(path, 1)],
  ['the desk', (path: string) => openDesk(path, 1, 'device', 'this-pc')]
] as const
const draft = { contactId: null, subject: 's', body: 'Dear Daniel', prepaidReply: false }
/** A mailbox with some hundred pages, closed. */
const fill = (path = file): void => {
  const mailbox = openMailbox(path, 1)
  for (let index = 0; index < 100; index++) mailbox.drafts.create(`draft-${index}`, { ...draft, body: `Letter ${index} `.repeat(300) }, null, index)
  mailbox.close()
}

describe('every connection', () => {
  it('runs with what it must', () => {
    const connection = openConnection(file)
    for (const [name, wanted] of Object.entries(requiredPragmas)) expect(connection.pragma(name, { simple: true }), name).toBe(wanted)
    connection.close()
  })

  it.each([
    ['synchronous', 'synchronous = NORMAL'],
    ['foreign_keys', 'foreign_keys = OFF'],
    ['trusted_schema', 'trusted_schema = ON'],
    ['cell_size_check', 'cell_size_check = OFF'],
    ['temp_store', 'temp_store = FILE'],
    ['locking_mode', 'locking_mode = NORMAL']
  ])('is checked: %s', (name, pragma) => {
    const connection = openConnection(file)
    connection.pragma(pragma)
    expect(() => verifyPragmas(connection)).toThrow(name)
    connection.close()
  })

  it.each(openers)('%s keeps it for itself', (_what, open) => {
    const first = open(file)
    expect(codeOf(() => open(file))).toBe('ALREADY_OPEN')
    // Another program sees it locked as well.
    const other = new Database(file, { timeout: 0 })
    expect(() => other.prepare('SELECT * FROM migration').all()).toThrow(/locked|busy/)
    other.close()
    first.close()
    open(file).close()
  })

  it('writes all of a transaction or nothing', () => {
    const connection = openConnection(file)
    connection.exec('CREATE TABLE a (b INTEGER) STRICT')
    expect(() =>
      inTransaction(connection, () => {
        connection.exec('INSERT INTO a VALUES (1)')
        inTransaction(connection, () => connection.exec('INSERT INTO a VALUES (2)'))
        throw new Error('stop')
      })
    ).toThrow('stop')
    expect(connection.prepare('SELECT count(*) FROM a').pluck().get()).toBe(0)
    expect(connection.inTransaction).toBe(false)
    connection.close()
  })

  it('what was committed is there for whoever opens the file next, also when nobody closed it', () => {
    const mailbox = openMailbox(file, 1)
    mailbox.drafts.create('draft-1', draft, null, 1)
    // As the disk would be after a kill: the file and its log, copied while they are open.
    for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, join(folder, `copy.db${suffix}`))
    mailbox.close()
    const copy = openMailbox(join(folder, 'copy.db'), 2)
    expect(copy.drafts.get('draft-1')?.body).toBe(draft.body)
    copy.close()
  })
})

describe('a file that is not one of ours', () => {
  const foreign = (path: string, sql: string): void => {
    const other = new Database(path)
    other.exec(sql)
    other.close()
  }
  const cases: readonly (readonly [string, (path: string) => void, string])[] = [
    ['1 byte', (path) => writeFileSync(path, 'S'), 'DAMAGED'],
    ['a text file', (path) => writeFileSync(path, 'Dear Daniel,\n'.repeat(200)), 'DAMAGED'],
    ['a page of NULs', (path) => writeFileSync(path, Buffer.alloc(8_192)), 'DAMAGED'],
    ['the header alone', (path) => writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(84, 1)])), 'DAMAGED'],
    ['wrong first letters', (path) => { fill(path); const bytes = readFileSync(path); bytes.write('SQLight', 0); writeFileSync(path, bytes) }, 'DAMAGED'],
    ['an encrypted file', (path) => writeFileSync(path, Buffer.from(Array.from({ length: 16_384 }, (_, index) => (index * 7_919 + 13) % 251))), 'DAMAGED'],
    ['another program’s database', (path) => foreign(path, 'CREATE TABLE bookmark (id INTEGER PRIMARY KEY, url TEXT); INSERT INTO bookmark VALUES (1, 2)'), 'DAMAGED'],
    ['another program’s, with a table called migration', (path) => foreign(path, 'CREATE TABLE migration (id INTEGER PRIMARY KEY, done INTEGER); INSERT INTO migration VALUES (1, 1)'), 'DAMAGED'],
    ['another program’s, with steps of its own', (path) => foreign(path, "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT); INSERT INTO migration VALUES (1, 'bookmarks')"), 'DAMAGED'],
    ['a history with a hole', (path) => foreign(path, "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT); INSERT INTO migration VALUES (0, 'begin')"), 'DAMAGED'],
    ['one with a trigger that is none of ours', (path) => { fill(path); foreign(path, 'CREATE TRIGGER helper AFTER INSERT ON draft BEGIN DELETE FROM draft_text; END') }, 'DAMAGED'],
    ['one with a trigger of ours that does something else', (path) => { fill(path); foreign(path, 'DROP TRIGGER letter_frozen; CREATE TRIGGER letter_frozen BEFORE UPDATE ON letter BEGIN SELECT 1; END') }, 'DAMAGED'],
    ['one with a view that is none of ours', (path) => { fill(path); foreign(path, 'CREATE VIEW helper AS SELECT * FROM draft') }, 'DAMAGED'],
    ['made by a newer version', (path) => { fill(path); foreign(path, `INSERT INTO migration (number, name, applied_at) VALUES (${mailboxMigrations.length + 1}, 'holograms', 1)`) }, 'NEWER_VERSION'],
    ['a much newer one', (path) => { fill(path); foreign(path, "INSERT INTO migration (number, name, applied_at) VALUES (900, 'later', 1); DROP TABLE delivery") }, 'NEWER_VERSION']
  ]
  it.each(cases)('%s is refused and stays as it was, to the bit', (_what, make, code) => {
    make(file)
    const before = sha()
    expect(codeOf(() => openMailbox(file, 1))).toBe(code)
    expect(sha()).toBe(before)
    expect(codeOf(() => openMailbox(file, 1)), 'and again, so nothing was left locked').toBe(code)
    expect(readdirSync(folder).filter((name) => name.includes('.version-'))).toEqual([])
    rmSync(file)
  })

  it('a mailbox is no desk, and a desk is no mailbox', () => {
    fill()
    const before = sha()
    expect(codeOf(() => openDesk(file, 1, 'device', 'this-pc'))).toBe('DAMAGED')
    expect(sha()).toBe(before)
    const desk = join(folder, 'desk.db')
    openDesk(desk, 1, 'device', 'this-pc').close()
    expect(codeOf(() => openMailbox(desk, 1))).toBe('DAMAGED')
  })

  it('an empty file is a new mailbox', () => {
    writeFileSync(file, '')
    const mailbox = openMailbox(file, 1)
    expect(mailbox.drafts.countOpen()).toBe(0)
    mailbox.close()
  })

  it('a folder in its place', () => {
    mkdirSync(file)
    expect(codeOf(() => openMailbox(file, 1))).toBe('READ_ONLY')
    expect(statSync(file).isDirectory()).toBe(true)
  })

  it('a folder that is not there', () => {
    expect(['READ_ONLY', 'INTERNAL']).toContain(codeOf(() => openMailbox(join(folder, 'gone', 'mailbox.db'), 1)))
  })

  it('a link leads to the file it names', () => {
    if (process.platform === 'win32') return
    fill()
    const link = join(folder, 'link.db')
    symlinkSync(file, link)
    const mailbox = openMailbox(link, 1)
    expect(mailbox.drafts.countOpen()).toBe(100)
    expect(codeOf(() => openMailbox(file, 1))).toBe('ALREADY_OPEN')
    mailbox.close()
  })

  it('a file that may only be read', () => {
    if (process.platform === 'win32' || process.getuid?.() === 0) return
    fill()
    chmodSync(file, 0o400)
    chmodSync(folder, 0o500)
    expect(codeOf(() => openMailbox(file, 1))).toBe('READ_ONLY')
  })
})

describe('damage', () => {
  it.each([
    ['cut by one byte', -1],
    ['cut to half', 0.5],
    ['cut to its first page', 4_096],
    ['cut to 100 bytes', 100]
  ])('%s: opened with every letter or refused as damaged, never changed in silence', (_what, to) => {
    fill()
    const { size } = statSync(file)
    truncateSync(file, to < 0 ? size + to : to < 1 ? Math.floor(size * to) : to)
    let read: number | null = null
    const code = codeOf(() => {
      const mailbox = openMailbox(file, 1)
      try {
        read = mailbox.drafts.listOpen().length
      } catch (error) {
        throw new StorageError(storageCode(error) ?? 'INTERNAL', 'reading')
      } finally {
        mailbox.close()
      }
    })
    if (code === 'opened') expect(read).toBe(100)
    else expect(code).toBe('DAMAGED')
  })

  it.each([
    ['noise', Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * 31) % 253))],
    ['nothing', Buffer.alloc(0)],
    ['the beginning of a log', Buffer.from('377f0682002de218', 'hex')],
    ['NULs', Buffer.alloc(5_000)]
  ])('a log beside it that is %s is passed over', (_what, log) => {
    fill()
    writeFileSync(`${file}-wal`, log)
    const mailbox = openMailbox(file, 1)
    expect(mailbox.drafts.countOpen()).toBe(100)
    mailbox.close()
  })

  it('a log cut anywhere keeps a whole beginning of what was committed', () => {
    const mailbox = openMailbox(file, 1)
    for (let index = 0; index < 20; index++) mailbox.drafts.create(`draft-${index}`, draft, null, index)
    const main = readFileSync(file)
    const log = readFileSync(`${file}-wal`)
    mailbox.close()
    for (let cut = 1; cut <= 60; cut++) {
      const place = join(folder, `cut-${cut}.db`)
      writeFileSync(place, main)
      writeFileSync(`${place}-wal`, log.subarray(0, Math.floor((log.length * cut) / 60)))
      const reopened = openMailbox(place, 1)
      const ids = reopened.drafts.listOpen().map(({ draftId }) => Number(draftId.split('-')[1]))
      expect([...ids].sort((a, b) => a - b)).toEqual(Array.from({ length: ids.length }, (_, index) => index))
      reopened.close()
    }
  })

  it('a stale file of shared memory and a stale journal do no harm', () => {
    fill()
    writeFileSync(`${file}-shm`, Buffer.alloc(32_768, 7))
    const mailbox = openMailbox(file, 1)
    expect(mailbox.drafts.countOpen()).toBe(100)
    mailbox.close()
  })
})

describe('what SQLite says, in our codes', () => {
  it.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_READONLY', 'READ_ONLY'],
    ['SQLITE_READONLY_DBMOVED', 'READ_ONLY'],
    ['SQLITE_CANTOPEN_ISDIR', 'READ_ONLY'],
    ['SQLITE_BUSY', 'ALREADY_OPEN'],
    ['SQLITE_BUSY_RECOVERY', 'ALREADY_OPEN'],
    ['SQLITE_IOERR_FSYNC', 'DISK_FAULT'],
    ['SQLITE_IOERR_WRITE', 'DISK_FAULT'],
    ['SQLITE_IOERR_LOCK', 'READ_ONLY'],
    ['SQLITE_NOTADB', 'DAMAGED'],
    ['SQLITE_CORRUPT', 'DAMAGED'],
    ['SQLITE_CORRUPT_VTAB', 'DAMAGED'],
    ['SQLITE_CONSTRAINT_UNIQUE', 'INTERNAL'],
    ['SQLITE_ERROR', 'INTERNAL']
  ])('%s is %s', (code, meaning) => {
    expect(storageCode(new Database.SqliteError('message', code))).toBe(meaning)
  })
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EROFS', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY'],
    ['EPERM', 'READ_ONLY'],
    ['EBUSY', 'FILE_BUSY'],
    ['EIO', 'DISK_FAULT'],
    ['ENOENT', null]
  ])('%s of the file system is %s', (code, meaning) => {
    expect(storageCode(Object.assign(new Error(code), { code, syscall: 'open' }))).toBe(meaning)
  })
  it('another error is a bug', () => {
    expect(storageCode(new Error('SQLITE_FULL'))).toBeNull()
    expect(storageCode('SQLITE_FULL')).toBeNull()
  })
  it('names the file never, so no folder reaches a window', () => {
    writeFileSync(file, 'S')
    try {
      openMailbox(file, 1)
    } catch (error) {
      expect((error as Error).message).not.toContain(basename(folder))
    }
  })
})
