import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { Session } from '../contract/views'
import { currentTerms } from '../rules/terms'
import type { Vaults } from '../storage/vault'
import { note } from './activity'
import { dutiesOf, type Visit } from './visit'
import type { Visits } from './visits'
import type { Profile } from './ports'

export type DutiesContext = { readonly visits: Visits; readonly vaults: Vaults }

/** The service's word has changed: keep it where it is needed without the line, and tell the windows. */
export const keepProfile = ({ visits }: Pick<DutiesContext, 'visits'>, visit: Visit, profile: Profile): Session => {
  visit.profile = profile
  visit.desk?.mailbox.transaction(() => visit.desk?.mailbox.meta.set('profile', JSON.stringify(profile)))
  visits.tell()
  return visits.view(visit)
}

/** Terms are accepted at the first sign-in, after a reset, after an unlock, and when they change (S1). */
export const acceptTerms = async (context: DutiesContext, visit: Visit, input: CommandInput<'duties.acceptTerms'>): Promise<Result<Session>> => {
  if (input.version !== currentTerms.terms) return failure('BAD_REQUEST')
  const accepted = await visit.service.acceptTerms('terms', input.version)
  if (!accepted.ok) return accepted
  if (visit.desk !== null) note(visit.desk, 'termsAccepted', { version: input.version })
  return success(keepProfile(context, visit, accepted.value))
}

/** The terms of eMessaging, at its launch (S0 step 9). */
export const acceptEmessagingTerms = async (
  context: Pick<DutiesContext, 'visits'>,
  visit: Visit,
  input: CommandInput<'accounts.acceptEmessagingTerms'>
): Promise<Result<Session>> => {
  if (input.version !== currentTerms.emessaging) return failure('BAD_REQUEST')
  const accepted = await visit.service.acceptTerms('emessaging', input.version)
  if (!accepted.ok) return accepted
  if (visit.desk !== null) note(visit.desk, 'termsAccepted', { version: `eMessaging ${input.version}` })
  return success(keepProfile(context, visit, accepted.value))
}

/** The new password that is owed. The mailbox's lock follows the service's word at once. */
export const changeOwedPassword = (context: DutiesContext, visit: Visit, input: CommandInput<'duties.changePassword'>): Promise<Result<Session>> =>
  context.visits.change(visit, async () => {
    if (!dutiesOf(visit).includes('changePassword')) return failure('BAD_REQUEST')
    const changed = await visit.service.changePassword({ password: null, ...input })
    if (!changed.ok) return changed
    const password = input.newPassword.normalize('NFC')
    // While the mailbox is not open, the password will be a lock: of this one, or of the one that takes its place.
    if (visit.desk === null) visit.password = password
    if (visit.key !== null) await context.vaults.setPassword(visit.accountId, visit.key, password)
    if (visit.desk !== null) note(visit.desk, 'passwordChanged')
    return success(keepProfile(context, visit, changed.value))
  })

/** Opens letters that the password of today does not open: with the printed code, or with the password of before. */
export const openSealedMailbox = (context: DutiesContext, visit: Visit, input: CommandInput<'duties.openMailbox'>): Promise<Result<Session>> =>
  context.visits.change(visit, async () => {
    if (visit.desk !== null) return success(context.visits.view(visit))
    if (visit.mailboxState !== 'sealed') return failure('MAILBOX_STAYS_SEALED')
    const key =
      input.with === 'recoveryCode'
        ? context.vaults.unlockWithRecoveryCode(visit.accountId, input.secret)
        : ((await context.vaults.unlock(visit.accountId, input.secret.normalize('NFC')))?.key ?? null)
    return key === null ? failure('MAILBOX_STAYS_SEALED') : context.visits.unseal(visit, key, 'mailboxOpenedByRecovery')
  })

/** Begins a new, empty mailbox; what is sealed or damaged is kept aside on the disk and destroyed by nobody. */
export const startNewMailbox = (context: DutiesContext, visit: Visit): Promise<Result<Session>> =>
  context.visits.change(visit, async () => {
    if (visit.desk !== null || visit.password === null) return failure('BAD_REQUEST')
    context.vaults.putAside(visit.accountId)
    const key = await context.vaults.create(visit.accountId, visit.password)
    return context.visits.unseal(visit, key, 'signedIn')
  })
