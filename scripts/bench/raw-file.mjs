/** SQLite and nothing else: one connection with the app's durability (WAL, synchronous=FULL, exclusive), prepared statements. */
import Database from 'better-sqlite3'

export function openRaw(file, schema) {
  const connection = new Database(file)
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL']) connection.pragma(pragma)
  connection.exec(schema)
  return {
    prepare: (sql) => connection.prepare(sql),
    /** One durable commit. */
    commit: (work) => connection.transaction(work).immediate(),
    close: () => connection.close()
  }
}
