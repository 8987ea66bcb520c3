import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { diskFiles } from '../files'
import { distrust, openConnection, useKey, type Connection } from '../open'
import { pageIsSealed } from './page-seal'
import { pagesOf, readLog } from './wal'

/** SQLite's own default; every file of ours has it. */
const pageBytes = 4096

/** A damaged file made readable, as far as it can be: on a copy, for the file itself is never touched. */
export type Readable = {
  readonly connection: Connection
  /** Pages that do not carry their seal. */
  readonly unreadable: number
  readonly close: () => void
}

/** All pages of a mailbox, the write-ahead log laid over the file; a page of the log that is not sound leaves the one before it. */
const assemble = (file: string, key: Uint8Array): Uint8Array[] => {
  const main = existsSync(file) ? new Uint8Array(readFileSync(file)) : new Uint8Array()
  const log = existsSync(`${file}-wal`) ? readLog(new Uint8Array(readFileSync(`${file}-wal`)), pageBytes) : null
  const pages: Uint8Array[] = []
  for (let at = 0; at + pageBytes <= main.length; at += pageBytes) pages.push(main.subarray(at, at + pageBytes))
  const laidOver = log === null || log.pageBytes !== pageBytes ? [] : pagesOf(log, (content, page) => pageIsSealed(key, content, page))
  for (const { page, content } of laidOver) pages[page - 1] = content
  for (let at = 0; at < pages.length; at += 1) pages[at] ??= new Uint8Array(pageBytes)
  return pages
}

/**
 * The first page says how large the file is, and the next ones what its tables are. When those are lost, the ones of a sound mailbox with the same
 * key and tables stand in for them: grown until it has as many pages, so that none counts as outside.
 */
const standIns = (base: string, scratch: string, key: Uint8Array, pages: number): ReadonlyMap<number, Uint8Array> => {
  writeFileSync(scratch, readFileSync(base), { mode: 0o600 })
  const connection = openConnection(scratch, { key })
  try {
    connection.pragma('wal_checkpoint(TRUNCATE)')
    const put = connection.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)')
    const count = (): number => connection.pragma('page_count', { simple: true }) as number
    for (let at = 0; count() < pages; at += 1) {
      const missing = pages - count()
      // Each such row takes about one page; near the end they come one by one.
      connection.transaction(() => {
        for (let row = 0; row < Math.max(1, missing - 40); row += 1) put.run(`grown ${at} ${row}`, 'x'.repeat(3_600))
      })()
    }
    const schema = connection.prepare(`SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'`).pluck().all() as number[]
    connection.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = new Uint8Array(readFileSync(scratch))
    return new Map([1, ...schema].map((page) => [page, bytes.slice((page - 1) * pageBytes, page * pageBytes)]))
  } finally {
    connection.close()
    for (const rest of ['', '-wal', '-shm']) rmSync(`${scratch}${rest}`, { force: true })
  }
}

/** Opened for reading rows one by one: nothing is set that would need a sound file. */
const openToRead = (file: string, key: Uint8Array): Connection | null => {
  const connection = diskFiles.openDatabase(file)
  try {
    useKey(connection, key)
    connection.pragma('locking_mode = EXCLUSIVE')
    distrust(connection)
    connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    connection.prepare('SELECT name FROM meta LIMIT 1')
    return connection
  } catch {
    connection.close()
    return null
  }
}

/**
 * Makes a damaged mailbox readable beside itself.
 * @param base a sound mailbox with the same key and tables, closed; stands in for what is lost at the beginning of the file
 * @param scratch where to work; everything there is removed again by `close`
 * @returns null when nothing can be read
 */
export const makeReadable = (file: string, key: Uint8Array, base: string, scratch: string): Readable | null => {
  const pages = assemble(file, key)
  const unsealed = new Set(pages.flatMap((content, index) => (pageIsSealed(key, content, index + 1) ? [] : [index + 1])))
  if (pages.length === 0 || unsealed.size === pages.length) return null
  const place = `${scratch}.readable`
  const clear = (): void => {
    for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(`${place}${rest}`, { force: true })
  }
  const write = (): void => writeFileSync(place, Buffer.concat(pages), { mode: 0o600 })
  clear()
  write()
  let connection = openToRead(place, key)
  if (connection === null) {
    const fresh = standIns(base, `${scratch}.grown`, key, pages.length)
    for (const [page, content] of fresh) if (unsealed.has(page)) pages[page - 1] = content
    const needed = Math.max(pages.length, ...fresh.keys())
    for (let at = pages.length; at < needed; at += 1) pages.push(new Uint8Array(pageBytes))
    // One spare page: the stand-in may have grown by one more than was needed.
    pages.push(new Uint8Array(pageBytes))
    clear()
    write()
    connection = openToRead(place, key)
  }
  if (connection === null) {
    clear()
    return null
  }
  const open = connection
  return {
    connection: open,
    unreadable: unsealed.size,
    close: () => {
      open.close()
      clear()
    }
  }
}
