import { normalisePassword } from '../../rules/password-policy'
import { transact, type Call, type SignedInCall, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, refuse, type Outcome } from '../outcome'
import { normalisePaperCode } from '../secrets'
import { note, unnote } from './account-log'
import { clearGuard, countTry, emailKeyOf, lockedAnswer, triesAllowed } from './guard'
import { postLocked } from './notices'

/**
 * Compares a password: in NFC, never trimmed. Where a coordinator's one-use code stands in for it, the code, while it lasts.
 * Unknown, disabled, expired and wrong all cost the same slow hash.
 */
const isRight = async ({ context, now }: Call, account: AccountRow | undefined, typed: string): Promise<boolean> => {
  const byCode = account !== undefined && account.code_until !== null
  const matches = await context.kdf.verify(account?.password_hash ?? context.dummyHash, byCode ? normalisePaperCode(typed) : normalisePassword(typed))
  if (account === undefined || account.disabled === 1) return false
  return matches && (!byCode || ((account.code_until ?? 0) > now && account.code_used === 0))
}

type Try<Reply> = {
  /** In lower case, as accounts are kept by. */
  readonly address: string
  readonly account: AccountRow | undefined
  readonly typed: string
  /** Where it was tried, for the account's own record. */
  readonly deviceName: string
  /** Runs in the transaction that takes the failure back. */
  readonly onRight: (tx: Tx, account: AccountRow) => Promise<Outcome<Reply>>
  readonly onWrong: (triesLeft: number) => Outcome<Reply>
}

/** One try at a password: counted as failed, and locked at the third, on disk before it is looked at; a right one takes both back. */
export const tryPassword = async <Reply>(call: Call, attempt: Try<Reply>): Promise<Outcome<Reply>> => {
  const { address, account, typed, deviceName } = attempt
  const emailKey = emailKeyOf(call, address)
  const begun = await transact(call, async (tx) => {
    const counted = await countTry(tx, call, emailKey, account)
    const noted = counted.state === 'locked' || account === undefined ? null : await note(tx, account.id, 'signInFailed', null, { device: deviceName })
    return { counted, noted }
  })
  if (begun.counted.state === 'locked') return lockedAnswer(begun.counted)
  const { failures, minutes } = begun.counted
  const right = await isRight(call, account, typed)
  return transact(call, async (tx) => {
    if (right && account !== undefined) {
      await clearGuard(tx, emailKey)
      if (begun.noted !== null) await unnote(tx, begun.noted)
      return attempt.onRight(tx, account)
    }
    if (failures < triesAllowed) return attempt.onWrong(triesAllowed - failures)
    if (account !== undefined) await tellLocked(tx, account, minutes)
    return lockedAnswer({ minutes })
  })
}

export const tellLocked = async (tx: Tx, account: AccountRow, minutes: number | null): Promise<void> => {
  await note(tx, account.id, 'accountLocked', null, minutes === null ? {} : { minutes })
  await postLocked(tx, account, minutes)
}

/**
 * Asks a signed-in person for the password again before something that matters; wrong ones count like those at the door.
 * @param work runs in one transaction with the proof
 */
export const withPassword = async <Reply>(call: SignedInCall, password: string, work: (tx: Tx, account: AccountRow) => Promise<Outcome<Reply>>): Promise<Outcome<Reply>> => {
  const device = await call.context.db.selectFrom('known_device').select('name').where('account_id', '=', call.account.id).where('device_id', '=', call.deviceId).executeTakeFirst()
  return tryPassword(call, {
    address: call.account.email,
    account: call.account,
    typed: password,
    deviceName: device?.name ?? '',
    onRight: async (tx, account) => {
      await tx.db.updateTable('session').set({ proven_at: tx.now }).where('token_hash', '=', call.sessionHash).execute()
      return work(tx, account)
    },
    onWrong: (triesLeft) => refuse('PASSWORD_REFUSED', { params: { triesLeft } })
  })
}

/** The same where what follows is slow and has to happen outside the transaction. */
export const provePassword = (call: SignedInCall, password: string): Promise<Outcome<null>> => withPassword(call, password, () => Promise.resolve(done(null)))
