import type { MessageInput, MessageName, MessageReply } from '../../wire/messages'
import { fullName } from '../../rules/contact'
import { transact, type SessionHandler, type SignedInCall, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { refuse, type Outcome } from '../outcome'

/** A request of somebody who coordinates, and where. */
export type CoordinatorCall = SignedInCall & { readonly sites: readonly string[]; readonly by: string }

/** Answers coordinators only; to everybody else these messages are one closed door. */
export const asCoordinator =
  <N extends MessageName>(handle: (call: CoordinatorCall, input: MessageInput<N>) => Promise<Outcome<MessageReply<N>>>): SessionHandler<N> =>
  async (call, input) => {
    if (call.account.coordinator === 0) return refuse('NOT_ALLOWED')
    const rows = await call.context.db.selectFrom('coordinator_site').select('site').where('account_id', '=', call.account.id).orderBy('site').execute()
    return handle({ ...call, sites: rows.map(({ site }) => site), by: nameOf(call.account) }, input)
  }

export const nameOf = (account: Pick<AccountRow, 'first_name' | 'last_name'>): string => fullName({ firstName: account.first_name, lastName: account.last_name })

/** @returns the account, if it belongs to a site of this coordinator; anybody else's and nobody's are the same: undefined */
export const findInScope = async (tx: Tx, call: CoordinatorCall, accountId: string): Promise<AccountRow | undefined> =>
  call.sites.length === 0 ? undefined : tx.db.selectFrom('account').selectAll().where('id', '=', accountId).where('site', 'in', call.sites).executeTakeFirst()

/** One transaction about one person within the coordinator's sites. */
export const withPerson = <Reply>(call: CoordinatorCall, accountId: string, work: (tx: Tx, person: AccountRow) => Promise<Outcome<Reply>>): Promise<Outcome<Reply>> =>
  transact(call, async (tx) => {
    const person = await findInScope(tx, call, accountId)
    return person === undefined ? refuse('NOT_ALLOWED') : work(tx, person)
  })

/**
 * Whether some site of this coordinator has nobody else who could help there: enabled, and with a password of their own. One who was
 * made or reset and has not signed in yet does not count: the code may run out.
 */
export const isLastSomewhere = async (tx: Tx, coordinator: AccountRow): Promise<boolean> => {
  const sites = await tx.db.selectFrom('coordinator_site').select('site').where('account_id', '=', coordinator.id).execute()
  const helped = await tx.db
    .selectFrom('coordinator_site')
    .innerJoin('account', 'account.id', 'coordinator_site.account_id')
    .select('coordinator_site.site')
    .where('account.id', '<>', coordinator.id)
    .where('account.coordinator', '=', 1)
    .where('account.disabled', '=', 0)
    .where('account.code_until', 'is', null)
    .execute()
  return sites.some(({ site }) => !helped.some((other) => other.site === site))
}
