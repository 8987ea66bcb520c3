import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { AccountDetails, Device, Session } from '../contract/views'
import type { Desk } from '../storage/desk'
import type { MailboxKey, Vaults } from '../storage/vault'
import { activityText, note } from './activity'
import type { ActivityEvent } from '../contract/activity'
import type { DeskSession } from './desk-session'
import { keepProfile } from './duties'
import type { Watch } from './keeper'
import type { Kdf, PrintedCodes, ServiceDetails } from './ports'
import type { Visit } from './visit'
import type { Visits } from './visits'

export type AccountPagesContext = { readonly desk: Desk; readonly vaults: Vaults; readonly visits: Visits; readonly kdf: Kdf }

/** A visit whose mailbox is open: everything on the account pages needs one. */
export type OpenVisit = Visit & { desk: DeskSession; key: MailboxKey; watch: Watch }

const viewDetails = (context: AccountPagesContext, visit: OpenVisit, details: ServiceDetails): AccountDetails => {
  const madeAt = visit.desk.mailbox.meta.get('recoveryCodeMadeAt')
  return { ...details, recoveryCodeMadeAt: madeAt === null ? null : Number(madeAt), escrow: context.vaults.hasWrap(visit.accountId, 'escrow') }
}

export const accountDetails = async (context: AccountPagesContext, visit: OpenVisit): Promise<Result<AccountDetails>> => {
  const asked = await visit.service.details()
  return asked.ok ? success(viewDetails(context, visit, asked.value)) : asked
}

export const updateProfile = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.updateProfile'>
): Promise<Result<AccountDetails>> => {
  const updated = await visit.service.updateProfile(input)
  if (!updated.ok) return updated
  const { firstName, lastName } = updated.value
  note(visit.desk, 'profileChanged')
  context.desk.rememberAccount({
    accountId: visit.accountId,
    email: visit.profile.email,
    displayName: `${firstName} ${lastName}`,
    practice: visit.practice,
    coordinator: visit.profile.coordinator,
    lastSignInAt: context.desk.account(visit.accountId)?.lastSignInAt ?? null
  })
  keepProfile(context, visit, { ...visit.profile, firstName, lastName })
  return success(viewDetails(context, visit, updated.value))
}

/** A new password: the service's first, then the mailbox's lock. Were the app to end between the two, the old one still opens the letters. */
export const changePassword = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.changePassword'>
): Promise<Result<null>> => {
  const changed = await visit.service.changePassword(input)
  if (!changed.ok) return changed
  await context.vaults.setPassword(visit.accountId, visit.key, input.newPassword.normalize('NFC'))
  note(visit.desk, 'passwordChanged')
  keepProfile(context, visit, changed.value)
  return success(null)
}

/** Does it at the service, and notes it when it was done. */
const done = <T>(visit: OpenVisit, result: Result<T>, event: ActivityEvent, details: Readonly<Record<string, string | number>> = {}): Result<T> => {
  if (result.ok) note(visit.desk, event, details)
  return result
}

export const changeQuestions = async (visit: OpenVisit, input: CommandInput<'account.changeQuestions'>): Promise<Result<null>> =>
  done(visit, await visit.service.changeQuestions(input), 'questionsChanged')

export const changePasscode = async (
  { kdf }: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.changePasscode'>
): Promise<Result<null>> => {
  const changed = await visit.service.changePasscode(input)
  if (!changed.ok) return changed
  const hash = await kdf.hash(input.passcode)
  visit.desk.mailbox.transaction(() => {
    visit.desk.mailbox.meta.set('passcodeHash', hash)
    note(visit.desk, 'passcodeChanged')
  })
  return changed
}

/** A code to print that opens the letters when the password is lost; the one before opens nothing any more. */
export const newRecoveryCode = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.newRecoveryCode'>
): Promise<Result<{ readonly code: string }>> => {
  const checked = await visit.service.checkPassword(input.password)
  if (!checked.ok) return checked
  const code = context.vaults.newRecoveryCode(visit.accountId, visit.key)
  visit.desk.mailbox.transaction(() => {
    visit.desk.mailbox.meta.set('recoveryCodeMadeAt', visit.desk.clock.now())
    note(visit.desk, 'recoveryCodeMade')
  })
  context.visits.tell()
  return success({ code })
}

export const confirmTotp = async (visit: OpenVisit, input: CommandInput<'account.confirmTotp'>): Promise<Result<PrintedCodes>> =>
  done(visit, await visit.service.confirmTotp(input.code.trim()), 'secondStepOn', { method: 'totp' })

export const setCodeByPost = async (visit: OpenVisit, input: CommandInput<'account.setCodeByPost'>): Promise<Result<PrintedCodes>> =>
  done(visit, await visit.service.setCodeByPost(input), 'secondStepOn', { method: input.method })

export const secondStepOff = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.secondStepOff'>
): Promise<Result<AccountDetails>> => {
  const off = done(visit, await visit.service.secondStepOff(input.password), 'secondStepOff')
  return off.ok ? accountDetails(context, visit) : off
}

export const newPrintedCodes = async (visit: OpenVisit, input: CommandInput<'account.newPrintedCodes'>): Promise<Result<PrintedCodes>> =>
  done(visit, await visit.service.newPrintedCodes(input.password), 'printedCodesMade')

export const listDevices = async ({ desk }: AccountPagesContext, visit: OpenVisit): Promise<Result<readonly Device[]>> => {
  const asked = await visit.service.devices()
  return asked.ok ? success(asked.value.map((device) => ({ ...device, thisPc: device.deviceId === desk.deviceId }))) : asked
}

export const signOutDevice = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'account.signOutDevice'>
): Promise<Result<readonly Device[]>> => {
  const signedOut = done(visit, await visit.service.signOutDevice(input.deviceId), 'deviceSignedOut')
  if (!signedOut.ok) return signedOut
  if (input.deviceId === context.desk.deviceId) context.desk.keepRememberToken(visit.accountId, null)
  return success(signedOut.value.map((device) => ({ ...device, thisPc: device.deviceId === context.desk.deviceId })))
}

export const exportActivity = ({ desk }: AccountPagesContext, visit: OpenVisit): Result<{ readonly text: string; readonly whole: boolean }> => {
  const { mailbox } = visit.desk
  const whole = mailbox.activity.isWhole(desk.account(visit.accountId)?.activityCount ?? 0)
  note(visit.desk, 'activityExported')
  return success({ text: activityText(mailbox), whole })
}

/** "This was not me": the service signs every other device out, and a new password is owed before anything else. */
export const notMe = async (context: AccountPagesContext, visit: OpenVisit, input: CommandInput<'account.notMe'>): Promise<Result<Session>> => {
  const entry = visit.desk.mailbox.activity.get(input.entryId)
  if (entry === null) return failure('NOT_FOUND')
  const reported = await visit.service.notMe()
  if (!reported.ok) return reported
  context.desk.keepRememberToken(visit.accountId, null)
  note(visit.desk, 'reportedNotMe', { event: entry.event, at: entry.at })
  return success(keepProfile(context, visit, reported.value))
}
