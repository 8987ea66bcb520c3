import { stateName, walletIdOf } from '../../rules/wallet'
import type { MessageReply } from '../../wire/messages'
import type { SessionHandler, Tx } from '../context'
import type { Db } from '../database/open'
import type { Facility, FacilityBook } from '../directory/facilities'
import { done } from '../outcome'

type Wallet = MessageReply<'stamps.wallets'>['wallets'][number]

/** @returns the sum of a wallet's ledger */
export const balanceOf = async (db: Db | Tx['db'], accountId: string, walletId: string): Promise<number> => {
  const { balance } = await db
    .selectFrom('ledger')
    .select((select) => select.fn.coalesce(select.fn.sum<number>('amount'), select.val(0)).as('balance'))
    .where('account_id', '=', accountId)
    .where('wallet_id', '=', walletId)
    .executeTakeFirstOrThrow()
  return balance
}

/** What a wallet is called, after the first facility it pays at. */
const describe = (facilities: FacilityBook, walletId: string): Omit<Wallet, 'balance'> | null => {
  const facility: Facility | undefined = facilities.all.find(({ published }) => walletIdOf(published) === walletId)
  if (facility === undefined) return null
  const { name, state, walletScope, unitWord } = facility.published
  return { walletId, name: walletScope === 'state' ? stateName(state) : name, unit: unitWord }
}

/** `stamps.wallets`: every wallet that holds or held something, and the empty ones of registered contacts. */
export const listWallets: SessionHandler<'stamps.wallets'> = async (call) => {
  const { db, facilities } = call.context
  const filled = await db
    .selectFrom('ledger')
    .select((select) => ['wallet_id', select.fn.sum<number>('amount').as('balance')])
    .where('account_id', '=', call.account.id)
    .groupBy('wallet_id')
    .execute()
  const registered = await db.selectFrom('registration').select('facility_id').distinct().where('account_id', '=', call.account.id).execute()
  const balances = new Map(filled.map(({ wallet_id, balance }) => [wallet_id, balance]))
  for (const { facility_id } of registered) {
    const facility = facilities.find(facility_id)
    const walletId = facility === undefined ? null : walletIdOf(facility.published)
    if (walletId !== null && !balances.has(walletId)) balances.set(walletId, 0)
  }
  const wallets = [...balances.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([walletId, balance]): readonly Wallet[] => {
    const description = describe(facilities, walletId)
    return description === null ? [] : [{ ...description, balance }]
  })
  return done({ wallets })
}

/** `stamps.statement`: the ledger line by line, for the other side's own check. */
export const readStatement: SessionHandler<'stamps.statement'> = async (call, { after, limit }) => {
  const rows = await call.context.db
    .selectFrom('ledger')
    .selectAll()
    .where('account_id', '=', call.account.id)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return done({ entries: rows.map(({ seq, wallet_id, reason, reference, amount, at }) => ({ seq, walletId: wallet_id, reason, reference, amount, at })) })
}
