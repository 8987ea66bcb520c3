import type { MessageReply } from '../../wire/messages'
import { transact, type Call, type OpenHandler, type SessionHandler, type SignedInCall, type Tx } from '../context'
import type { AccountRow, SessionRow } from '../database/schema'
import { done, refuse } from '../outcome'
import { newToken, sha256 } from '../secrets'
import { note, readUnread } from './account-log'
import { rememberDevice, seeDevice, type DeviceAtHand } from './devices'
import { owedBy } from './duties'
import { profileOf } from './profile'

/** Sessions end after 30 days of the service's time; the device's token then brings the PC back without the password. */
const sessionMs = 30 * 24 * 3_600_000
/**
 * A device's newest tokens stay good: an answer that got lost must not strand the PC with an older one. A sign-in on a bad line is tried several
 * times, and each try that arrives makes a token; so many that no row of lost answers outlives the last one that came.
 */
const tokensPerDevice = 50

export type SignedIn = Extract<MessageReply<'identity.signIn'>, { outcome: 'signedIn' }>

const openSession = async (tx: Tx, call: Call, session: Pick<SessionRow, 'account_id' | 'device_id'> & Partial<SessionRow>): Promise<string> => {
  const token = newToken(call.context.randomBytes)
  await tx.db.deleteFrom('session').where('expires_at', '<=', tx.now).execute()
  await tx.db.insertInto('session').values({ used: 0, ...session, token_hash: sha256(token), expires_at: tx.now + sessionMs }).execute()
  return token
}

const giveDeviceToken = async (tx: Tx, call: Call, account_id: string, device_id: string): Promise<string> => {
  const token = newToken(call.context.randomBytes)
  await tx.db.insertInto('device').values({ token_hash: sha256(token), account_id, device_id, made_at: tx.now }).execute()
  const newest = tx.db.selectFrom('device').select('seq').where('account_id', '=', account_id).where('device_id', '=', device_id).orderBy('seq', 'desc').limit(tokensPerDevice)
  await tx.db.deleteFrom('device').where('account_id', '=', account_id).where('device_id', '=', device_id).where('seq', 'not in', newest).execute()
  return token
}

/** Opens a session and knows the device from now on: the reply of a sign-up and of a finished sign-in. */
export const signedIn = async (tx: Tx, call: Call, account: AccountRow, device: DeviceAtHand, remember = false): Promise<SignedIn> => {
  const unread = await readUnread(tx, account.id, device.deviceId)
  await seeDevice(tx, account.id, device)
  const rememberToken = remember ? await rememberDevice(tx, call, account.id, device) : null
  await note(tx, account.id, 'signedIn', device.deviceId, { device: device.deviceName })
  await tx.db.updateTable('account').set({ last_sign_in_at: tx.now }).where('id', '=', account.id).execute()
  const byCode = account.code_until !== null
  // The answer before this one may have been lost on the way. A code opens one session, not two.
  if (byCode) await tx.db.deleteFrom('session').where('account_id', '=', account.id).where('by_code', '=', 1).execute()
  const sessionToken = await openSession(tx, call, {
    account_id: account.id,
    device_id: device.deviceId,
    proven_at: tx.now,
    began_owing: owedBy(account).password ? 1 : 0,
    by_code: byCode ? 1 : 0,
    told_to: unread.toldTo
  })
  return {
    outcome: 'signedIn',
    profile: profileOf(account),
    sessionToken,
    deviceToken: await giveDeviceToken(tx, call, account.id, device.deviceId),
    rememberToken,
    lastSignInAt: account.last_sign_in_at,
    failuresSince: unread.failuresSince,
    notices: unread.notices
  }
}

/** `identity.resume`: this PC comes back with the token it was given at its last sign-in. */
export const resume: OpenHandler<'identity.resume'> = (call, input) =>
  transact(call, async (tx) => {
    const account = await tx.db
      .selectFrom('device')
      .innerJoin('account', 'account.id', 'device.account_id')
      .selectAll('account')
      .where('token_hash', '=', sha256(input.deviceToken))
      .where('device_id', '=', input.deviceId)
      .where('disabled', '=', 0)
      .executeTakeFirst()
    if (account === undefined) return refuse('UNAUTHENTICATED')
    await tx.db.updateTable('known_device').set({ last_seen_at: tx.now }).where('account_id', '=', account.id).where('device_id', '=', input.deviceId).execute()
    // While a one-use code stands in for a password, only devices that showed it hold a token: it stands for itself until it runs out.
    const began_owing = account.code_until !== null && account.code_until > tx.now ? 1 : 0
    return done({ profile: profileOf(account), sessionToken: await openSession(tx, call, { account_id: account.id, device_id: input.deviceId, began_owing }) })
  })

/** `identity.signOut`: ends this session. The device stays known. */
export const signOut: SessionHandler<'identity.signOut'> = (call) =>
  transact(call, async (tx) => {
    await tx.db.deleteFrom('session').where('token_hash', '=', call.sessionHash).execute()
    return done({})
  })

/** @returns the call with whose it is, or null when the token opens nothing */
export const authenticate = async (call: Call, token: string | null): Promise<SignedInCall | null> => {
  if (token === null) return null
  const { db } = call.context
  const sessionHash = sha256(token)
  const session = await db.selectFrom('session').selectAll().where('token_hash', '=', sessionHash).where('expires_at', '>', call.now).executeTakeFirst()
  if (session === undefined) return null
  if (session.used === 0) await transact(call, (tx) => markUsed(tx, session))
  const account = await db.selectFrom('account').selectAll().where('id', '=', session.account_id).where('disabled', '=', 0).executeTakeFirst()
  return account === undefined ? null : { ...call, account, sessionHash, session, deviceId: session.device_id }
}

/** The answer that carried this session has arrived: what it told is told, and a one-use code is used. */
const markUsed = async (tx: Tx, session: SessionRow): Promise<void> => {
  await tx.db.updateTable('session').set({ used: 1 }).where('token_hash', '=', session.token_hash).execute()
  await tx.db
    .updateTable('known_device')
    .set({ told_to: session.told_to })
    .where('account_id', '=', session.account_id)
    .where('device_id', '=', session.device_id)
    .where('told_to', '<', session.told_to)
    .execute()
  if (session.by_code === 1) await tx.db.updateTable('account').set({ code_used: 1 }).where('id', '=', session.account_id).where('code_until', 'is not', null).execute()
}
