import type { Session } from '../contract/views'
import type { Mailbox } from '../storage/mailbox'
import type { ConfirmGate } from './confirm-gate'
import type { Announce, Clock, Ids, Line, Profile, LetterHash } from './ports'

/** One volunteer at the desk: an open mailbox, the line for it, and the gate in front of everything that costs. */
export type DeskSession = {
  readonly mailbox: Mailbox
  readonly line: Line
  readonly gate: ConfirmGate
  readonly clock: Clock
  readonly ids: Ids
  readonly letterHash: LetterHash
  readonly announce: Announce
  readonly practice: boolean
  /** The service's word was missing at sign-in. */
  readonly offlineSignIn: boolean
}

export const readProfile = (mailbox: Mailbox): Profile => {
  const text = mailbox.meta.get('profile')
  if (text === null) throw new Error('a mailbox without its profile')
  return JSON.parse(text) as Profile
}

export const displayName = (profile: Profile): string => `${profile.firstName} ${profile.lastName}`

/** The session as the windows see it. */
export const viewSession = (session: DeskSession, currentTermsVersion: string): Session => {
  const profile = readProfile(session.mailbox)
  return {
    accountId: profile.accountId,
    displayName: displayName(profile),
    email: profile.email,
    practice: session.practice,
    emessagingTermsAccepted: session.mailbox.meta.get('emessagingTermsVersion') === currentTermsVersion,
    offline: session.offlineSignIn
  }
}
