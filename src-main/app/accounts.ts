import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { AppState, KnownAccount, Session } from '../contract/views'
import { normaliseEmail } from '../rules/email'
import { checkSignUp } from '../rules/sign-up'
import { policyPresets } from '../rules/password-policy'
import { currentTerms } from '../rules/terms'
import { invalid } from '../contract/result'
import type { Desk, DeskAccount } from '../storage/desk'
import { displayName, viewSession, type DeskSession } from './desk-session'
import type { Clock, FrontDesk, Kdf, PracticeControls, SignedIn } from './ports'

/** Opens an account's mailbox and its line; closes whatever was open before. */
export type SeatTaker = {
  readonly current: () => DeskSession | null
  readonly open: (
    account: { readonly accountId: string; readonly practice: boolean },
    signedIn: SignedIn | null
  ) => Promise<Result<DeskSession>>
  readonly close: () => Promise<void>
}

export type AccountsContext = {
  readonly version: string
  readonly desk: Desk
  readonly frontDesk: FrontDesk
  readonly practice: PracticeControls
  readonly seat: SeatTaker
  readonly clock: Clock
  readonly kdf: Kdf
  /** The account list on the start screen has changed. */
  readonly announceAccounts: () => void
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()

const viewKnown = (account: DeskAccount): KnownAccount => ({
  accountId: account.accountId,
  displayName: account.displayName,
  initials: initialsOf(account.displayName),
  email: account.email,
  lastSignInAt: account.lastSignInAt,
  practice: account.practice
})

export const appState = ({ version, desk, seat }: AccountsContext): AppState => {
  const session = seat.current()
  return {
    version,
    accounts: desk.accounts().map(viewKnown),
    session: session === null ? null : viewSession(session, currentTerms.emessaging)
  }
}

/**
 * Create an Account (S0 steps 4-8). The form is checked here for quick answers and again by the service, which decides.
 * Fails with INVALID (fields), CHECK_EMAIL, OFFLINE.
 */
export const createAccount = async (context: AccountsContext, form: CommandInput<'accounts.create'>): Promise<Result<Session>> => {
  const problems = checkSignUp(form, policyPresets.cheatSheet)
  if (Object.keys(problems).length > 0) return invalid(problems)
  const answer = await context.frontDesk.signUp(form, context.desk.deviceId)
  if (!answer.ok) return answer
  return takeSeat(context, answer.value, form.password, false)
}

/** Remembers the account on this PC and opens its mailbox. */
const takeSeat = async (context: AccountsContext, signedIn: SignedIn, password: string, practice: boolean): Promise<Result<Session>> => {
  const { profile } = signedIn
  context.desk.rememberAccount({
    accountId: profile.accountId,
    email: normaliseEmail(profile.email),
    displayName: displayName(profile),
    passwordHash: await context.kdf.hash(password.normalize('NFC')),
    practice,
    lastSignInAt: context.clock.now()
  })
  context.announceAccounts()
  const opened = await context.seat.open({ accountId: profile.accountId, practice }, signedIn)
  return opened.ok ? success(viewSession(opened.value, currentTerms.emessaging)) : opened
}

/**
 * Sign in. The service decides while it can be reached; without it the password is checked against what last opened
 * this account here, and letters wait for the line.
 * Fails with SIGN_IN_REFUSED {triesLeft?}, ACCOUNT_LOCKED {minutes}, FIRST_SIGN_IN_NEEDS_SERVICE.
 */
export const signIn = async (context: AccountsContext, input: CommandInput<'accounts.signIn'>): Promise<Result<Session>> => {
  const email = normaliseEmail(input.email)
  const password = input.password.normalize('NFC')
  if (email === '' || password === '') return failure('SIGN_IN_REFUSED')
  const answer = await context.frontDesk.signIn(email, password, context.desk.deviceId)
  if (answer.ok) {
    const known = context.desk.accountByEmail(email)
    return takeSeat(context, answer.value, password, known?.practice ?? false)
  }
  if (answer.code !== 'OFFLINE' && answer.code !== 'SERVICE_TROUBLE') return answer
  return signInOffline(context, email, password)
}

const triesAllowed = 3
const lockMs = 15 * 60_000

const signInOffline = async ({ desk, kdf, clock, seat }: AccountsContext, email: string, password: string): Promise<Result<Session>> => {
  const account = desk.accountByEmail(email)
  if (account === null) return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
  const now = clock.now()
  if (account.lockedUntil !== null && account.lockedUntil > now) {
    return failure('ACCOUNT_LOCKED', { params: { minutes: Math.ceil((account.lockedUntil - now) / 60_000) } })
  }
  // Counted before the password is looked at, so that pulling the plug does not give another try (S1).
  const left = triesAllowed - 1 - (account.failures % triesAllowed)
  desk.noteFailure(account.accountId, left === 0 ? now + lockMs : null)
  if (!(await kdf.verify(account.passwordHash, password))) {
    return left === 0 ? failure('ACCOUNT_LOCKED', { params: { minutes: lockMs / 60_000 } }) : failure('SIGN_IN_REFUSED', { params: { triesLeft: left } })
  }
  desk.noteSignIn(account.accountId, now)
  const opened = await seat.open({ accountId: account.accountId, practice: account.practice }, null)
  return opened.ok ? success(viewSession(opened.value, currentTerms.emessaging)) : opened
}

/** Practice: a ready account with free stamps, pretend contacts and letters. Its password is made anew each time and shown to nobody. */
export const openPractice = async (context: AccountsContext): Promise<Result<Session>> => {
  const { email, password } = await context.practice.prepareAccount()
  const answer = await context.frontDesk.signIn(email, password, context.desk.deviceId)
  if (!answer.ok) return answer
  return takeSeat(context, answer.value, password, true)
}

export const acceptEmessagingTerms = async (
  session: DeskSession,
  input: CommandInput<'accounts.acceptEmessagingTerms'>
): Promise<Result<Session>> => {
  if (input.version !== currentTerms.emessaging) return failure('BAD_REQUEST')
  const accepted = await session.line.acceptEmessagingTerms(input.version)
  if (!accepted.ok) return accepted
  session.mailbox.transaction(() => session.mailbox.meta.set('emessagingTermsVersion', input.version))
  return success(viewSession(session, currentTerms.emessaging))
}
