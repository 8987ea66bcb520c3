import type { Duty, Session } from '../contract/views'
import { currentTerms } from '../rules/terms'
import type { StoredCopy } from '../storage/backups'
import type { Mailbox } from '../storage/mailbox'
import type { MailboxKey } from '../storage/vault'
import { displayName, type DeskSession } from './desk-session'
import type { Watch } from './keeper'
import type { AccountService, Profile, SignedIn } from './ports'
import { endedUnexpectedly } from './unexpected-end'

/** One volunteer at the desk, from signing in to signing out. Only this room changes it. */
export type Visit = {
  readonly accountId: string
  readonly practice: boolean
  readonly offline: boolean
  readonly lastSignIn: Session['lastSignIn']
  readonly service: AccountService
  readonly openDesk: (mailbox: Mailbox, accountId: string) => DeskSession
  /** What the service said at sign-in; null without it. */
  readonly signedIn: SignedIn | null
  /** The service's word on the account, as last heard. */
  profile: Profile
  /** What opens the mailbox; null while it is sealed. */
  key: MailboxKey | null
  mailboxState: Session['mailbox']
  desk: DeskSession | null
  /** The mailbox is about to leave the desk: what is under way comes to its end, nothing new begins. */
  leavingDesk: boolean
  /** Makes copies of the mailbox while it is open. */
  watch: Watch | null
  locked: boolean
  wrongPasscodes: number
  /** As typed at sign-in, kept only while the mailbox is sealed: it will be its new lock. */
  password: string | null
  /** Copies where this person has just looked for some. */
  foundCopies: readonly StoredCopy[]
  /** Stops the thinning of old versions, before the mailbox closes. */
  stopTidying: () => void
  /** What is being done with the mailbox off the desk: whoever leaves meanwhile waits for it. */
  changing: Promise<unknown> | null
}

/** How a visit may end in order. */
export type EndReason = 'signedOut' | 'signedOutIdle' | 'handedOver'

/** The mailbox on the desk, while it stays there: one that is about to leave is not shown, and a damaged one not read. */
export const mailboxOf = ({ desk, leavingDesk }: Visit): Mailbox | null => (desk === null || leavingDesk ? null : desk.mailbox)

/** What is owed before anything else can be done. */
export const dutiesOf = (visit: Visit): readonly Duty[] => [
  ...(visit.profile.mustAcceptTerms || visit.profile.termsVersion !== currentTerms.terms ? (['acceptTerms'] as const) : []),
  ...(visit.profile.mustChangePassword ? (['changePassword'] as const) : []),
  ...(mailboxOf(visit) === null ? (['openMailbox'] as const) : [])
]

const dayMs = 86_400_000

/** The visit as the windows see it. @param reminderDays the policy's reminder, 0 for none */
export const viewVisit = (visit: Visit, now: number, reminderDays: number): Session => {
  const mailbox = mailboxOf(visit)
  return {
    accountId: visit.accountId,
    displayName: displayName(visit.profile),
    email: visit.profile.email,
    practice: visit.practice,
    coordinator: visit.profile.coordinator,
    locked: visit.locked,
    duties: dutiesOf(visit),
    mailbox: visit.mailboxState,
    emessagingTermsAccepted: visit.profile.emessagingTermsVersion === currentTerms.emessaging,
    offline: visit.offline,
    lastSignIn: visit.lastSignIn,
    recoveryCodeDue: !visit.practice && mailbox !== null && mailbox.meta.get('recoveryCodeMadeAt') === null,
    unexpectedEnd: mailbox !== null && endedUnexpectedly(mailbox),
    lastChangeLost: mailbox?.lastChangeLost === true,
    passwordReminder: !visit.practice && reminderDays > 0 && now - visit.profile.passwordChangedAt > reminderDays * dayMs
  }
}
