import type { MessageReply } from '../../wire/messages'
import { transact, type Call, type SessionHandler, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done } from '../outcome'
import { newToken, sha256 } from '../secrets'
import { note } from './account-log'
import { postNotMe } from './notices'
import { profileOf } from './profile'

/** How long a device may skip the second step (reliability.md §4, New device). */
const rememberedMs = 30 * 24 * 3_600_000

export type DeviceAtHand = { readonly deviceId: string; readonly deviceName: string }
type Devices = MessageReply<'identity.devices'>

/** Writes down that the account was used here, under the name the PC gives itself. */
export const seeDevice = async (tx: Tx, accountId: string, { deviceId, deviceName }: DeviceAtHand): Promise<void> => {
  const seen = { name: deviceName, last_seen_at: tx.now }
  await tx.db
    .insertInto('known_device')
    .values({ account_id: accountId, device_id: deviceId, first_seen_at: tx.now, ...seen })
    .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet(seen))
    .execute()
}

/** Lets this device skip the second step from now on, for thirty days. Only the hash stays here. */
export const rememberDevice = async (tx: Tx, call: Call, accountId: string, { deviceId, deviceName }: DeviceAtHand): Promise<string> => {
  const token = newToken(call.context.randomBytes)
  await tx.db
    .updateTable('known_device')
    .set({ remember_hash: sha256(token), remembered_until: tx.now + rememberedMs })
    .where('account_id', '=', accountId)
    .where('device_id', '=', deviceId)
    .execute()
  await note(tx, accountId, 'deviceRemembered', deviceId, { device: deviceName })
  return token
}

/** Whether this token was given to this account on this very device, and is still good. */
export const isRemembered = async (tx: Tx, accountId: string, deviceId: string, token: string | null): Promise<boolean> => {
  if (token === null) return false
  const found = await tx.db
    .selectFrom('known_device')
    .select('device_id')
    .where('account_id', '=', accountId)
    .where('device_id', '=', deviceId)
    .where('remember_hash', '=', sha256(token))
    .where('remembered_until', '>', tx.now)
    .executeTakeFirst()
  return found !== undefined
}

/** Ends sessions and takes back device tokens: everywhere, or everywhere but here. */
export const signOutEverywhere = async (tx: Tx, accountId: string, butDevice: string | null = null): Promise<void> => {
  for (const table of ['session', 'device', 'waiting_sign_in'] as const) {
    const all = tx.db.deleteFrom(table).where('account_id', '=', accountId)
    await (butDevice === null ? all : all.where('device_id', '<>', butDevice)).execute()
  }
}

/** From now on every device (but one) is asked for the second step again. */
export const forgetRemembered = async (tx: Tx, accountId: string, butDevice: string | null = null): Promise<void> => {
  const all = tx.db.updateTable('known_device').set({ remember_hash: null, remembered_until: null }).where('account_id', '=', accountId)
  await (butDevice === null ? all : all.where('device_id', '<>', butDevice)).execute()
}

/** Where the account is signed in or may come back without the password, the latest first. */
const readDevices = async (tx: Tx, account: AccountRow): Promise<Devices> => {
  const rows = await tx.db
    .selectFrom('known_device')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('device_id', 'in', tx.db.selectFrom('device').select('device_id').where('account_id', '=', account.id))
    .orderBy('last_seen_at', 'desc')
    .orderBy('device_id')
    .execute()
  return {
    devices: rows.map(({ device_id, name, last_seen_at, remembered_until }) => ({
      deviceId: device_id,
      name,
      lastSeenAt: last_seen_at,
      rememberedUntil: remembered_until !== null && remembered_until > tx.now ? remembered_until : null
    }))
  }
}

/** `identity.devices`: where this account may be used without the password. */
export const listDevices: SessionHandler<'identity.devices'> = (call) => transact(call, async (tx) => done(await readDevices(tx, call.account)))

/** `identity.signOutDevice`: a device needs the password again, and the second step too. An unknown one is signed out already. */
export const signOutDevice: SessionHandler<'identity.signOutDevice'> = (call, { deviceId }) =>
  transact(call, async (tx) => {
    const account_id = call.account.id
    const known = await tx.db.selectFrom('known_device').select('name').where('account_id', '=', account_id).where('device_id', '=', deviceId).executeTakeFirst()
    if (known === undefined) return done(await readDevices(tx, call.account))
    for (const table of ['session', 'device', 'waiting_sign_in'] as const) {
      await tx.db.deleteFrom(table).where('account_id', '=', account_id).where('device_id', '=', deviceId).execute()
    }
    await tx.db.updateTable('known_device').set({ remember_hash: null, remembered_until: null }).where('account_id', '=', account_id).where('device_id', '=', deviceId).execute()
    await note(tx, account_id, 'deviceSignedOut', call.deviceId, { device: known.name })
    return done(await readDevices(tx, call.account))
  })

/** `identity.notMe`: every other device is signed out and remembered no more, and a new password is owed here. */
export const notMe: SessionHandler<'identity.notMe'> = (call) =>
  transact(call, async (tx) => {
    await signOutEverywhere(tx, call.account.id, call.deviceId)
    await forgetRemembered(tx, call.account.id)
    const account = await tx.db.updateTable('account').set({ must_change_password: 1 }).where('id', '=', call.account.id).returningAll().executeTakeFirstOrThrow()
    await note(tx, account.id, 'reportedNotMe', call.deviceId)
    await postNotMe(tx, account)
    return done(profileOf(account))
  })
