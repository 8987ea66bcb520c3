import { transact, type Call, type OpenHandler, type SessionHandler, type SignedInCall, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, refuse } from '../outcome'
import { newToken, sha256 } from '../secrets'
import type { MessageReply } from '../../wire/messages'

/** Sessions end after 30 days of the service's time; the device's token then brings the PC back without the password. */
const sessionMs = 30 * 24 * 3_600_000
/** A device's newest tokens stay good: an answer that got lost must not strand the PC with an older one. */
const tokensPerDevice = 5

type Profile = MessageReply<'identity.acceptTerms'>

export const profileOf = (account: AccountRow): Profile => ({
  accountId: account.id,
  email: account.email,
  firstName: account.first_name,
  lastName: account.last_name,
  emessagingTermsVersion: account.emessaging_version
})

const openSession = async (tx: Tx, call: Call, accountId: string, deviceId: string): Promise<string> => {
  const token = newToken(call.context.randomBytes)
  await tx.db.deleteFrom('session').where('expires_at', '<=', tx.now).execute()
  await tx.db.insertInto('session').values({ token_hash: sha256(token), account_id: accountId, device_id: deviceId, expires_at: tx.now + sessionMs }).execute()
  return token
}

/** Opens a session and remembers the device: the reply of a sign-up and of a sign-in. */
export const signedIn = async (tx: Tx, call: Call, account: AccountRow, deviceId: string): Promise<MessageReply<'identity.signIn'>> => {
  const deviceToken = newToken(call.context.randomBytes)
  await tx.db.insertInto('device').values({ token_hash: sha256(deviceToken), account_id: account.id, device_id: deviceId, made_at: tx.now }).execute()
  const newest = tx.db
    .selectFrom('device')
    .select('seq')
    .where('account_id', '=', account.id)
    .where('device_id', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(tokensPerDevice)
  await tx.db.deleteFrom('device').where('account_id', '=', account.id).where('device_id', '=', deviceId).where('seq', 'not in', newest).execute()
  return { profile: profileOf(account), sessionToken: await openSession(tx, call, account.id, deviceId), deviceToken }
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
    return done({ profile: profileOf(account), sessionToken: await openSession(tx, call, account.id, input.deviceId) })
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
  const sessionHash = sha256(token)
  const account = await call.context.db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .selectAll('account')
    .where('token_hash', '=', sessionHash)
    .where('expires_at', '>', call.now)
    .where('disabled', '=', 0)
    .executeTakeFirst()
  return account === undefined ? null : { ...call, account, sessionHash }
}
