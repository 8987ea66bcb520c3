import type { MessageInput } from '../../wire/messages'
import { transact, type Call, type OpenHandler, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, refuse } from '../outcome'
import { newDigits, sameText } from '../secrets'
import { note } from './account-log'
import { emailKeyOf, lockNow } from './guard'
import { postCode } from './notices'
import { checkPrintedCode, usePrintedCode } from './printed-codes'
import { tellLocked } from './prove'
import { signedIn } from './sessions'
import { checkTotp, useTotpStep } from './totp'
import { findWaiting, methodsOf, type WaitingRow } from './waiting'

const postedMs = 10 * 60_000
/** NIST SP 800-63B-4, 3.2.2: at most 100 in a row. Nobody comes near it who has the right telephone. */
const wrongInARow = 50

/** `identity.sendCode`: six digits by the account's own way; the newest only is good, for this sign-in only. */
export const sendCode: OpenHandler<'identity.sendCode'> = (call, { attemptToken, method }) =>
  transact(call, async (tx) => {
    const found = await findWaiting(tx, attemptToken)
    if (found === undefined || found.waiting.sends_left === 0) return refuse('SIGN_IN_AGAIN')
    if (found.account.second_step !== method) return refuse('CODE_REFUSED')
    const code = newDigits(call.context.randomBytes)
    await tx.db
      .updateTable('waiting_sign_in')
      .set({ sends_left: found.waiting.sends_left - 1, posted_method: method, posted_key: postedKey(call, found.waiting, code), posted_until: tx.now + postedMs })
      .where('token_hash', '=', found.waiting.token_hash)
      .execute()
    await postCode(tx, found.account, method, code)
    return done({})
  })

/** Bound to the waiting sign-in: the same digits mean nothing to another. */
const postedKey = (call: Call, waiting: WaitingRow, code: string): string => call.context.keyed(`posted code ${waiting.token_hash}`, code)

/** `identity.secondStep`: one code for a waiting sign-in, counted before it is looked at. */
export const secondStep: OpenHandler<'identity.secondStep'> = async (call, input) => {
  const begun = await transact(call, async (tx) => {
    const found = await findWaiting(tx, input.attemptToken)
    if (found === undefined || found.account.second_step === 'off') return undefined
    await tx.db.updateTable('waiting_sign_in').set({ tries_left: found.waiting.tries_left - 1 }).where('token_hash', '=', found.waiting.token_hash).execute()
    return { ...found, allowed: (await methodsOf(tx, found.account, found.account.second_step)).includes(input.method) }
  })
  if (begun === undefined) return refuse('SIGN_IN_AGAIN')
  const { account, waiting, allowed } = begun
  const printed = allowed && input.method === 'printed' ? await checkPrintedCode(call, account.id, input.code) : null
  return transact(call, async (tx) => {
    if (!allowed || !(await useCode(tx, call, account, waiting, input, printed))) {
      await countWrong(tx, call, account, input.method)
      return refuse('CODE_REFUSED', { params: { triesLeft: waiting.tries_left - 1 } })
    }
    const device = { deviceId: waiting.device_id, deviceName: waiting.device_name }
    await tx.db.deleteFrom('waiting_sign_in').where('token_hash', '=', waiting.token_hash).execute()
    await tx.db.updateTable('account').set({ code_failures: 0 }).where('id', '=', account.id).execute()
    await note(tx, account.id, 'secondStepPassed', device.deviceId, { method: input.method })
    return done(await signedIn(tx, call, account, device, input.remember))
  })
}

/** Checks a code and uses it up in the same transaction. */
const useCode = async (tx: Tx, call: Call, account: AccountRow, waiting: WaitingRow, { method, code }: MessageInput<'identity.secondStep'>, printed: string | null): Promise<boolean> => {
  switch (method) {
    case 'totp': {
      const step = await checkTotp(tx, call, account, code)
      if (step !== null) await useTotpStep(tx, account.id, step)
      return step !== null
    }
    case 'printed':
      if (printed !== null) await usePrintedCode(tx, account.id, printed)
      return printed !== null
    case 'email':
    case 'text':
      return (
        waiting.posted_method === method &&
        waiting.posted_key !== null &&
        (waiting.posted_until ?? 0) > tx.now &&
        sameText(waiting.posted_key, postedKey(call, waiting, code.replace(/\s/g, '')))
      )
  }
}

/** A wrong code counts for this sign-in only and is noted; after very many in a row the door is locked as by wrong passwords. */
const countWrong = async (tx: Tx, call: Call, account: AccountRow, method: string): Promise<void> => {
  await note(tx, account.id, 'secondStepFailed', null, { method })
  const failures = account.code_failures + 1
  await tx.db.updateTable('account').set({ code_failures: failures % wrongInARow }).where('id', '=', account.id).execute()
  if (failures < wrongInARow) return
  const { minutes } = await lockNow(tx, call, emailKeyOf(call, account.email), account)
  await tx.db.deleteFrom('waiting_sign_in').where('account_id', '=', account.id).execute()
  await tellLocked(tx, account, minutes)
}
