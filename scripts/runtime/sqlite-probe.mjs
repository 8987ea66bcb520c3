/**
 * Run as a child process, because an addon built for another Node-API does not throw, it crashes:
 * full-text search in memory, then an encrypted file written and read back. Argument: the addon to try.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const nativeBinding = process.argv[2]
const expect = (condition, what) => { if (!condition) throw new Error(what) }

const memory = new Database(':memory:', { nativeBinding })
memory.exec('CREATE VIRTUAL TABLE letters USING fts5(body)')
memory.prepare('INSERT INTO letters VALUES (?)').run('Grace and peace to you')
expect(memory.prepare("SELECT body FROM letters WHERE letters MATCH 'peace'").get().body === 'Grace and peace to you', 'full-text search')
memory.close()

const folder = mkdtempSync(join(tmpdir(), 'epistle-probe-'))
try {
  const file = join(folder, 'probe.db')
  const open = () => {
    const database = new Database(file, { nativeBinding })
    database.pragma("cipher='chacha20'")
    database.pragma("key='a passing thought'")
    return database
  }
  const writer = open()
  writer.exec("CREATE TABLE letter (body TEXT); INSERT INTO letter VALUES ('hidden words')")
  writer.close()
  const reader = open()
  expect(reader.prepare('SELECT body FROM letter').pluck().get() === 'hidden words', 'encrypted file')
  reader.close()
  expect(!readFileSync(file).includes('hidden words'), 'encryption')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log('sqlite works')
