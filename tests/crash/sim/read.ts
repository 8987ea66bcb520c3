/** How the judge reads a file: by statements of its own. */
import type Database from 'better-sqlite3'
import { createHash } from 'node:crypto'

/** Statements of the judge, kept as long as their connection. */
const kept = new WeakMap<Database.Database, Map<string, Database.Statement>>()
export const prepared = (database: Database.Database, text: string): Database.Statement => {
  const own = kept.get(database) ?? new Map<string, Database.Statement>()
  kept.set(database, own)
  const statement = own.get(text) ?? database.prepare(text)
  own.set(text, statement)
  return statement
}

export const sha256 = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex')
