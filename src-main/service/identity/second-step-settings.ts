import { transact, type SessionHandler, type Tx } from '../context'
import type { AccountRow, SecondStep } from '../database/schema'
import { done, refuse } from '../outcome'
import { note } from './account-log'
import { forgetRemembered } from './devices'
import { postSecondStep } from './notices'
import { dropPrintedCodes, keepPrintedCodes, makePrintedCodes } from './printed-codes'
import { provePassword, withPassword } from './prove'
import { matchTotp, newTotpSecret, totpUri } from './totp'

/** `identity.beginTotp`: a new secret for the authenticator app. Nothing changes before its first code is shown. */
export const beginTotp: SessionHandler<'identity.beginTotp'> = (call, { password }) =>
  withPassword(call, password, async (tx, account) => {
    const secret = newTotpSecret(call.context.randomBytes)
    await tx.db.updateTable('account').set({ totp_pending: call.context.safe.seal(secret, account.id) }).where('id', '=', account.id).execute()
    return done({ secret, uri: totpUri(secret, account.email) })
  })

/** `identity.confirmTotp`: the app shows a right code, so it has the secret: from now on it is asked for. */
export const confirmTotp: SessionHandler<'identity.confirmTotp'> = async (call, { code }) => {
  const { account, context } = call
  if (account.totp_pending === null) return refuse('CODE_REFUSED')
  const step = matchTotp(context.safe.open(account.totp_pending, account.id), code, context.realTime(), 2, null)
  if (step === null) return refuse('CODE_REFUSED')
  const made = await makePrintedCodes(call)
  return transact(call, async (tx) => {
    await switchTo(tx, account, 'totp', call.deviceId, { totp_sealed: account.totp_pending, totp_pending: null, totp_last_step: step })
    await keepPrintedCodes(tx, account.id, made)
    return done({ printedCodes: made.codes })
  })
}

/** `identity.setCodeByPost`: a code by e-mail or text at each sign-in, and ten printed ones. */
export const setCodeByPost: SessionHandler<'identity.setCodeByPost'> = async (call, { password, method }) => {
  if (method === 'text' && call.account.phone === '') return refuse('INVALID', { problems: { phone: { code: 'REQUIRED' } } })
  const proof = await provePassword(call, password)
  if (!proof.ok) return proof
  const made = await makePrintedCodes(call)
  return transact(call, async (tx) => {
    await switchTo(tx, call.account, method, call.deviceId)
    await keepPrintedCodes(tx, call.account.id, made)
    return done({ printedCodes: made.codes })
  })
}

/** `identity.secondStepOff`. */
export const secondStepOff: SessionHandler<'identity.secondStepOff'> = (call, { password }) =>
  withPassword(call, password, async (tx, account) => {
    await endSecondStep(tx, account, call.deviceId)
    return done({})
  })

/** `identity.newPrintedCodes`: ten new ones; the old ones open nothing any more. */
export const newPrintedCodes: SessionHandler<'identity.newPrintedCodes'> = async (call, { password }) => {
  if (call.account.second_step === 'off') return refuse('NOT_ALLOWED')
  const proof = await provePassword(call, password)
  if (!proof.ok) return proof
  const made = await makePrintedCodes(call)
  return transact(call, async (tx) => {
    await keepPrintedCodes(tx, call.account.id, made)
    await note(tx, call.account.id, 'printedCodesMade', call.deviceId, { count: made.codes.length })
    return done({ printedCodes: made.codes })
  })
}

type TotpColumns = Pick<AccountRow, 'totp_sealed' | 'totp_pending' | 'totp_last_step'>
const noTotp: TotpColumns = { totp_sealed: null, totp_pending: null, totp_last_step: null }

const switchTo = async (tx: Tx, account: AccountRow, step: Exclude<SecondStep, 'off'>, deviceId: string, totp = noTotp): Promise<void> => {
  await tx.db.updateTable('account').set({ second_step: step, code_failures: 0, ...totp }).where('id', '=', account.id).execute()
  await forgetRemembered(tx, account.id)
  await tx.db.deleteFrom('waiting_sign_in').where('account_id', '=', account.id).execute()
  await note(tx, account.id, 'secondStepOn', deviceId, { method: step })
  await postSecondStep(tx, account, true)
}

/** Takes everything away that a second step left: its secret, the printed codes, the remembered devices. */
export const endSecondStep = async (tx: Tx, account: AccountRow, deviceId: string | null): Promise<void> => {
  await tx.db.updateTable('account').set({ second_step: 'off', code_failures: 0, ...noTotp }).where('id', '=', account.id).execute()
  await dropPrintedCodes(tx, account.id)
  await forgetRemembered(tx, account.id)
  await tx.db.deleteFrom('waiting_sign_in').where('account_id', '=', account.id).execute()
  if (account.second_step === 'off') return
  await note(tx, account.id, 'secondStepOff', deviceId)
  await postSecondStep(tx, account, false)
}
