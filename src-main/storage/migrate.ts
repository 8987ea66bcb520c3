import { inTransaction, StorageError, type Connection } from './open'

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
  const applied = appliedSteps(connection)
  const newest = applied.at(-1)?.number ?? 0
  if (newest > migrations.length) throw new StorageError('NEWER_VERSION', `the file is at version ${newest}, this app knows ${migrations.length}`)
  for (const step of applied) {
    if (migrations[step.number - 1]?.name !== step.name) throw new StorageError('DAMAGED', `step ${step.number} of the file is not ours`)
  }
  const due = migrations.slice(applied.length)
  if (due.length === 0) return 0
  if (applied.length > 0) keepCopy(applied.length)
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

const appliedSteps = (connection: Connection): readonly { readonly number: number; readonly name: string }[] => {
  const exists = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`).get()
  if (exists === undefined) {
    const other = connection.prepare(`SELECT count(*) AS n FROM sqlite_schema`).get() as { n: number }
    if (other.n > 0) throw new StorageError('DAMAGED', 'the file belongs to another program')
    return []
  }
  return connection.prepare('SELECT number, name FROM migration ORDER BY number').all() as { number: number; name: string }[]
}
