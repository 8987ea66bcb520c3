import type { MessageReply } from '../../wire/messages'
import { transact, type Call, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { emailKeyOf, readLock } from '../identity/guard'
import { readChoice } from '../identity/policy'
import { done } from '../outcome'
import { asCoordinator, nameOf, type CoordinatorCall } from './scope'

type People = MessageReply<'coordinator.people'>
export type Entry = People['people'][number]

export const entryOf = async (tx: Tx, call: Call, account: AccountRow): Promise<Entry> => ({
  accountId: account.id,
  displayName: nameOf(account),
  email: account.email,
  site: account.site,
  coordinator: account.coordinator === 1,
  disabled: account.disabled === 1,
  locked: (await readLock(tx, call, account, emailKeyOf(call, account.email))) !== null,
  lastSignInAt: account.last_sign_in_at
})

/** Everybody of the coordinator's sites, by name. */
export const readPeople = async (tx: Tx, call: CoordinatorCall): Promise<People> => {
  if (call.sites.length === 0) return { people: [] }
  const rows = await tx.db.selectFrom('account').selectAll().where('site', 'in', call.sites).orderBy('last_name').orderBy('first_name').orderBy('id').execute()
  const people: Entry[] = []
  for (const row of rows) people.push(await entryOf(tx, call, row))
  return { people }
}

/** `coordinator.people`. */
export const listPeople = asCoordinator<'coordinator.people'>((call) => transact(call, async (tx) => done(await readPeople(tx, call))))

/** `coordinator.view`: where somebody coordinates, and what is in force. */
export const viewSites = asCoordinator<'coordinator.view'>(async (call) => {
  const { presets, release } = await readChoice(call.context.db)
  return done({ sites: [...call.sites], presets: [...presets], release })
})
