import type { Mailbox } from '../storage/mailbox'
import type { Health } from './health'
import type { ConfirmGate } from './confirm-gate'
import type { Jobs } from './jobs'
import type { Announce, Clock, Ids, LetterHash, Line, Profile } from './ports'

/** An open mailbox, the line for it, the gate in front of everything that costs, and long work. */
export type DeskSession = {
  readonly mailbox: Mailbox
  readonly line: Line
  readonly gate: ConfirmGate
  readonly health: Health
  /** Long work of this visit, one at a time. */
  readonly jobs: Jobs
  readonly clock: Clock
  readonly ids: Ids
  readonly letterHash: LetterHash
  readonly announce: Announce
  /** The index of words is brought up to date in the background until this is called. */
  readonly stopIndexing: () => void
  /** Stops the search for what a crash left of saved files, before the mailbox closes. */
  readonly stopSweeping: () => void
  /** Stops taking out what a crash left of imports. */
  readonly stopClearing: () => void
}

export const displayName = (profile: Pick<Profile, 'firstName' | 'lastName'>): string => `${profile.firstName} ${profile.lastName}`
