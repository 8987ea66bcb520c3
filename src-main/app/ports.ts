/** Everything outside, as the app sees it. All of it arrives through `createCore`, so a test can bring its own. */
import type { Fact } from '../contract/events'
import type { FacilityRules } from '../contract/facility'
import type { Failure, Result } from '../contract/result'
import type { CommandInput } from '../contract/commands'
import type {
  AccountDetails,
  CoordinatorView,
  Device,
  PasswordRulesView,
  PeopleEntry,
  PersonStatus,
  PostItem,
  PracticeState,
  SecondStepMethod,
  SecondStepSetup,
  SignUpStart,
  SyncStatus
} from '../contract/views'

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
  /** The SHA-256 of each photo, hex, in their order. */
  readonly photos: readonly string[]
}

/** Milliseconds since whenever, from a clock nobody can set: what intervals are measured with. */
export type Uptime = () => number

/** Calls back once after some time; returns how to call it off. */
export type Timers = { readonly after: (ms: number, run: () => void) => () => void }

export type Ids = {
  readonly next: () => string
  /** A key for something that costs: 128 random bits, made once, kept for ever by both sides (reliability.md §5). */
  readonly key: () => string
}

export type Profile = {
  readonly accountId: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly coordinator: boolean
  readonly site: string
  readonly termsVersion: string | null
  readonly emessagingTermsVersion: string | null
  readonly mustChangePassword: boolean
  readonly mustAcceptTerms: boolean
  readonly passwordChangedAt: number
}

/** Something the service says happened to the account; becomes a line of its activity log. */
export type Notice = { readonly event: string; readonly at: number; readonly details: Readonly<Record<string, string | number>> }

export type SignedIn = {
  readonly outcome: 'signedIn'
  readonly profile: Profile
  readonly sessionToken: string
  readonly deviceToken: string
  readonly rememberToken: string | null
  readonly lastSignInAt: number | null
  readonly failuresSince: number
  readonly notices: readonly Notice[]
}

export type SecondStepAsked = {
  readonly outcome: 'secondStep'
  readonly attemptToken: string
  readonly methods: readonly SecondStepMethod[]
  readonly emailHint: string | null
  readonly phoneHint: string | null
}

export type ThisDevice = { readonly deviceId: string; readonly deviceName: string }

/** The service before anyone has signed in. */
export type FrontDesk = {
  readonly challenge: () => Promise<Result<SignUpStart>>
  readonly passwordRules: () => Promise<Result<PasswordRulesView>>
  readonly signUp: (form: CommandInput<'accounts.create'>, device: ThisDevice) => Promise<Result<SignedIn>>
  readonly signIn: (email: string, password: string, device: ThisDevice, rememberToken: string | null) => Promise<Result<SignedIn | SecondStepAsked>>
  readonly sendCode: (attemptToken: string, method: 'email' | 'text') => Promise<Result<null>>
  readonly secondStep: (step: {
    readonly attemptToken: string
    readonly method: SecondStepMethod
    readonly code: string
    readonly remember: boolean
  }) => Promise<Result<SignedIn>>
  readonly forgotStart: (email: string) => Promise<Result<null>>
  readonly forgotFinish: (form: CommandInput<'accounts.forgotFinish'>) => Promise<Result<null>>
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

export type PrintedCodes = { readonly printedCodes: readonly string[] }
export type ServiceDetails = Omit<AccountDetails, 'recoveryCodeMadeAt' | 'escrow'>
export type ServiceDevice = Omit<Device, 'thisPc'>
export type ServicePerson = Omit<PeopleEntry, 'escrow' | 'you'>
export type NewCode = { readonly person: ServicePerson; readonly code: string; readonly codeUntil: number }

/** What a coordinator may ask, for the people of its own sites. */
export type CoordinatorService = {
  readonly view: () => Promise<Result<Omit<CoordinatorView, 'escrow'>>>
  readonly people: () => Promise<Result<readonly ServicePerson[]>>
  readonly create: (input: CommandInput<'coordinator.create'>) => Promise<Result<NewCode>>
  readonly setDisabled: (input: CommandInput<'coordinator.setDisabled'>) => Promise<Result<readonly ServicePerson[]>>
  readonly unlock: (input: CommandInput<'coordinator.unlock'>) => Promise<Result<readonly ServicePerson[]>>
  readonly reset: (input: CommandInput<'coordinator.reset'>) => Promise<Result<NewCode>>
  readonly setRole: (input: CommandInput<'coordinator.setRole'>) => Promise<Result<readonly ServicePerson[]>>
  readonly setPolicy: (input: CommandInput<'coordinator.setPolicy'>) => Promise<Result<Omit<CoordinatorView, 'escrow'>>>
}

/** The service for one signed-in account. */
export type AccountService = {
  readonly acceptTerms: (document: 'terms' | 'emessaging', version: string) => Promise<Result<Profile>>
  readonly details: () => Promise<Result<ServiceDetails>>
  readonly updateProfile: (profile: CommandInput<'account.updateProfile'>) => Promise<Result<ServiceDetails>>
  /** @param password null only where a change is owed */
  readonly changePassword: (change: {
    readonly password: string | null
    readonly newPassword: string
    readonly confirmPassword: string
  }) => Promise<Result<Profile>>
  readonly changeQuestions: (input: CommandInput<'account.changeQuestions'>) => Promise<Result<null>>
  readonly changePasscode: (input: CommandInput<'account.changePasscode'>) => Promise<Result<null>>
  readonly checkPassword: (password: string) => Promise<Result<null>>
  readonly beginTotp: (password: string) => Promise<Result<SecondStepSetup>>
  readonly confirmTotp: (code: string) => Promise<Result<PrintedCodes>>
  readonly setCodeByPost: (input: CommandInput<'account.setCodeByPost'>) => Promise<Result<PrintedCodes>>
  readonly secondStepOff: (password: string) => Promise<Result<null>>
  readonly newPrintedCodes: (password: string) => Promise<Result<PrintedCodes>>
  readonly devices: () => Promise<Result<readonly ServiceDevice[]>>
  readonly signOutDevice: (deviceId: string) => Promise<Result<readonly ServiceDevice[]>>
  readonly notMe: () => Promise<Result<Profile>>
  readonly signOut: () => Promise<void>
  readonly coordinator: CoordinatorService
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
  /** The service's prices may have changed: its rules are fetched anew with the next news. */
  readonly rulesChanged: () => void
  /** Something under way that writes to the mailbox: `stop` waits for it. */
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>
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
