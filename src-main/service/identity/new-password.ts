import { checkPassword, normalisePassword, type PasswordContext } from '../../rules/password-policy'
import { problem } from '../../rules/problems'
import type { Call, Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { problemsFrom, type Refusal } from '../outcome'
import { keepPassword, wasUsed } from './password-history'
import { policyOf, readChoice } from './policy'

export type NewPassword = { readonly newPassword: string; readonly confirmPassword: string }

/** What is wrong with a new password by itself, by the rules in force and whose it is to be. */
export const problemsOf = async ({ context }: Call, { newPassword, confirmPassword }: NewPassword, whose: PasswordContext): Promise<Refusal['problems']> => {
  const policy = policyOf(await readChoice(context.db))
  return problemsFrom({
    newPassword: checkPassword(policy, newPassword, whose) ?? undefined,
    confirmPassword: normalisePassword(newPassword) === normalisePassword(confirmPassword) ? undefined : problem('PASSWORDS_DIFFER')
  })
}

/** The same for an account that is there, its earlier passwords included. */
export const problemsFor = async (call: Call, typed: NewPassword, account: AccountRow): Promise<Refusal['problems']> => {
  const whose = { email: account.email, firstName: account.first_name, lastName: account.last_name }
  const found = await problemsOf(call, typed, whose)
  if (found !== undefined) return found
  const { historyDepth } = policyOf(await readChoice(call.context.db))
  return (await wasUsed(call, account.id, typed.newPassword, historyDepth)) ? problemsFrom({ newPassword: problem('PASSWORD_USED_BEFORE') }) : undefined
}

/** Puts a password in force: no code stands in for it any more, and no new one is owed. */
export const setPassword = async (tx: Tx, account: AccountRow, passwordHash: string): Promise<AccountRow> => {
  await keepPassword(tx, account.id, passwordHash)
  return tx.db
    .updateTable('account')
    .set({ password_hash: passwordHash, password_changed_at: tx.now, must_change_password: 0, code_until: null, code_used: 0 })
    .where('id', '=', account.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
