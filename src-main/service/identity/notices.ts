import type { Tx } from '../context'
import type { AccountRow } from '../database/schema'

/**
 * What identity writes to people. Never a password, a coordinator's one-use code, or whether an address is known; the six
 * digits of a second step or a reset go here and nowhere else, because receiving them is what they prove.
 */
const signature = '\n\nThis is a practice service. No real message was sent.'

const email = (tx: Tx, account: Pick<AccountRow, 'email' | 'first_name'>, subject: string, body: string): Promise<void> =>
  tx.post({ kind: 'email', to: account.email, subject, body: `Dear ${account.first_name},\n\n${body}${signature}` })

/** People whose account a coordinator made have no telephone number here yet. */
const text = async (tx: Tx, account: AccountRow, subject: string, body: string): Promise<void> => {
  if (account.phone !== '') await tx.post({ kind: 'text', to: account.phone, subject, body })
}

export const postWelcome = async (tx: Tx, account: AccountRow): Promise<void> => {
  await email(tx, account, 'Welcome to eMessaging', 'your account is ready. Sign in with this e-mail address and the password you chose.')
  await text(tx, account, 'Account created', 'Your practice account for eMessaging was created today. If this was not you, tell your coordinator.')
}

export const postCheckEmail = async (tx: Tx, address: string): Promise<void> => {
  await tx.post({
    kind: 'email',
    to: address,
    subject: 'About your request for an account',
    body: `Somebody asked for a new account with this address.\n\nIf you have an account already, sign in with it. If the address looks like one that is in use, a person looks at the request first. If you did not ask for anything, you need not do anything.${signature}`
  })
}

/** @param minutes null: until a coordinator unlocks */
export const postLocked = async (tx: Tx, account: AccountRow, minutes: number | null): Promise<void> => {
  const howLong = minutes === null ? 'until your coordinator unlocks it' : `for ${minutes} minutes`
  const body = `Three tries with a wrong password: your account is locked ${howLong}. Your letters and drafts are not touched.`
  await email(tx, account, minutes === null ? 'Your account is locked' : 'Your account is locked for a while', `${body} If this was not you, tell your coordinator.`)
  await text(tx, account, 'Account locked', body)
}

/** The digits for a sign-in that waits for its second step. */
export const postCode = async (tx: Tx, account: AccountRow, method: 'email' | 'text', code: string): Promise<void> => {
  const body = `Your code is ${code}. It is good for 10 minutes, for the sign-in that is under way and no other. Nobody will ever ask you for it.`
  if (method === 'email') await email(tx, account, 'Your code to sign in', body)
  else await text(tx, account, 'Your code to sign in', body)
}

/** The digits for a forgotten password. */
export const postResetCode = (tx: Tx, account: AccountRow, code: string): Promise<void> =>
  email(tx, account, 'Your code to choose a new password', `somebody asked for a new password for this account. The code is ${code}. It is good for 15 minutes and for one change. If this was not you, do nothing: without the code nothing changes.`)

export const postPasswordReset = (tx: Tx, account: AccountRow): Promise<void> =>
  email(tx, account, 'Your password was changed', 'a new password was chosen with the code from your e-mail, and you were signed out everywhere. If this was not you, tell your coordinator at once.')

export const postPasswordChanged = (tx: Tx, account: AccountRow): Promise<void> =>
  email(tx, account, 'Your password was changed', 'your password was changed, and every other computer needs the new one. If this was not you, tell your coordinator at once.')

export const postNotMe = (tx: Tx, account: AccountRow): Promise<void> =>
  email(tx, account, 'You reported: this was not me', 'every other computer was signed out of your account, and a new password is needed. Your coordinator can help.')

export const postSecondStep = (tx: Tx, account: AccountRow, on: boolean): Promise<void> =>
  email(tx, account, on ? 'Signing in has a second step now' : 'Signing in has no second step any more', `the second step was switched ${on ? 'on' : 'off'} for your account. If this was not you, tell your coordinator at once.`)

/** @param by the coordinator's name, which is how a person knows whom to ask */
export const postCreatedFor = (tx: Tx, account: AccountRow, by: string): Promise<void> =>
  email(tx, account, 'An account was made for you', `${by} made an account for you. You get a code from ${by} in person; it is good for 24 hours and one sign-in. You then read the terms and choose a password that nobody else knows.`)

export const postResetBy = (tx: Tx, account: AccountRow, by: string): Promise<void> =>
  email(tx, account, 'Your password was reset', `${by} reset the password of your account. You were signed out everywhere, and the second step, if you had one, is off. You get a code from ${by} in person; it is good for 24 hours and one sign-in. If you did not ask for this, talk to ${by}.`)

export const postUnlockedBy = (tx: Tx, account: AccountRow, by: string): Promise<void> =>
  email(tx, account, 'Your account is unlocked', `${by} unlocked your account. At the next sign-in you read the terms again and choose a new password.`)

export const postDisabledBy = (tx: Tx, account: AccountRow, by: string): Promise<void> =>
  email(tx, account, account.disabled === 1 ? 'Your account was switched off' : 'Your account was switched on again', `${by} switched your account ${account.disabled === 1 ? 'off. Your letters are kept' : 'on again'}.`)

export const postRoleBy = (tx: Tx, account: AccountRow, by: string): Promise<void> =>
  email(tx, account, account.coordinator === 1 ? 'You are a coordinator now' : 'You are no longer a coordinator', `${by} ${account.coordinator === 1 ? `made you a coordinator of ${account.site}` : 'ended your role as a coordinator'}.`)
