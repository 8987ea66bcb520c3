import type { Tx } from '../context'
import type { AccountRow } from '../database/schema'

/** What identity writes to people. Never a password, a code that opens an account, or whether an address is known. */
const signature = '\n\nThis is a practice service. No real message was sent.'

export const postWelcome = async (tx: Tx, account: AccountRow): Promise<void> => {
  await tx.post({
    kind: 'email',
    to: account.email,
    subject: 'Welcome to eMessaging',
    body: `Dear ${account.first_name},\n\nyour account is ready. Sign in with this e-mail address and the password you chose.${signature}`
  })
  await tx.post({ kind: 'text', to: account.phone, subject: 'Account created', body: 'Your practice account for eMessaging was created today. If this was not you, tell your coordinator.' })
}

export const postCheckEmail = async (tx: Tx, email: string): Promise<void> => {
  await tx.post({
    kind: 'email',
    to: email,
    subject: 'About your request for an account',
    body: `Somebody asked for a new account with this address.\n\nIf you have an account already, sign in with it. If the address looks like one that is in use, a person looks at the request first. If you did not ask for anything, you need not do anything.${signature}`
  })
}

export const postLocked = async (tx: Tx, account: AccountRow, minutes: number): Promise<void> => {
  const body = `Three sign-ins with a wrong password: your account is locked for ${minutes} minutes. Your letters and drafts are not touched.`
  await tx.post({ kind: 'email', to: account.email, subject: 'Your account is locked for a while', body: `Dear ${account.first_name},\n\n${body} If this was not you, tell your coordinator.${signature}` })
  await tx.post({ kind: 'text', to: account.phone, subject: 'Account locked', body })
}
