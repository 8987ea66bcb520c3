/** A disk that can lose what was not flushed, fill up, and stop at any commit: the core's `Files` over a folder in memory. */
import Database from 'better-sqlite3'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import type { SeededNumbers } from '../support/seeded-numbers'

/** Thrown into the product where the machine stops. Whatever it does with it is of no account any more. */
export class Stopped extends Error {
  constructor() {
    super('the machine stopped here')
    this.name = 'Stopped'
  }
}

export type Moment = 'before commit' | 'after commit' | 'file'

export type Hooks = {
  /** Called at every point where a crash could come; throws `Stopped` to make it come. */
  readonly point: (moment: Moment, file: string) => void
}

type OpenFile = { readonly file: string; readonly database: Database.Database }

const pageBytes = 4096
const walHeader = 32
const frameBytes = pageBytes + 24

export const createDisk = (folder: string, hooks: Hooks) => {
  const open = new Set<OpenFile>()
  /** What would come back after a power cut: for each path not flushed yet, what is surely on the disk. */
  const unflushed = new Map<string, Buffer | null>()
  let undoNames: (() => void)[] = []
  let full = false
  let synchronous: number | null = null

  const content = (file: string): Buffer | null => (existsSync(file) ? readFileSync(file) : null)
  const put = (file: string, bytes: Buffer | null): void => (bytes === null ? rmSync(file, { force: true }) : writeFileSync(file, bytes))
  const noSpace = (): void => {
    if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  }
  const nameChanges = (...files: readonly string[]): void => {
    const before = files.map((file) => [file, content(file)] as const)
    undoNames.push(() => before.forEach(([file, bytes]) => put(file, bytes)))
  }

  const commitPoint = (file: string, commit: () => unknown): unknown => {
    hooks.point('before commit', file)
    if (full) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
    const result = commit()
    hooks.point('after commit', file)
    return result
  }

  const openDatabase = (file: string): Database.Database => {
    const database = new Database(file)
    const entry = { file, database }
    open.add(entry)
    const { transaction, prepare, close } = database
    // Kysely says COMMIT itself; our own side uses the driver's transactions.
    database.prepare = ((text: string) => {
      const statement = prepare.call(database, text)
      if (text.toLowerCase() === 'commit') {
        const run = statement.run.bind(statement)
        statement.run = ((...given: unknown[]) => commitPoint(file, () => Reflect.apply(run, statement, given))) as typeof statement.run
      }
      return statement
    }) as typeof database.prepare
    database.transaction = ((work: () => unknown) => ({
      immediate: () => {
        const result = transaction
          .call(database, () => {
            const value = work()
            hooks.point('before commit', file)
            if (full) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
            return value
          })
          .immediate() as unknown
        hooks.point('after commit', file)
        return result
      }
    })) as unknown as typeof database.transaction
    database.close = () => {
      open.delete(entry)
      return close.call(database)
    }
    return database
  }

  const files: Files = {
    ...diskFiles,
    write: (file, text) => {
      noSpace()
      if (!unflushed.has(file)) unflushed.set(file, content(file))
      diskFiles.write(file, text)
      hooks.point('file', file)
    },
    copy: (from, to) => {
      noSpace()
      if (!unflushed.has(to)) unflushed.set(to, content(to))
      diskFiles.copy(from, to)
    },
    rename: (from, to) => {
      nameChanges(from, to)
      const waiting = unflushed.get(from)
      unflushed.delete(from)
      if (waiting !== undefined) unflushed.set(to, waiting)
      renameSync(from, to)
      hooks.point('file', to)
    },
    remove: (file) => {
      nameChanges(file)
      unflushed.delete(file)
      diskFiles.remove(file)
    },
    // A flush in memory costs nothing; what counts is that it was asked for.
    flush: (file) => {
      unflushed.delete(file)
      hooks.point('file', file)
    },
    flushFolder: () => {
      undoNames = []
      hooks.point('file', folder)
    },
    openDatabase
  }

  /** Copies everything as the system would find it after a crash of the app: all that was written. */
  const imageTo = (target: string): void => copyTree(folder, target)

  return {
    folder,
    files,
    setFull: (on: boolean): void => {
      full = on
    },
    isFull: (): boolean => full,
    /** The open connection of one file, for those who judge; null when it is closed. */
    connection: (name: string): Database.Database | null => [...open].find(({ file }) => file === join(folder, name))?.database ?? null,
    imageTo,
    /**
     * As `imageTo`, after a power cut: names and small files may fall back to what was flushed; a database keeps what its
     * `synchronous` promises (FULL: every commit; less: a random part of the journal is gone), and may have a torn end.
     */
    imageAfterCut: (target: string, random: SeededNumbers): void => {
      for (const { file, database } of open) {
        if (!existsSync(`${file}-wal`)) continue
        synchronous = Number(database.pragma('synchronous', { simple: true }))
        if (synchronous >= 2) continue
        const frames = Math.floor((statSync(`${file}-wal`).size - walHeader) / frameBytes)
        if (frames > 0) truncateSync(`${file}-wal`, walHeader + random.below(frames + 1) * frameBytes)
      }
      const lost = random.below(undoNames.length + 1)
      undoNames.slice(undoNames.length - lost).reverse().forEach((undo) => undo())
      for (const [file, bytes] of unflushed) if (random.below(2) === 0 && existsSync(file)) put(file, random.below(2) === 0 ? bytes : (content(file)?.subarray(0, 10) ?? null))
      imageTo(target)
      for (const name of readdirSync(join(target, 'mailboxes')).filter((one) => one.endsWith('-wal'))) {
        if (random.below(2) === 0) appendFileSync(join(target, 'mailboxes', name), Buffer.alloc(random.below(2 * frameBytes), random.below(256)))
      }
    },
    /** Lets go of everything after a crash; the files here are nobody's any more. */
    abandon: (): void => {
      for (const { file, database } of open) {
        // Closing would fold the journal into a file that nobody opens again.
        if (existsSync(`${file}-wal`)) truncateSync(`${file}-wal`)
        database.close()
      }
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

export type Disk = ReturnType<typeof createDisk>

export const copyTree = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyTree(join(from, entry.name), join(to, entry.name))
    else copyFileSync(join(from, entry.name), join(to, entry.name))
  }
}

/** Puts one file in the place of another, with its journal or without any. */
export const replaceDatabase = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true })
  for (const end of ['', '-wal']) {
    rmSync(to + end, { force: true })
    if (existsSync(from + end)) copyFileSync(from + end, to + end)
  }
}
