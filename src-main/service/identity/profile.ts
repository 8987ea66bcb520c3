import type { WireProfile } from '../../wire/messages'
import type { AccountRow } from '../database/schema'
import { owedBy } from './duties'

/** What an account's own person is told about it. */
export const profileOf = (account: AccountRow): WireProfile => ({
  accountId: account.id,
  email: account.email,
  firstName: account.first_name,
  lastName: account.last_name,
  coordinator: account.coordinator === 1,
  site: account.site,
  termsVersion: account.terms_version,
  emessagingTermsVersion: account.emessaging_version,
  mustChangePassword: owedBy(account).password,
  mustAcceptTerms: owedBy(account).terms,
  passwordChangedAt: account.password_changed_at
})
