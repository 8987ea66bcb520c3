/** Everything outside, as the app sees it. All of it arrives through `createCore`, so a test can bring its own. */
import type { Fact } from '../contract/events'
import type { FacilityRules } from '../contract/facility'
import type { Failure, Result } from '../contract/result'
import type { CommandInput } from '../contract/commands'
import type { PersonStatus, PostItem, PracticeState, SignUpStart, SyncStatus } from '../contract/views'

export type Clock = { readonly now: () => number }

export type Random = {
  readonly bytes: (count: number) => Uint8Array
  /** From 0 up to, not including, 1. */
  readonly number: () => number
}

/** Password hashing (argon2id outside tests); never on the thread that draws. */
export type Kdf = {
  readonly hash: (secret: string) => Promise<string>
  readonly verify: (hash: string, secret: string) => Promise<boolean>
}

/** The hash both sides compute over a letter (I10): SHA-256 of its canonical text, hex. */
export type LetterHash = (letter: LetterPayload, stamps: number) => string

export type LetterPayload = {
  readonly facilityId: string
  readonly number: string
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
}

export type Ids = { readonly next: () => string }

export type Profile = {
  readonly accountId: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly emessagingTermsVersion: string | null
}

export type SignedIn = { readonly profile: Profile; readonly sessionToken: string; readonly deviceToken: string }

/** The service before anyone has signed in. */
export type FrontDesk = {
  readonly challenge: () => Promise<Result<SignUpStart>>
  readonly signUp: (form: CommandInput<'accounts.create'>, deviceId: string) => Promise<Result<SignedIn>>
  readonly signIn: (email: string, password: string, deviceId: string) => Promise<Result<SignedIn>>
}

export type DirectoryEntry = {
  readonly facilityId: string
  readonly number: string
  readonly firstName: string
  readonly lastName: string
  readonly status: PersonStatus
}

export type ChargeReceipt = { readonly receiptNumber: string; readonly at: number }

/** What is known of a charge after asking: it failed for good, it is not known, or it happened. */
export type Charge =
  | { readonly outcome: 'charged'; readonly receipt: ChargeReceipt }
  | { readonly outcome: 'refused'; readonly failure: Failure }
  | { readonly outcome: 'unknown' }

/** The service for one signed-in account. */
export type AccountService = {
  readonly acceptEmessagingTerms: (version: string) => Promise<Result<Profile>>
  readonly facilities: () => Promise<Result<readonly FacilityRules[]>>
  readonly search: (
    query: { readonly query: string; readonly state: string; readonly facilityId: string; readonly page: number; readonly pageSize: number }
  ) => Promise<Result<{ readonly people: readonly DirectoryEntry[]; readonly total: number }>>
  readonly register: (facilityId: string, number: string) => Promise<Result<{ readonly person: DirectoryEntry; readonly standing: 'ready' | 'invited' }>>
  readonly acceptInvitation: (facilityId: string, number: string, code: string) => Promise<Result<null>>
  readonly charge: (order: {
    readonly key: string
    readonly facilityId: string
    readonly packageId: string
    readonly cents: number
    readonly card: CommandInput<'stamps.purchase'>['card']
    readonly billing: CommandInput<'stamps.purchase'>['billing']
  }) => Promise<Charge>
}

/** The line for one open mailbox: sends what waits, fetches what came. */
export type Line = AccountService & {
  readonly start: () => void
  /** There is something to do now; ask at once. */
  readonly nudge: () => void
  /** Sends and fetches once, and answers when that is done. */
  readonly syncNow: () => Promise<SyncStatus>
  readonly status: () => SyncStatus
  /** Lets the call that is under way finish, then rests. */
  readonly stop: () => Promise<void>
}

/** The simulated service's own controls (Settings, practice controls). */
export type PracticeControls = {
  readonly state: () => PracticeState
  readonly set: (patch: CommandInput<'practice.set'>) => Promise<PracticeState>
  readonly fastForward: (hours: number) => Promise<PracticeState>
  readonly prepareAccount: () => Promise<{ readonly email: string; readonly password: string }>
  readonly post: () => readonly PostItem[]
}

/** Says that facts on disk have changed. Called after the commit, never before. */
export type Announce = (...facts: readonly Fact[]) => void
