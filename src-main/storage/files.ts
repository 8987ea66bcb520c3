import Database from 'better-sqlite3'
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'

/**
 * The disk, as our side sees it. It arrives through `createCore`; what is written is durable only after `flush`, and a new
 * name, a rename or a removal only after `flushFolder`. Every function throws what the system throws.
 */
export type Files = {
  readonly exists: (file: string) => boolean
  /** @returns bytes, or null when there is no such file */
  readonly size: (file: string) => number | null
  readonly read: (file: string) => string
  /** The first bytes of a file; fewer when it is shorter. */
  readonly readStart: (file: string, count: number) => Uint8Array
  /** Puts the text in the place of what the file held. Only this user may read it. */
  readonly write: (file: string, text: string) => void
  /** Puts zeros over every byte, and those on the disk. */
  readonly wipe: (file: string) => void
  readonly copy: (from: string, to: string) => void
  readonly rename: (from: string, to: string) => void
  /** Does nothing when there is no such file. */
  readonly remove: (file: string) => void
  /** @returns names in a folder, without the folder */
  readonly list: (folder: string) => readonly string[]
  readonly makeFolder: (folder: string) => void
  /** Puts what a file holds on the disk itself, not in the system's memory. */
  readonly flush: (file: string) => void
  readonly flushFolder: (folder: string) => void
  /** Opens a SQLite file and sets nothing; `:memory:` is one too. */
  readonly openDatabase: (file: string) => Database.Database
  /** Where nothing may be written: takes an opened database into memory and lets go of its file. */
  readonly intoMemory?: (connection: Database.Database) => Database.Database
}

const withHandle = <T>(file: string, flags: string, use: (handle: number) => T, mode?: number): T => {
  const handle = openSync(file, flags, mode)
  try {
    return use(handle)
  } finally {
    closeSync(handle)
  }
}

/** How long another program may hold a data file before it counts as open elsewhere, in ms: who comes second is told within a second. */
const patienceMs = 250

/** The disk of this PC. */
export const diskFiles: Files = {
  exists: existsSync,
  size: (file) => statSync(file, { throwIfNoEntry: false })?.size ?? null,
  read: (file) => readFileSync(file, 'utf8'),
  readStart: (file, count) =>
    withHandle(file, 'r', (handle) => {
      const start = Buffer.alloc(count)
      return new Uint8Array(start.subarray(0, readSync(handle, start, 0, count, 0)))
    }),
  write: (file, text) => withHandle(file, 'w', (handle) => void writeSync(handle, text), 0o600),
  wipe: (file) => {
    const size = statSync(file).size
    withHandle(file, 'r+', (handle) => {
      const zeros = Buffer.alloc(64 * 1024)
      for (let at = 0; at < size; at += zeros.length) writeSync(handle, zeros, 0, Math.min(zeros.length, size - at), at)
      fsyncSync(handle)
    })
  },
  copy: copyFileSync,
  rename: renameSync,
  remove: (file) => rmSync(file, { force: true }),
  list: (folder) => readdirSync(folder),
  makeFolder: (folder) => void mkdirSync(folder, { recursive: true }),
  flush: (file) => withHandle(file, 'r+', fsyncSync),
  // Windows puts names on the disk by itself and refuses to open a folder.
  flushFolder: (folder) => {
    if (process.platform !== 'win32') withHandle(folder, 'r', fsyncSync)
  },
  openDatabase: (file) => new Database(file, { timeout: patienceMs })
}
