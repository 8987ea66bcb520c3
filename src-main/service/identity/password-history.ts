import { sql } from 'kysely'
import { normalisePassword } from '../../rules/password-policy'
import type { Call, Tx } from '../context'

/** As many as any policy looks back on (S1: the last 1-12), whatever is in force now. */
const kept = 12

/** Whether a password is one of the last `depth`, the present one included. Slow, so not within a transaction. */
export const wasUsed = async ({ context: { db, kdf } }: Call, accountId: string, password: string, depth: number): Promise<boolean> => {
  if (depth <= 0) return false
  const rows = await db.selectFrom('password_history').select('password_hash').where('account_id', '=', accountId).orderBy(sql`rowid`, 'desc').limit(depth).execute()
  const typed = normalisePassword(password)
  const matches = await Promise.all(rows.map(({ password_hash }) => kdf.verify(password_hash, typed)))
  return matches.includes(true)
}

/** Keeps the hash of a password that is in force from now on. */
export const keepPassword = async (tx: Tx, accountId: string, passwordHash: string): Promise<void> => {
  await tx.db.insertInto('password_history').values({ account_id: accountId, password_hash: passwordHash, at: tx.now }).execute()
  const oldest = await tx.db
    .selectFrom('password_history')
    .select(sql<number>`rowid`.as('id'))
    .where('account_id', '=', accountId)
    .orderBy(sql`rowid`, 'desc')
    .offset(kept)
    .limit(1)
    .executeTakeFirst()
  if (oldest !== undefined) await tx.db.deleteFrom('password_history').where('account_id', '=', accountId).where(sql<number>`rowid`, '<=', oldest.id).execute()
}
