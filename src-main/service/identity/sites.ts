import type { Tx } from '../context'
import type { AccountRow } from '../database/schema'

/** The practice account's site, where nobody coordinates. */
export const practiceSite = 'Practice'
/** The site of whoever comes first. */
const ownSite = 'This parish'

/** Where somebody belongs who signs up at this PC: with its first coordinator. */
export const firstSite = async (tx: Tx): Promise<string> => {
  const first = await tx.db.selectFrom('account').select('site').where('coordinator', '=', 1).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst()
  return first?.site ?? ownSite
}

/** The first account there is coordinates its site: no account and no password is built in (ASVS 6.3.2). */
export const foundIfFirst = async (tx: Tx, account: AccountRow): Promise<AccountRow> => {
  const other = await tx.db.selectFrom('account').select('id').where('site', '<>', practiceSite).where('id', '<>', account.id).limit(1).executeTakeFirst()
  return other === undefined ? makeCoordinator(tx, account) : account
}

/** Makes somebody a coordinator of their own site. */
export const makeCoordinator = async (tx: Tx, account: AccountRow): Promise<AccountRow> => {
  await tx.db
    .insertInto('coordinator_site')
    .values({ account_id: account.id, site: account.site })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx.db.updateTable('account').set({ coordinator: 1 }).where('id', '=', account.id).returningAll().executeTakeFirstOrThrow()
}
