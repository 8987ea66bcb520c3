/** SQLite and nothing else: one connection with the app's durability (WAL, synchronous=FULL, exclusive), prepared statements. */
import Database from 'better-sqlite3'

/** @param key 32 bytes for a file that is encrypted as the app's mailboxes are */
export function openRaw(file, schema, key) {
  const connection = new Database(file)
  if (key !== undefined) {
    connection.pragma(`cipher = 'chacha20'`)
    connection.pragma(`key = "raw:${key.toString('hex')}"`)
  }
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY']) connection.pragma(pragma)
  connection.exec(schema)
  return {
    prepare: (sql) => connection.prepare(sql),
    pragma: (text) => connection.pragma(text),
    /** One durable commit. */
    commit: (work) => connection.transaction(work).immediate(),
    close: () => connection.close()
  }
}
