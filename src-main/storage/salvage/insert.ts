import type { Connection } from '../open'
import type { Row } from './rows'

/** Columns that both have: an older file lacks some, and a column that is computed cannot be written. */
export const sharedColumns = (target: Connection, table: string, row: Row): readonly string[] =>
  (target.prepare(`SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0`).pluck().all(table) as string[]).filter((name) => Object.hasOwn(row, name))

/**
 * Writes a row as it was. @param changes other values for some columns; undefined leaves a column to the table itself (its own number)
 * @returns whether it was new @throws SqliteError when the row does not fit
 */
export const insertRow = (target: Connection, table: string, row: Row, changes: Readonly<Record<string, Row[string] | undefined>> = {}): boolean => {
  const columns = sharedColumns(target, table, row).filter((name) => !(name in changes) || changes[name] !== undefined)
  const names = columns.map((name) => `"${name}"`).join(', ')
  const values = columns.map((name) => (name in changes ? changes[name] : row[name]) ?? null)
  return target.prepare(`INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`).run(...values).changes === 1
}

export const exists = (target: Connection, table: string, column: string, value: unknown): boolean =>
  target.prepare(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`).get(value) !== undefined
