/** The three tools of a salvage, each on a real encrypted file: what the log says of itself, what carries its seal, and which rows can still be read. */
import Database from 'better-sqlite3'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useKey } from '../../../src-main/storage/open'
import { pageIsSealed } from '../../../src-main/storage/salvage/page-seal'
import { readableRows } from '../../../src-main/storage/salvage/rows'
import { judgeLog, pagesOf, readLog } from '../../../src-main/storage/salvage/wal'

const key = new Uint8Array(32).map((_, index) => index * 7)
const pageBytes = 4096
const headerBytes = 32
const frameBytes = pageBytes + 24

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-salvage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (file: string): Database.Database => {
  const connection = new Database(file)
  useKey(connection, key)
  connection.pragma('journal_mode = WAL')
  return connection
}

/** The log after these commits, as a power cut leaves it: one row each. */
const logAfter = (commits: number): Buffer => {
  const file = join(folder, 'written.db')
  const connection = open(file)
  connection.pragma('wal_autocheckpoint = 0')
  connection.exec('CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT)')
  const insert = connection.prepare('INSERT INTO letter (body) VALUES (?)')
  for (let each = 1; each < commits; each += 1) insert.run(`Letter ${each}`)
  copyFileSync(`${file}-wal`, join(folder, 'left.wal'))
  connection.close()
  return readFileSync(join(folder, 'left.wal'))
}
const judge = (bytes: Uint8Array): string => judgeLog(readLog(new Uint8Array(bytes), pageBytes))
const flipped = (bytes: Buffer, at: number, bit = 0): Buffer => {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ (1 << bit)
  return changed
}

describe('the log', () => {
  it('as SQLite wrote it: every frame fits, and the last one ends a transaction', () => {
    const log = readLog(new Uint8Array(logAfter(5)), pageBytes)
    expect(log).toMatchObject({ headerFits: true, pageBytes, rest: 0 })
    expect(log.frames.length).toBeGreaterThanOrEqual(5)
    expect(log.frames.every(({ fits, ofThisLog }) => fits && ofThisLog)).toBe(true)
    expect(log.frames.filter(({ commitSize }) => commitSize > 0)).toHaveLength(5)
    expect(judgeLog(log)).toBe('clean')
  })

  it('empty is clean; shorter than its header is cut', () => {
    expect(judge(Buffer.alloc(0))).toBe('clean')
    expect(judge(logAfter(2).subarray(0, 20))).toBe('cut')
  })

  it('cut off at any length inside its last frame, or with one bit of it flipped: the last change is lost, and no other', () => {
    const bytes = logAfter(5)
    for (const missing of [1, 24, 2_000, frameBytes - 1]) expect(judge(bytes.subarray(0, bytes.length - missing)), `${missing} bytes are missing`).toBe('cut')
    for (const back of [10, 2_000, frameBytes - 20]) expect(judge(flipped(bytes, bytes.length - back)), `${back} bytes before the end`).toBe('cut')
  })

  it('with one bit flipped before its last transaction: damaged, for SQLite would forget what follows without a word', () => {
    const bytes = logAfter(6)
    for (const at of [headerBytes + 24 + 100, headerBytes + frameBytes + 24 + 5, headerBytes + 2 * frameBytes + 17]) expect(judge(flipped(bytes, at)), `byte ${at}`).toBe('damaged')
    for (let bit = 0; bit < headerBytes * 8; bit += 1) expect(judge(flipped(bytes, bit >> 3, bit & 7)), `bit ${bit} of the header`).toBe('damaged')
  })

  it('longer than it is: frames of an earlier log behind its end are none of it', () => {
    const file = join(folder, 'again.db')
    const connection = open(file)
    connection.exec('CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT)')
    for (let each = 0; each < 20; each += 1) connection.exec(`INSERT INTO letter (body) VALUES ('${'x'.repeat(900)}')`)
    connection.pragma('wal_checkpoint(RESTART)')
    connection.exec(`INSERT INTO letter (body) VALUES ('the first of the new log')`)
    copyFileSync(`${file}-wal`, join(folder, 'left.wal'))
    connection.close()
    const log = readLog(new Uint8Array(readFileSync(join(folder, 'left.wal'))), pageBytes)
    expect(log.frames.some(({ ofThisLog }) => !ofThisLog)).toBe(true)
    expect(judgeLog(log)).toBe('clean')
    expect(pagesOf(log, (content, page) => pageIsSealed(key, content, page)).length).toBe(log.frames.filter(({ ofThisLog }) => ofThisLog).length)
  })

  it('gives its sealed pages up to the last whole commit, and leaves out one that does not carry its seal', () => {
    const bytes = logAfter(5)
    const sealed = (content: Uint8Array, page: number): boolean => pageIsSealed(key, content, page)
    const whole = pagesOf(readLog(new Uint8Array(bytes), pageBytes), sealed)
    const hurt = pagesOf(readLog(new Uint8Array(flipped(bytes, headerBytes + frameBytes + 24 + 50)), pageBytes), sealed)
    expect(hurt.length).toBe(whole.length - 1)
    const torn = pagesOf(readLog(new Uint8Array(bytes.subarray(0, bytes.length - 10)), pageBytes), sealed)
    expect(torn.length).toBeLessThan(whole.length)
    expect(torn.length).toBeGreaterThan(0)
  })
})

