import type { Db } from './open'

/** One named value of the service's own (its secret, its clock's mark, practice controls), kept as JSON. */
export const readMeta = async (db: Db, name: string): Promise<unknown> => {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as unknown)
}

export const writeMeta = async (db: Db, name: string, value: unknown): Promise<void> => {
  const text = JSON.stringify(value)
  await db
    .insertInto('meta')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute()
}

/** Raises a counter and returns its new value. Only inside a transaction. */
export const countUp = async (db: Db, name: string): Promise<number> => {
  const kept = await readMeta(db, name)
  const value = (typeof kept === 'number' ? kept : 0) + 1
  await writeMeta(db, name, value)
  return value
}
