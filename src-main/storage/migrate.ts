import { inTransaction, StorageError, type Connection } from './open'
import { refuseStrangers } from './strangers'

/** One step of a file's history. Steps are never edited once released; a new need is a new step. */
export type Migration = {
  readonly number: number
  readonly name: string
  readonly up: (connection: Connection) => void
}

const migrationTable = `
  CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT`

/**
 * Brings a file up to date, each step in its own transaction.
 * @param keepCopy called once before an older, filled file is touched; it must leave an untouched copy behind
 * @returns how many steps ran
 * @throws StorageError NEWER_VERSION (made by a newer app; nothing was written), DAMAGED (its history is not ours)
 */
export const migrate = (connection: Connection, migrations: readonly Migration[], now: number, keepCopy: (version: number) => void): number => {
  migrations.forEach((step, index) => {
    if (step.number !== index + 1) throw new StorageError('INTERNAL', `migration ${step.name} is out of order`)
  })
  const applied = checkHistory(connection, migrations)
  const due = migrations.slice(applied)
  if (due.length === 0) return 0
  if (applied > 0) keepCopy(applied)
  for (const step of due) {
    inTransaction(connection, () => {
      connection.exec(migrationTable)
      step.up(connection)
      connection.prepare('INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)').run(step.number, step.name, now)
      connection.pragma(`user_version = ${step.number}`)
    })
  }
  return due.length
}

/**
 * Reads where a file stands; writes nothing.
 * @returns how many steps it has behind it
 * @throws StorageError NEWER_VERSION, or DAMAGED when its history is not the beginning of ours, or something in it is none of our steps'
 */
export const checkHistory = (connection: Connection, migrations: readonly Migration[]): number => {
  const applied = appliedSteps(connection)
  const newest = applied.at(-1)?.number ?? 0
  // What a newer app would have done first is what we do: a file that began otherwise is another one, not a newer one.
  const known = applied.filter((step) => step.number <= migrations.length)
  known.forEach((step, index) => {
    if (step.number !== index + 1 || step.name !== migrations[index]?.name) throw new StorageError('DAMAGED', `step ${step.number} of the file is not ours`)
  })
  if (newest > migrations.length) throw new StorageError('NEWER_VERSION', `the file is at version ${newest}, this app knows ${migrations.length}`)
  if (applied.length > 0) refuseStrangers(connection, migrations, applied.length)
  return applied.length
}

const appliedSteps = (connection: Connection): readonly { readonly number: number; readonly name: string }[] => {
  const tables = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number
  if (tables === 0) return []
  const columns = connection.prepare(`SELECT count(*) FROM pragma_table_info('migration') WHERE name IN ('number', 'name', 'applied_at')`).pluck().get()
  if (columns !== 3) throw new StorageError('DAMAGED', 'the file belongs to another program')
  return connection.prepare('SELECT number, name FROM migration ORDER BY number').all() as { number: number; name: string }[]
}