describe('the seal of a page', () => {
  const pages = (): readonly Uint8Array[] => {
    const file = join(folder, 'sealed.db')
    const connection = open(file)
    connection.exec('CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT)')
    for (let each = 0; each < 40; each += 1) connection.exec(`INSERT INTO letter (body) VALUES ('${'Dear Daniel '.repeat(60)}')`)
    connection.close()
    const bytes = readFileSync(file)
    return Array.from({ length: bytes.length / pageBytes }, (_, index) => new Uint8Array(bytes.subarray(index * pageBytes, (index + 1) * pageBytes)))
  }

  it('is on every page SQLite wrote, in its place and under its key only', () => {
    const all = pages()
    expect(all.length).toBeGreaterThan(5)
    all.forEach((page, index) => {
      expect(pageIsSealed(key, page, index + 1), `page ${index + 1}`).toBe(true)
      expect(pageIsSealed(key, page, index + 2), `page ${index + 1} in another place`).toBe(false)
    })
    expect(pageIsSealed(key.map((byte) => byte ^ 1), all[2] ?? new Uint8Array(pageBytes), 3)).toBe(false)
  })

  it('is broken by one flipped bit anywhere in the page', () => {
    const page = pages()[2] ?? new Uint8Array(pageBytes)
    for (const at of [0, 1, 15, 16, 2_047, pageBytes - 33, pageBytes - 32, pageBytes - 17, pageBytes - 16, pageBytes - 1]) {
      const changed = page.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x10
      expect(pageIsSealed(key, changed, 3), `byte ${at}`).toBe(false)
    }
  })
})

describe('the rows of a table', () => {
  const rows = 300
  /** A plain file: what cannot be read in it is made unreadable page by page. */
  const smashed = (harm: (bytes: Buffer) => void): Database.Database => {
    const file = join(mkdtempSync(join(folder, 'rows-')), 'rows.db')
    const connection = new Database(file)
    connection.exec('CREATE TABLE letter (id INTEGER PRIMARY KEY, body TEXT)')
    const insert = connection.prepare('INSERT INTO letter (body) VALUES (?)')
    connection.transaction(() => {
      for (let each = 1; each <= rows; each += 1) insert.run(`Letter ${each} ${'word '.repeat(80)}`)
    })()
    connection.close()
    const bytes = readFileSync(file)
    harm(bytes)
    const opened = new Database(bytes)
    opened.pragma('cell_size_check = ON')
    return opened
  }
  const ids = (connection: Database.Database): readonly number[] => {
    try {
      return [...readableRows(connection, 'letter')].map((row) => Number(row['id']))
    } finally {
      connection.close()
    }
  }
  const kill = (bytes: Buffer, page: number): void => void bytes.fill(0xff, (page - 1) * pageBytes, page * pageBytes)

  it('all of them in a sound file, in order and once', () => {
    expect(ids(smashed(() => undefined))).toEqual(Array.from({ length: rows }, (_, index) => index + 1))
  })

  it('all but those of the dead pages, behind them too', () => {
    const found = ids(smashed((bytes) => [5, 6, 12, 20].forEach((page) => kill(bytes, page))))
    expect(found.length).toBeGreaterThan(rows - 4 * 10)
    expect(found.length).toBeLessThan(rows)
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b))
    expect(found.at(-1)).toBe(rows)
  })

  it('those before a lost end, and none of a table whose root is lost', () => {
    const end = ids(smashed((bytes) => [bytes.length / pageBytes, bytes.length / pageBytes - 1].forEach((page) => kill(bytes, page))))
    expect(end[0]).toBe(1)
    expect(end.length).toBeGreaterThan(rows - 30)
    expect(ids(smashed((bytes) => kill(bytes, 2)))).toEqual([])
  })
})
