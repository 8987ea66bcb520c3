/** Proof that the search can see: each canary is planted in each way it could stand in a file, and has to be found. */
import Database from 'better-sqlite3'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { folderInMemory } from '../support/folders'
import type { Program } from '../support/program'
import type { Canary } from './canaries'
import { searchFolders } from './search'

const filler = Buffer.from('nothing to see here; '.repeat(20))
const within = (bytes: Buffer): Buffer => Buffer.concat([filler, bytes, filler])
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

const ways: readonly { readonly name: string; readonly file: (text: string) => Buffer }[] = [
  { name: 'utf-8', file: (text) => within(utf8(text)) },
  { name: 'lower case', file: (text) => within(utf8(text.toLowerCase())) },
  { name: 'utf-16', file: (text) => within(Buffer.from(text, 'utf16le')) },
  { name: 'utf-16 from the other end', file: (text) => within(Buffer.from(text, 'utf16le').swap16()) },
  { name: 'hexadecimal', file: (text) => within(utf8(utf8(text).toString('hex'))) },
  ...[0, 1, 2].map((shift) => ({ name: `base 64, ${shift} bytes in`, file: (text: string) => utf8(Buffer.concat([Buffer.alloc(shift, 65), utf8(text), filler]).toString('base64')) })),
  { name: 'base 64 for addresses', file: (text) => utf8(Buffer.concat([utf8('?~'), utf8(text), filler]).toString('base64url')) },
  { name: 'gzip', file: (text) => within(gzipSync(within(utf8(text)))) },
  { name: 'zlib', file: (text) => within(deflateSync(within(utf8(text)))) },
  { name: 'brotli', file: (text) => brotliCompressSync(within(utf8(text))) }
]

export const plantAndFind = (program: Program, canaries: readonly Canary[]): void => {
  const folder = folderInMemory('plants')
  for (const canary of canaries) {
    for (const { name, file } of canary.short === true ? [] : ways) {
      const place = join(folder, 'deep', 'down')
      mkdirSync(place, { recursive: true })
      writeFileSync(join(place, 'planted.bin'), file(canary.text))
      const { hits } = searchFolders([folder], [canary])
      program.check(hits.length > 0, () => `the search is blind: ${canary.name} planted as ${name} was not found`)
      rmSync(join(folder, 'deep'), { recursive: true })
    }
    program.check(isFoundInTable(folder, canary), () => `the search is blind: ${canary.name} planted in a table was not found`)
  }
  program.check(searchFolders([folder], canaries).hits.length === 0, () => 'the search sees what is not there')
  rmSync(folder, { recursive: true, force: true })
}

/** In a plain SQLite file whose columns touch each other, and whose last words are still in the write-ahead log. */
const isFoundInTable = (folder: string, canary: Canary): boolean => {
  const file = join(folder, 'planted.db')
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE note (before TEXT, text TEXT, after TEXT)')
  database.prepare('INSERT INTO note VALUES (?, ?, ?)').run('abc123', canary.text, '456def')
  const { hits } = searchFolders([folder], [canary])
  database.close()
  rmSync(file)
  return hits.length > 0
}
