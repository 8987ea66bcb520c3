import { currentTerms } from '../../rules/terms'
import type { MessageName } from '../../wire/messages'
import type { AccountRow } from '../database/schema'
import { refuse, type Outcome } from '../outcome'

/** What is owed before anything else (S1: at the first sign-in, after a reset, after an unlock; a new version of the terms). */
export const owedBy = (account: AccountRow): { readonly terms: boolean; readonly password: boolean } => ({
  terms: account.must_accept_terms === 1 || account.terms_version !== currentTerms.terms,
  password: account.must_change_password === 1
})

/** What is answered all the same: the way to pay, the way out, and news about letters that are on their way already. */
const answeredMeanwhile: ReadonlySet<MessageName> = new Set([
  'identity.acceptTerms',
  'identity.changePassword',
  'identity.signOut',
  'identity.details',
  'messaging.updates',
  'stamps.statement'
])

/** @returns why this message has to wait, or null */
export const debtBefore = (name: MessageName, account: AccountRow): Outcome<never> | null => {
  if (answeredMeanwhile.has(name)) return null
  const owed = owedBy(account)
  if (owed.terms) return refuse('TERMS_NEEDED')
  return owed.password ? refuse('PASSWORD_CHANGE_NEEDED') : null
}
