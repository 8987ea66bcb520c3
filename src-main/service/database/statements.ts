/** Triggers under which a table only grows. */
export const appendOnly = (table: string): readonly string[] =>
  ['UPDATE', 'DELETE'].map(
    (act) => `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`
  )

/** A column that is 0 or 1. */
export const flag = (name: string, preset: 0 | 1 = 0): string => `${name} INTEGER NOT NULL DEFAULT ${preset} CHECK (${name} IN (0, 1))`

/** Lets a column say nothing from now on: SQLite cannot take NOT NULL back. */
export const nullable = (table: string, column: string, type: 'TEXT' | 'INTEGER'): readonly string[] => [
  `ALTER TABLE ${table} ADD COLUMN loose_${column} ${type}`,
  `UPDATE ${table} SET loose_${column} = ${column}`,
  `ALTER TABLE ${table} DROP COLUMN ${column}`,
  `ALTER TABLE ${table} RENAME COLUMN loose_${column} TO ${column}`
]
