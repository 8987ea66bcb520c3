/** Steps from one version of a file to the next: each whole or not at all, the file of before kept. */
import Database from 'better-sqlite3'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskFiles } from '../../../src-main/storage/files'
import { keepCopy } from '../../../src-main/storage/keep-copy'
import { migrate, type Migration } from '../../../src-main/storage/migrate'
import { deskMigrations } from '../../../src-main/storage/migrations/desk'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openConnection, storageCode, type Connection } from '../../../src-main/storage/open'

let folder = ''
let file = ''
let connection: Connection
const open = (): Connection => (connection = openConnection(file))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-migrations-'))
  file = join(folder, 'letters.db')
  open()
})
afterEach(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

const begin: Migration = { number: 1, name: 'begin', up: (c) => c.exec("CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT; INSERT INTO letter VALUES (1, 'Dear Daniel')") }
const subject: Migration = { number: 2, name: 'subject', up: (c) => c.exec("ALTER TABLE letter ADD COLUMN subject TEXT NOT NULL DEFAULT ''") }
const stamps: Migration = { number: 3, name: 'stamps', up: (c) => c.exec('CREATE TABLE stamp (id INTEGER PRIMARY KEY) STRICT') }
const failing = (after: string): Migration => ({
  number: 2,
  name: 'subject',
  up: (c) => {
    c.exec(after)
    throw new Error('power is gone')
  }
})
const run = (...steps: readonly Migration[]): number => migrate(connection, steps, 500, (version) => keepCopy(diskFiles, connection, `${file}.version-${version}`))
const tables = (c = connection): unknown[] => c.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all()
const history = (): unknown[] => connection.prepare('SELECT number, name, applied_at FROM migration ORDER BY number').raw().all()
const read = (path: string): unknown => {
  const copy = new Database(path, { readonly: true })
  try {
    return copy.prepare('SELECT * FROM letter').all()
  } finally {
    copy.close()
  }
}

describe('a fresh file', () => {
  it('gets every step in its order, and no copy', () => {
    expect(run(begin, subject, stamps)).toBe(3)
    expect(history()).toEqual([
      [1, 'begin', 500],
      [2, 'subject', 500],
      [3, 'stamps', 500]
    ])
    expect(connection.pragma('user_version', { simple: true })).toBe(3)
    expect(existsSync(`${file}.version-0`)).toBe(false)
    expect(run(begin, subject, stamps), 'nothing to do the second time').toBe(0)
  })
  it('our own lists are whole', () => {
    for (const steps of [mailboxMigrations, deskMigrations]) {
      expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1))
      expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length)
    }
  })
})

describe('an older file', () => {
  beforeEach(() => void run(begin))

  it('is brought up to date, and the file of before is kept whole', () => {
    connection.exec("INSERT INTO letter VALUES (2, 'Dear Luis')")
    expect(run(begin, subject, stamps)).toBe(2)
    expect(connection.prepare('SELECT * FROM letter').all()).toEqual([
      { id: 1, body: 'Dear Daniel', subject: '' },
      { id: 2, body: 'Dear Luis', subject: '' }
    ])
    expect(read(`${file}.version-1`)).toEqual([
      { id: 1, body: 'Dear Daniel' },
      { id: 2, body: 'Dear Luis' }
    ])
  })

  it('the copy opens as the older version did', () => {
    run(begin, subject)
    const copy = openConnection(`${file}.version-1`)
    expect(migrate(copy, [begin], 900, () => undefined)).toBe(0)
    expect(tables(copy)).toEqual(['letter', 'migration'])
    copy.close()
  })

  it('an earlier copy of the same version is kept as it is', () => {
    run(begin, subject)
    const kept = readFileSync(`${file}.version-1`)
    connection.exec('DELETE FROM migration WHERE number = 2; ALTER TABLE letter DROP COLUMN subject; DELETE FROM letter')
    run(begin, subject)
    expect(readFileSync(`${file}.version-1`).equals(kept)).toBe(true)
  })

  it('without a copy nothing is changed', () => {
    const noRoom = (): void => {
      throw new Error('the disk is full')
    }
    expect(() => migrate(connection, [begin, subject], 1, noRoom)).toThrow('the disk is full')
    expect(history().length).toBe(1)
    expect(tables()).toEqual(['letter', 'migration'])
  })
})

describe('a step that fails', () => {
  it.each([
    ['at its beginning', ''],
    ['after a table', 'CREATE TABLE half (id INTEGER) STRICT;'],
    ['after a column and a row', "ALTER TABLE letter ADD COLUMN subject TEXT; INSERT INTO letter (id, body) VALUES (9, 'half')"],
    ['after taking a table away', 'DROP TABLE letter'],
    ['after the version', 'PRAGMA user_version = 2']
  ])('%s leaves the file as it was', (_when, sql) => {
    run(begin)
    expect(() => run(begin, failing(sql))).toThrow('power is gone')
    expect(history().length).toBe(1)
    expect(connection.pragma('user_version', { simple: true })).toBe(1)
    expect(connection.prepare('SELECT * FROM letter').all()).toEqual([{ id: 1, body: 'Dear Daniel' }])
    expect(tables()).toEqual(['letter', 'migration'])
    expect(connection.inTransaction).toBe(false)
    // The mended app goes on from there.
    connection.close()
    open()
    expect(run(begin, subject)).toBe(1)
    expect(read(`${file}.version-1`)).toEqual([{ id: 1, body: 'Dear Daniel' }])
  })

  it('keeps the steps before it', () => {
    run(begin)
    expect(() => run(begin, subject, { ...stamps, up: failing('').up })).toThrow('power is gone')
    expect(history().map((row) => (row as unknown[])[1])).toEqual(['begin', 'subject'])
    expect(run(begin, subject, stamps)).toBe(1)
  })

  it('on a fresh file leaves a fresh file', () => {
    expect(() => run({ ...begin, up: failing('CREATE TABLE half (id INTEGER)').up })).toThrow('power is gone')
    expect(tables()).toEqual([])
    expect(run(begin)).toBe(1)
  })
})

describe('refused', () => {
  const codeOf = (...steps: readonly Migration[]): string | null => {
    try {
      run(...steps)
      return 'opened'
    } catch (error) {
      return storageCode(error)
    }
  }
  it('a newer file', () => {
    run(begin, subject, stamps)
    expect(codeOf(begin, subject)).toBe('NEWER_VERSION')
    expect(history().length).toBe(3)
  })
  it('a file whose history is another', () => {
    run(begin, subject)
    expect(codeOf(begin, { ...subject, name: 'other' }, stamps)).toBe('DAMAGED')
  })
  it('a history with a hole in it', () => {
    run(begin, subject, stamps)
    connection.exec('DELETE FROM migration WHERE number = 2')
    expect(codeOf(begin, subject, stamps)).toBe('DAMAGED')
  })
  it('a list out of order is a bug of ours', () => {
    expect(codeOf(begin, stamps)).toBe('INTERNAL')
    expect(codeOf(subject, begin)).toBe('INTERNAL')
    expect(tables()).toEqual([])
  })
})
