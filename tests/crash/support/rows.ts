import type Database from 'better-sqlite3'

export type Rows = Database.Database

export const all = <Row>(file: Rows, sql: string, ...values: readonly unknown[]): readonly Row[] => file.prepare(sql).all(...values) as Row[]

/** Groups rows by a text of each. */
export const groupBy = <Row>(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row])
  return groups
}

/** @returns the text when it holds, as a list to be joined with others */
export const wrongIf = (wrong: boolean, what: () => string): readonly string[] => (wrong ? [what()] : [])
