/** Looks for canaries in every byte of every file below some folders, also inside what is compressed, and value by value in plain SQLite files. */
import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { brotliDecompressSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { Canary } from './canaries'
import { formsOf, standsAlone } from './forms'

export type Hit = { readonly file: string; readonly canary: string; readonly form: string }

const isServiceFile = (file: string): boolean => /^service\.db/u.test(basename(file))

/** Every file below the folders. */
export const filesBelow = (folders: readonly string[]): readonly { readonly path: string; readonly name: string }[] =>
  folders.flatMap((folder) =>
    !existsSync(folder)
      ? []
      : readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => ({ path, name: relative(folder, path) }))
  )

/**
 * @param folders where the app may have written
 * @returns how many bytes were read, and every canary that stands in a file
 */
export const searchFolders = (folders: readonly string[], canaries: readonly Canary[]): { readonly files: number; readonly bytes: number; readonly hits: readonly Hit[] } => {
  const files = filesBelow(folders)
  const long = canaries.filter(({ short }) => short !== true).map((canary) => ({ canary, needles: formsOf(canary.text) }))
  const short = canaries.filter((canary) => canary.short === true)
  const hits: Hit[] = []
  let bytes = 0
  const look = (file: string, where: string, content: Buffer): void => {
    for (const { canary, needles } of long) {
      if (canary.knownToService === true && isServiceFile(file)) continue
      const found = needles.find((needle) => content.includes(needle.bytes))
      if (found !== undefined) hits.push({ file: where, canary: canary.name, form: found.form })
    }
    for (const canary of short) if (standsAlone(content, canary.text)) hits.push({ file: where, canary: canary.name, form: 'digits standing alone' })
  }
  for (const { path, name } of files) {
    const content = readFileSync(path)
    bytes += content.length
    look(name, name, content)
    for (const inner of unpacked(content)) look(name, `${name} (unpacked)`, inner)
    if (content.subarray(0, 15).toString('latin1') === 'SQLite format 3') {
      for (const [place, value] of valuesOf(path)) {
        const match = short.find(({ text }) => new RegExp(`(?<![0-9A-Za-z])${text}(?![0-9A-Za-z])`, 'u').test(value))
        if (match !== undefined) hits.push({ file: `${name} ${place}`, canary: match.name, form: 'a value of a table' })
      }
    }
  }
  return { files: files.length, bytes, hits }
}

const most = { maxOutputLength: 8_000_000 }

/** Where the packed bytes of a gzip stream begin: after its header and the name in it. */
const gzipBody = (content: Buffer): Buffer => {
  const named = ((content[3] ?? 0) & 8) !== 0
  return content.subarray(named ? content.indexOf(0, 10) + 1 : 10)
}
const zipBody = (content: Buffer): Buffer => content.subarray(30 + content.readUInt16LE(26) + content.readUInt16LE(28))

/** By their first bytes. What follows a stream does not matter: only its own part is read. */
const packings: readonly { readonly first: readonly number[]; readonly unpack: (content: Buffer) => Buffer }[] = [
  { first: [0x1f, 0x8b, 8], unpack: (content) => inflateRawSync(gzipBody(content), most) },
  ...[0x01, 0x5e, 0x9c, 0xda].map((second) => ({ first: [0x78, second], unpack: (content: Buffer) => inflateSync(content, most) })),
  { first: [0x50, 0x4b, 3, 4], unpack: (content) => inflateRawSync(zipBody(content), most) }
]

/** Whatever in a file can be inflated: gzip, zlib and zip streams wherever they begin, and brotli for a file as a whole. */
const unpacked = (content: Buffer): readonly Buffer[] => {
  const streams = packings.flatMap(({ first, unpack }) => {
    const mark = Buffer.from(first)
    const found: Buffer[] = []
    for (let at = content.indexOf(mark); at !== -1; at = content.indexOf(mark, at + 1)) {
      const inner = attempt(() => unpack(content.subarray(at)))
      if (inner !== null && inner.length > 0) found.push(inner)
    }
    return found
  })
  const whole = attempt(() => brotliDecompressSync(content, most))
  return whole === null ? streams : [...streams, whole]
}

const attempt = (work: () => Buffer): Buffer | null => {
  try {
    return work()
  } catch {
    return null
  }
}

/** Every value of a plain SQLite file as text, read from a copy with its write-ahead log. */
const valuesOf = (path: string): readonly (readonly [place: string, value: string])[] => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-read-'))
  try {
    const copy = join(folder, 'copy.db')
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    const database = new Database(copy)
    try {
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck().all() as string[]
      return tables.flatMap((table) =>
        (database.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][]).flatMap((row) =>
          row.flatMap((value): (readonly [string, string])[] => (typeof value === 'string' ? [[table, value]] : Buffer.isBuffer(value) ? [[table, value.toString('latin1')]] : []))
        )
      )
    } finally {
      database.close()
    }
  } catch {
    // No database after all, or one that only its owner can read: its bytes were searched all the same.
    return []
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
