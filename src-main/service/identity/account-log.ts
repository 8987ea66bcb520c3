import type { Tx } from '../context'
import type { MessageReply } from '../../wire/messages'

type Notice = Extract<MessageReply<'identity.signIn'>, { outcome: 'signedIn' }>['notices'][number]
type Details = Notice['details']

/** What can happen to an account; the names are those of the activity log (src-main/contract/activity.ts). */
export type AccountEvent =
  | 'accountCreated' | 'signedIn' | 'signInFailed' | 'accountLocked' | 'accountUnlocked' | 'secondStepPassed' | 'secondStepFailed'
  | 'deviceRemembered' | 'deviceSignedOut' | 'passwordChanged' | 'passwordReset' | 'questionsChanged' | 'passcodeChanged' | 'profileChanged'
  | 'secondStepOn' | 'secondStepOff' | 'printedCodesMade' | 'termsAccepted' | 'reportedNotMe' | 'resetByCoordinator'
  | 'policyChanged' | 'personCreated' | 'personDisabled' | 'personEnabled' | 'personUnlocked' | 'personReset' | 'roleChanged'

/** How many lines an account keeps here, and how many one sign-in carries. */
const kept = 500
const toldAtOnce = 200

/**
 * Writes one line into an account's record.
 * @param deviceId the device that did it, and so has its own line already; null when nobody was signed in or it was somebody else
 * @returns its number
 */
export const note = async (tx: Tx, accountId: string, event: AccountEvent, deviceId: string | null, details: Details = {}): Promise<number> => {
  const { seq } = await tx.db
    .insertInto('account_event')
    .values({ account_id: accountId, event, details: JSON.stringify(details), device_id: deviceId, at: tx.now })
    .returning('seq')
    .executeTakeFirstOrThrow()
  const oldest = await tx.db.selectFrom('account_event').select('seq').where('account_id', '=', accountId).orderBy('seq', 'desc').offset(kept).limit(1).executeTakeFirst()
  if (oldest !== undefined) await tx.db.deleteFrom('account_event').where('account_id', '=', accountId).where('seq', '<=', oldest.seq).execute()
  return seq
}

/** Takes back a line that turned out not to be so. */
export const unnote = async (tx: Tx, seq: number): Promise<void> => {
  await tx.db.deleteFrom('account_event').where('seq', '=', seq).execute()
}

export type Unread = { readonly notices: Notice[]; readonly failuresSince: number; readonly toldTo: number }

/** What a device has not been told yet, oldest first, and how many passwords were wrong since the last sign-in anywhere. */
export const readUnread = async (tx: Tx, accountId: string, deviceId: string): Promise<Unread> => {
  const device = await tx.db.selectFrom('known_device').select('told_to').where('account_id', '=', accountId).where('device_id', '=', deviceId).executeTakeFirst()
  const told = device?.told_to ?? 0
  const rows = await tx.db.selectFrom('account_event').selectAll().where('account_id', '=', accountId).orderBy('seq', 'desc').limit(kept).execute()
  const failures: boolean[] = []
  for (const { event } of rows) {
    if (event === 'signedIn') break
    failures.push(event === 'signInFailed')
  }
  const unread = rows.filter((row) => row.seq > told && row.device_id !== deviceId).slice(0, toldAtOnce).reverse()
  return {
    notices: unread.map(({ event, at, details }) => ({ event, at, details: JSON.parse(details) as Details })),
    failuresSince: failures.filter(Boolean).length,
    toldTo: rows[0]?.seq ?? told
  }
}
