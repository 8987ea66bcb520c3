import type { CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import type { AppState, KnownAccount, PasswordRulesView, Session, SignInAnswer } from '../contract/views'
import { normaliseEmail } from '../rules/email'
import { policyPresets } from '../rules/password-policy'
import { checkSignUp } from '../rules/sign-up'
import type { Desk, DeskAccount } from '../storage/desk'
import { displayName } from './desk-session'
import { checkOfflineTry } from './offline-guard'
import type { Clock, FrontDesk, Kdf, PracticeControls, SecondStepAsked, SignedIn } from './ports'
import type { SignInAttempts } from './sign-in-attempts'
import type { Arriving, Visits } from './visits'

export type AccountsContext = {
  readonly version: string
  readonly deviceName: string
  readonly desk: Desk
  readonly frontDesk: FrontDesk
  readonly practice: PracticeControls
  readonly visits: Visits
  readonly attempts: SignInAttempts
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

export const appState = ({ version, desk, visits }: AccountsContext): AppState => {
  const visit = visits.current()
  return {
    version,
    accounts: desk.accounts().map(viewKnown),
    session: visit === null ? null : visits.view(visit),
    escrow: desk.parish()?.escrow ?? null
  }
}

/** The rules a password has to meet here: the service's word, or the default while it cannot be reached. */
export const passwordRules = async ({ frontDesk, visits }: AccountsContext): Promise<Result<PasswordRulesView>> => {
  const asked = await frontDesk.passwordRules()
  if (!asked.ok) return success({ policy: policyPresets.cheatSheet, presets: ['cheatSheet'] })
  visits.setReminderDays(asked.value.policy.rotationReminderDays)
  return asked
}

/**
 * Create an Account (S0 steps 4-8). The form is checked here for quick answers and again by the service, which decides.
 * Fails with INVALID (fields), CHECK_EMAIL, OFFLINE.
 */
export const createAccount = async (context: AccountsContext, form: CommandInput<'accounts.create'>): Promise<Result<Session>> => {
  const rules = await passwordRules(context)
  const problems = checkSignUp(form, rules.ok ? rules.value.policy : policyPresets.cheatSheet)
  if (Object.keys(problems).length > 0) return invalid(problems)
  const answer = await context.frontDesk.signUp(form, thisDevice(context))
  if (!answer.ok) return answer
  return arrive(context, answer.value, {
    password: form.password.normalize('NFC'),
    practice: false,
    event: 'accountCreated',
    passcodeHash: await context.kdf.hash(form.passcode)
  })
}

const thisDevice = ({ desk, deviceName }: AccountsContext) => ({ deviceId: desk.deviceId, deviceName })

/** Remembers the account on this PC and begins the visit. */
const arrive = async (
  context: AccountsContext,
  signedIn: SignedIn,
  how: Pick<Arriving, 'password' | 'practice' | 'event' | 'passcodeHash'>
): Promise<Result<Session>> => {
  const { profile } = signedIn
  context.desk.rememberAccount({
    accountId: profile.accountId,
    email: normaliseEmail(profile.email),
    displayName: displayName(profile),
    practice: how.practice,
    coordinator: profile.coordinator,
    lastSignInAt: context.clock.now()
  })
  if (signedIn.rememberToken !== null) context.desk.keepRememberToken(profile.accountId, signedIn.rememberToken)
  context.announceAccounts()
  const begun = await context.visits.begin({ accountId: profile.accountId, signedIn, ...how })
  return begun.ok ? success(context.visits.view(begun.value)) : begun
}

/**
 * Sign in. The service decides while it can be reached, and may ask for a second step; without it the password has to
 * open the mailbox on this PC, and letters wait for the line.
 * Fails with SIGN_IN_REFUSED {triesLeft?}, ACCOUNT_LOCKED {minutes}, FIRST_SIGN_IN_NEEDS_SERVICE, MAILBOX_MISSING, MAILBOX_DAMAGED.
 */
export const signIn = async (context: AccountsContext, input: CommandInput<'accounts.signIn'>): Promise<Result<SignInAnswer>> => {
  const email = normaliseEmail(input.email)
  const password = input.password.normalize('NFC')
  if (email === '' || password === '') return failure('SIGN_IN_REFUSED')
  const known = context.desk.accountByEmail(email)
  const answer = await context.frontDesk.signIn(email, password, thisDevice(context), known?.rememberToken ?? null)
  if (!answer.ok) {
    if (answer.code === 'OFFLINE' || answer.code === 'SERVICE_TROUBLE') return signedInAs(await signInOffline(context, email, password))
    noteRefusal(context, known, answer.code)
    return answer
  }
  if (answer.value.outcome === 'secondStep') return success(askSecondStep(context, answer.value, email, password))
  return signedInAs(await arrive(context, answer.value, { password, practice: false, event: 'signedIn', passcodeHash: null }))
}

const signedInAs = (result: Result<Session>): Result<SignInAnswer> => (result.ok ? success({ outcome: 'signedIn', session: result.value }) : result)

/** What was refused while the mailbox was closed is told to its owner at the next sign-in. */
const noteRefusal = ({ desk, clock }: AccountsContext, known: DeskAccount | null, code: string): void => {
  if (known === null) return
  if (code === 'SIGN_IN_REFUSED') desk.notePending(known.accountId, { event: 'signInFailed', at: clock.now(), details: {} })
  if (code === 'ACCOUNT_LOCKED') desk.notePending(known.accountId, { event: 'accountLocked', at: clock.now(), details: {} })
}

const askSecondStep = (context: AccountsContext, asked: SecondStepAsked, email: string, password: string): SignInAnswer => ({
  outcome: 'secondStep',
  attemptId: context.attempts.keep({ token: asked.attemptToken, email, password }),
  methods: asked.methods,
  emailHint: asked.emailHint,
  phoneHint: asked.phoneHint
})

export const sendSignInCode = async (context: AccountsContext, input: CommandInput<'accounts.sendSignInCode'>): Promise<Result<null>> => {
  const attempt = context.attempts.find(input.attemptId)
  return attempt === null ? failure('SIGN_IN_AGAIN') : context.frontDesk.sendCode(attempt.token, input.method)
}

/** The second step of a sign-in that waits for it. Fails with CODE_REFUSED (try again) or SIGN_IN_AGAIN (begin anew). */
export const secondStep = async (context: AccountsContext, input: CommandInput<'accounts.secondStep'>): Promise<Result<SignInAnswer>> => {
  const attempt = context.attempts.find(input.attemptId)
  if (attempt === null) return failure('SIGN_IN_AGAIN')
  const { method, code, rememberThisPc } = input
  const answer = await context.frontDesk.secondStep({ attemptToken: attempt.token, method, code: code.trim(), remember: rememberThisPc })
  if (!answer.ok) {
    if (answer.code === 'SIGN_IN_AGAIN') context.attempts.drop(input.attemptId)
    const known = context.desk.accountByEmail(attempt.email)
    if (known !== null) context.desk.notePending(known.accountId, { event: 'secondStepFailed', at: context.clock.now(), details: {} })
    return answer
  }
  context.attempts.drop(input.attemptId)
  return signedInAs(await arrive(context, answer.value, { password: attempt.password, practice: false, event: 'signedIn', passcodeHash: null }))
}

const signInOffline = async (context: AccountsContext, email: string, password: string): Promise<Result<Session>> => {
  const { desk, kdf, clock, visits } = context
  const account = desk.accountByEmail(email)
  if (account === null) return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
  const guard = checkOfflineTry(desk, account)
  if (!guard.ok) return guard
  // A mailbox from before mailboxes were encrypted still has the password's hash beside it; otherwise the mailbox is the lock.
  const mayTry = account.passwordHash === '' || (await kdf.verify(account.passwordHash, password))
  const begun = mayTry
    ? await visits.begin({ accountId: account.accountId, practice: account.practice, password, signedIn: null, passcodeHash: null, event: 'signedInOffline' })
    : failure('SIGN_IN_REFUSED')
  if (begun.ok) {
    desk.noteSignIn(account.accountId, clock.now())
    return success(visits.view(begun.value))
  }
  if (begun.code !== 'SIGN_IN_REFUSED') return begun
  noteRefusal(context, account, guard.value.lockedMinutes === null ? 'SIGN_IN_REFUSED' : 'ACCOUNT_LOCKED')
  return guard.value.lockedMinutes === null
    ? failure('SIGN_IN_REFUSED', { params: { triesLeft: guard.value.triesLeft } })
    : failure('ACCOUNT_LOCKED', { params: { minutes: guard.value.lockedMinutes } })
}

/** Practice: a ready account with free stamps, pretend contacts and letters. Its password is made anew each time and shown to nobody. */
export const openPractice = async (context: AccountsContext): Promise<Result<Session>> => {
  const { email, password } = await context.practice.prepareAccount()
  const answer = await context.frontDesk.signIn(email, password, thisDevice(context), null)
  if (!answer.ok) return answer
  if (answer.value.outcome === 'secondStep') return failure('SERVICE_TROUBLE')
  // Pretend letters are locked with this PC's own id: nothing to protect, and nothing to remember.
  const lock = `practice ${context.desk.deviceId}`
  return arrive(context, answer.value, { password: lock, practice: true, event: 'signedIn', passcodeHash: null })
}

/** Takes a name off the start screen. The letters stay on the disk, sealed, and come back at the next sign-in. */
export const forgetAccount = async (context: AccountsContext, input: CommandInput<'accounts.forget'>): Promise<Result<null>> => {
  if (context.desk.account(input.accountId) === null) return failure('NOT_FOUND')
  context.desk.forget(input.accountId, context.clock.now())
  context.announceAccounts()
  return success(null)
}
