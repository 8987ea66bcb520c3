import type { MessageReply } from '../../wire/messages'
import { type Call, type Tx } from '../context'
import type { AccountRow, Schema, SecondStep } from '../database/schema'
import { newToken, sha256 } from '../secrets'
import type { DeviceAtHand } from './devices'
import { countPrintedCodes } from './printed-codes'

type Waiting = Extract<MessageReply<'identity.signIn'>, { outcome: 'secondStep' }>
export type Method = Waiting['methods'][number]
export type WaitingRow = Schema['waiting_sign_in']

/** A waiting sign-in lasts ten minutes and takes five codes; five times a code may be sent for it. */
const waitingMs = 10 * 60_000
const codesAllowed = 5
const sendsAllowed = 5

/** The password was right: what has to be shown next, and a token that stands for this account, device and try. */
export const waitForSecondStep = async (tx: Tx, call: Call, account: AccountRow, step: Exclude<SecondStep, 'off'>, device: DeviceAtHand): Promise<Waiting> => {
  const attemptToken = newToken(call.context.randomBytes)
  await tx.db.deleteFrom('waiting_sign_in').where('expires_at', '<=', tx.now).execute()
  await tx.db
    .insertInto('waiting_sign_in')
    .values({
      token_hash: sha256(attemptToken),
      account_id: account.id,
      device_id: device.deviceId,
      device_name: device.deviceName,
      expires_at: tx.now + waitingMs,
      tries_left: codesAllowed,
      sends_left: sendsAllowed,
      posted_method: null,
      posted_key: null,
      posted_until: null
    })
    .execute()
  return {
    outcome: 'secondStep',
    attemptToken,
    methods: await methodsOf(tx, account, step),
    emailHint: step === 'email' ? hideEmail(account.email) : null,
    phoneHint: step === 'text' ? hidePhone(account.phone) : null
  }
}

/** What may finish a sign-in: the account's own step, and a printed code while there are any. Never a weaker one instead. */
export const methodsOf = async (tx: Tx, account: AccountRow, step: Exclude<SecondStep, 'off'>): Promise<Method[]> =>
  (await countPrintedCodes(tx, account.id)) > 0 ? [step, 'printed'] : [step]

/** @returns the waiting sign-in and whose it is; undefined when it is over, or the account is not what it was */
export const findWaiting = async (tx: Tx, attemptToken: string): Promise<{ readonly waiting: WaitingRow; readonly account: AccountRow } | undefined> => {
  const waiting = await tx.db
    .selectFrom('waiting_sign_in')
    .selectAll()
    .where('token_hash', '=', sha256(attemptToken))
    .where('expires_at', '>', tx.now)
    .where('tries_left', '>', 0)
    .executeTakeFirst()
  if (waiting === undefined) return undefined
  const account = await tx.db.selectFrom('account').selectAll().where('id', '=', waiting.account_id).where('disabled', '=', 0).executeTakeFirst()
  return account === undefined || account.second_step === 'off' ? undefined : { waiting, account }
}

/** "m•••@parish.org": enough to know one's own address by. */
const hideEmail = (email: string): string => `${Array.from(email)[0] ?? ''}•••${email.slice(email.lastIndexOf('@'))}`
const hidePhone = (phone: string): string => `••• ••${phone.slice(-2)}`
