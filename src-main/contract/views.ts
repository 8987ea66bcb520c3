/**
 * What main shows to the windows. Plain, read-only values: times are integer milliseconds UTC, money is integer cents,
 * ids are opaque strings. No secret ever appears here.
 */
import type { FacilityRules } from './facility'
import type { Photo } from './photos'

export type KnownAccount = {
  readonly accountId: string
  readonly displayName: string
  /** Initials for the tile. */
  readonly initials: string
  /** Shown only after a tile was chosen, to fill the `Email` field. */
  readonly email: string
  readonly lastSignInAt: number | null
  readonly practice: boolean
}

/** What has to be done before anything else, in this order. `openMailbox`: the password does not open the letters on this PC. */
export type Duty = 'acceptTerms' | 'changePassword' | 'openMailbox'

export type Session = {
  readonly accountId: string
  readonly displayName: string
  readonly email: string
  readonly practice: boolean
  readonly coordinator: boolean
  /** The screen is locked: the passcode opens it, nothing else is answered. */
  readonly locked: boolean
  readonly duties: readonly Duty[]
  /** Why `openMailbox` is owed, when it is. `sealed`: locked with another password. */
  readonly mailbox: 'open' | 'sealed' | 'missing' | 'damaged'
  /** The eMessaging terms were accepted in their current version. */
  readonly emessagingTermsAccepted: boolean
  /** Signed in without the service's word: letters wait until it can be reached. */
  readonly offline: boolean
  /** Shown once after signing in: when this account was last used, and failed tries since. */
  readonly lastSignIn: { readonly at: number | null; readonly failuresSince: number } | null
  /** A recovery code that has not been printed yet, on a mailbox's first opening. */
  readonly recoveryCodeDue: boolean
  /** Epistle ended without a goodbye while letters were open, and nobody has looked at them since. */
  readonly unexpectedEnd: boolean
  /** The end of the mailbox's log was not whole when this visit began: the change before the crash is not there. */
  readonly lastChangeLost: boolean
  /** The password is older than the policy's reminder; never a block. */
  readonly passwordReminder: boolean
}

export type SecondStepMethod = 'totp' | 'email' | 'text' | 'printed'

/** What a sign-in came to. */
export type SignInAnswer =
  | { readonly outcome: 'signedIn'; readonly session: Session }
  | {
      readonly outcome: 'secondStep'
      /** Stands for this try; the password is not asked again. */
      readonly attemptId: string
      readonly methods: readonly SecondStepMethod[]
      /** "m•••@parish.org", "••• ••42": where a code would go. */
      readonly emailHint: string | null
      readonly phoneHint: string | null
    }

export type PasswordRulesView = {
  readonly policy: {
    readonly minLength: number
    readonly maxLength: number
    readonly letter: boolean
    readonly upper: boolean
    readonly lower: boolean
    readonly digit: boolean
    readonly special: boolean
    readonly specials: string
    readonly historyDepth: number
    /** Days until a new password is suggested; 0: never. */
    readonly rotationReminderDays: number
  }
  readonly presets: readonly PolicyPresetName[]
}
export type PolicyPresetName = 'cheatSheet' | 'facility' | 'advice'
export type LockRelease = 'timedThenAdmin' | 'timed' | 'admin'

export type AccountDetails = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly phone: string
  readonly questionIds: readonly string[]
  readonly passwordChangedAt: number
  readonly secondStep: { readonly method: 'off' | 'totp' | 'email' | 'text'; readonly printedCodesLeft: number }
  readonly terms: readonly { readonly document: 'terms' | 'emessaging'; readonly version: string; readonly at: number }[]
  readonly recoveryCodeMadeAt: number | null
  /** The coordinator could open this mailbox (the parish said yes). */
  readonly escrow: boolean
}

export type SecondStepSetup = {
  /** For the authenticator app, in groups of four. */
  readonly secret: string
  /** `otpauth://…`, drawn as a QR code. */
  readonly uri: string
}

export type Device = {
  readonly deviceId: string
  readonly name: string
  readonly thisPc: boolean
  readonly lastSeenAt: number
  /** Until when no second step is asked for here; null: it is asked each time. */
  readonly rememberedUntil: number | null
}

export type ActivityKind = 'signIn' | 'security' | 'letters' | 'stamps' | 'coordinator'

export type ActivityEntry = {
  readonly entryId: string
  readonly seq: number
  readonly at: number
  readonly kind: ActivityKind
  /** One of contract/activity.ts; the windows have the words. */
  readonly event: string
  /** Figures and names for the sentence; never a secret, never the text of a letter. */
  readonly details: Readonly<Record<string, string | number>>
  readonly canReport: boolean
}

export type PeopleEntry = {
  readonly accountId: string
  readonly displayName: string
  readonly email: string
  readonly site: string
  readonly coordinator: boolean
  readonly disabled: boolean
  readonly locked: boolean
  readonly lastSignInAt: number | null
  /** Their letters on this PC can be opened by the coordinator. */
  readonly escrow: boolean
  readonly you: boolean
}

/** An account made or reset by the coordinator: the code is shown once. */
export type NewPerson = { readonly person: PeopleEntry; readonly code: string; readonly codeUntil: number }

export type CoordinatorView = {
  readonly sites: readonly string[]
  readonly presets: readonly PolicyPresetName[]
  readonly release: LockRelease
  /** null: the parish has not been asked yet. */
  readonly escrow: boolean | null
}

export type AppState = {
  readonly version: string
  readonly accounts: readonly KnownAccount[]
  readonly session: Session | null
  /** Whether the coordinator can open a volunteer's letters here; null: the parish has not been asked. Said at sign-up. */
  readonly escrow: boolean | null
}

export type SignUpStart = {
  readonly challengeId: string
  /** An SVG picture of the verification code. */
  readonly picture: string
  /** The same in words, for the spoken alternative. */
  readonly spoken: string
}

export type LineState = 'online' | 'offline' | 'unknown'

export type SyncStatus = {
  readonly line: LineState
  readonly lastSyncAt: number | null
  /** Letters not yet accepted by the service. */
  readonly waiting: number
  /** A rule of the records is broken: nothing is sent or bought; reading, writing and export go on. */
  readonly sendingStopped: boolean
}

export type Facility = FacilityRules

export type DirectoryPerson = {
  readonly facilityId: string
  readonly number: string
  readonly firstName: string
  readonly lastName: string
  readonly facilityName: string
  readonly state: string
  readonly status: PersonStatus
  readonly alreadyContact: boolean
}

export type PersonStatus = 'active' | 'transferred' | 'released' | 'suspended'

export type Page<T> = {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

export type ContactStanding = 'ready' | 'invited' | 'unavailable'

export type Contact = {
  readonly contactId: string
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly number: string
  readonly facilityId: string
  readonly facilityName: string
  readonly state: string
  readonly standing: ContactStanding
  readonly status: PersonStatus
  readonly walletId: string
  readonly addedAt: number
}

export type Wallet = {
  readonly walletId: string
  /** "Texas" or "Elm County Jail": where these stamps can be used. */
  readonly name: string
  readonly unit: 'stamp' | 'credit'
  /** Free to use now: the balance less what waiting letters have reserved. */
  readonly available: number
  readonly reserved: number
}

export type StampPackage = {
  readonly packageId: string
  readonly label: string
  readonly stamps: number
  readonly cents: number
}

export type StampOffer = {
  readonly contactId: string
  readonly facilityName: string
  readonly wallet: Wallet
  readonly packages: readonly StampPackage[]
  /** Plain words on where these stamps can be used. */
  readonly scope: 'state' | 'facility'
}

export type PurchaseQuote = {
  readonly ticket: string
  readonly package: StampPackage
  readonly wallet: Wallet
}

export type PurchaseState = 'pending' | 'added' | 'declined' | 'cancelled'

export type Receipt = {
  readonly purchaseId: string
  readonly state: PurchaseState
  readonly at: number
  readonly packageLabel: string
  readonly stamps: number
  readonly cents: number
  readonly walletId: string
  readonly walletName: string
  readonly cardBrand: string
  readonly cardLast4: string
  /** The service's receipt number; null until it is known. */
  readonly receiptNumber: string | null
}

export type Draft = {
  readonly draftId: string
  readonly contactId: string | null
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
  readonly revision: number
  readonly createdAt: number
  readonly savedAt: number
  /** Set when this draft keeps the other text of a conflict. */
  readonly copyOf: string | null
  readonly photos: readonly Photo[]
}

export type DraftSummary = {
  readonly draftId: string
  readonly contactId: string | null
  readonly contactName: string | null
  readonly subject: string
  /** The first words of the body. */
  readonly excerpt: string
  readonly savedAt: number
  readonly copyOf: string | null
  readonly photoCount: number
}

/** One earlier text of a draft, for the list; the words themselves come with `drafts.version`. */
export type DraftVersion = {
  readonly versionId: string
  readonly savedAt: number
  readonly subject: string
  /** The first words of the body. */
  readonly excerpt: string
  readonly words: number
  /** How many words more than the version before; negative: fewer. */
  readonly wordsChanged: number
  /** The text of the draft as it is now. */
  readonly present: boolean
  /** Kept whatever its age: what came after it lost most of it, or it was replaced by an earlier version. */
  readonly pinned: boolean
  /** A text that would have taken most of the letter away: kept, not used. */
  readonly aside: boolean
}

export type DraftVersionText = {
  readonly versionId: string
  readonly subject: string
  readonly body: string
  readonly savedAt: number
}

/**
 * What became of a save. `conflict`: the draft had changed elsewhere; the text that came is kept whole in `copy`, the
 * other one is untouched in `current`. `emptyRefused`: an empty text would have replaced a written one unasked.
 * `wordsLost`: more than half of a long text would have gone unasked; the text that came is set aside on disk, everything
 * else of the patch is saved, and the person is to be asked. `earlierBody` is the text with all the words.
 */
export type DraftSaved =
  | { readonly outcome: 'saved'; readonly draft: Draft }
  | { readonly outcome: 'conflict'; readonly current: Draft; readonly copy: Draft }
  | { readonly outcome: 'emptyRefused'; readonly current: Draft }
  | { readonly outcome: 'wordsLost'; readonly current: Draft; readonly earlierBody: string; readonly words: number; readonly characters: number }

/** What was open when Epistle ended without a goodbye. */
export type UnexpectedEnd = {
  readonly drafts: readonly {
    readonly draftId: string
    readonly contactName: string | null
    readonly subject: string
    /** The last words that are on disk. */
    readonly lastWords: string
    readonly words: number
    readonly savedAt: number
  }[]
  /** Letters that were confirmed and not yet accepted by the service, where they are now. */
  readonly letters: readonly LetterSummary[]
}

export type LetterQuote = {
  /** One use, five minutes, for exactly this revision and price. */
  readonly ticket: string
  readonly draftId: string
  readonly revision: number
  readonly stamps: number
  /** How many photos are in it; they are in the price. */
  readonly photoCount: number
  readonly unit: 'stamp' | 'credit'
  readonly availableBefore: number
  readonly availableAfter: number
  readonly contact: Contact
  /** The service cannot be reached now: confirming puts the letter in the Outbox to go by itself. */
  readonly sendsLater: boolean
  /** It goes instead of an earlier one, of which this can still become. */
  readonly insteadOf: 'cameBack' | 'mayArrive' | 'arrived' | null
}

/** Where a letter is, as a person would say it (domain.md, Messages; reliability.md §5 for the first five). */
export type LetterState =
  | 'queued'
  | 'sending'
  | 'submitted'
  | 'screening'
  | 'held'
  | 'approved'
  | 'delivered'
  | 'replied'
  | 'rejected'
  | 'undeliverable'
  | 'refused'
  | 'cancelled'

/** By when the next step usually has happened, and how long that usually takes: the facility's rule, not a promise. */
export type ExpectedStep = {
  readonly by: number
  readonly usual: { readonly count: number; readonly unit: 'hour' | 'day' | 'workingDay' }
}

export type LetterSummary = {
  readonly letterId: string
  readonly contactId: string
  readonly contactName: string
  readonly subject: string
  readonly excerpt: string
  readonly state: LetterState
  readonly reason: string | null
  readonly stamps: number
  readonly unit: 'stamp' | 'credit'
  readonly confirmedAt: number
  /** When it entered its present state. */
  readonly stateSince: number
  readonly attempts: number
  readonly nextTryAt: number | null
  /** A try was made and its answer did not come: the service may have it, and is asked with the same key. */
  readonly asking: boolean
  /** null where nothing more is to come, or nobody can say when. */
  readonly expected: ExpectedStep | null
  /** Answers come on paper here, never to the Inbox. */
  readonly answersByPost: boolean
  /** How many photos go with it. */
  readonly photoCount: number
}

export type LetterEvent = {
  readonly state: LetterState
  readonly at: number
  readonly reason: string | null
}

export type Letter = LetterSummary & {
  readonly body: string
  /** Its earlier versions are found with it. */
  readonly draftId: string
  readonly prepaidReply: boolean
  readonly facilityName: string
  readonly number: string
  readonly receiptNumber: string | null
  readonly history: readonly LetterEvent[]
  readonly photos: readonly Photo[]
}

export type InboxSummary = {
  readonly messageId: string
  readonly contactId: string | null
  readonly contactName: string
  readonly subject: string
  readonly excerpt: string
  readonly receivedAt: number
  readonly read: boolean
  /** The letter this answers, when known. */
  readonly letterId: string | null
}

export type InboxMessage = InboxSummary & { readonly body: string; readonly facilityName: string }

/** A letter or answer of an older archive, in a list. */
export type ImportedSummary = {
  readonly messageId: string
  readonly direction: 'sent' | 'received'
  /** null: nobody of the contact list, as far as anybody knows. */
  readonly contactId: string | null
  readonly personName: string
  readonly subject: string
  readonly excerpt: string
  /** When it was written, as its file says. */
  readonly at: number
  readonly fileName: string
  readonly broughtInAt: number
  readonly photoCount: number
}

export type ImportedLetter = ImportedSummary & {
  readonly body: string
  readonly photos: readonly Photo[]
  /** As the file says; empty where it does not. */
  readonly number: string
  readonly facilityName: string
  readonly state: LetterState | null
  readonly stamps: number | null
  readonly unit: 'stamp' | 'credit' | null
  /** Somebody said whom it is with; that can be taken back. */
  readonly saidByHand: boolean
}

/**
 * One line of Sent Messages, Inbox or a search. `entryId` is its place in time; a person without a contact has no `contactId`.
 * `inNote`: the excerpt is from the private note beside it.
 */
export type ArchiveRow = { readonly entryId: number; readonly flagged: boolean; readonly inNote: boolean } & (
  | { readonly kind: 'letter'; readonly letter: LetterSummary }
  | { readonly kind: 'reply'; readonly message: InboxSummary }
  | { readonly kind: 'imported'; readonly imported: ImportedSummary }
)

/** Rows from any place of a list that is shown whole. */
export type ArchivePage = {
  readonly items: readonly ArchiveRow[]
  readonly total: number
  readonly offset: number
}

export type ArchiveMonthCount = {
  readonly year: number
  /** 1 to 12, UTC. */
  readonly month: number
  readonly entries: number
}

export type ArchiveFilters = {
  readonly contactIds: readonly string[]
  readonly facilityIds: readonly string[]
  /** Two-letter codes of the states the facilities are in. */
  readonly places: readonly string[]
  readonly states: readonly LetterState[]
  /** Milliseconds UTC, the first that counts and the first that does not. */
  readonly from: number | null
  readonly until: number | null
  readonly unread: boolean
  readonly flagged: boolean
  /** Those that were archived, instead of those that were not. */
  readonly putAway: boolean
  /** People who are on no contact list, besides those named. */
  readonly strangers: boolean
  readonly stamps: 'any' | 'free' | 'one' | 'more'
  /** Only those with photos. */
  readonly photos: boolean
  /** null: whoever writes what is in the list that is searched. */
  readonly writtenBy: 'either' | 'me' | 'them' | null
}

/** Somebody of the contact list whose name, or the private note about them, answers a search. */
export type PersonFound = {
  readonly contactId: string
  readonly name: string
  readonly firstName: string
  readonly facilityName: string
  /** The words of the note around what was looked for; null where the name alone answers. */
  readonly noteExcerpt: string | null
}

export type ArchiveFound = {
  /** People the words are about, with the first page only; the letters with them are not counted here. */
  readonly people: readonly PersonFound[]
  readonly items: readonly ArchiveRow[]
  /** Where to go on; null when nothing older is left to look at. */
  readonly next: number | null
  /** How many there are; null when that takes reading them. `more`: at least so many. */
  readonly count: { readonly entries: number; readonly more: boolean } | null
  /** Letters that cannot be found by their words yet, of how many; null when all can. */
  readonly indexing: { readonly left: number; readonly total: number } | null
}

export type SavedSearch = {
  readonly searchId: string
  readonly name: string
  readonly query: string
  readonly filters: ArchiveFilters
}

export type PostItem = {
  readonly postId: string
  readonly kind: 'email' | 'text'
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly at: number
}

export type HomeSummary = {
  readonly wallets: readonly Wallet[]
  readonly drafts: number
  readonly outbox: number
  readonly unread: number
  readonly contacts: number
  readonly attention: number
  /** Letters past the day they were expected by; letters that came back; open prayer intentions. */
  readonly late: number
  readonly cameBack: number
  readonly prayers: number
  /** The draft to go on with, newest first. */
  readonly lastDraft: DraftSummary | null
}

/** The practice controls of the simulated service (Settings). Faults are probabilities from 0 to 1. */
export type PracticeFaults = {
  readonly dropRequest: number
  readonly dropResponse: number
  readonly error500: number
  readonly error429: number
  readonly duplicateResponse: number
  readonly malformedResponse: number
}

export type PracticeState = {
  readonly offline: boolean
  readonly latencyMs: readonly [number, number]
  readonly faults: PracticeFaults
  /** The service's own time now. */
  readonly serviceTime: number
}

/** Where a copy lies: in the app's own folder, in the folder the volunteer chose, or where somebody has just looked. */
export type CopyPlace = 'thisPc' | 'folder' | 'found'

/** What is in a mailbox or a copy of it, in numbers a person can check. */
export type MailboxContents = { readonly letters: number; readonly drafts: number; readonly replies: number; readonly contacts: number }

export type BackupCopy = {
  readonly copyId: string
  readonly place: CopyPlace
  readonly madeAt: number
  readonly bytes: number
  readonly contents: MailboxContents
}

/** Why no copy was made. `noRoom`: the disk is too full to copy without harm to saving. */
export type CopyTrouble = 'mailboxDamaged' | 'copyDamaged' | 'newer' | 'noRoom' | 'unreachable' | 'failed'

/** What became of a copy in the chosen folder. `missing`: the stick is not in. */
export type FolderCopy = 'made' | 'missing' | 'noRoom' | 'failed'

export type BackupMade = { readonly made: boolean; readonly trouble: CopyTrouble | null; readonly folder: FolderCopy | null }

export type BackupsView = {
  /** Newest first, first those of this PC. */
  readonly copies: readonly BackupCopy[]
  /** When the newest good copy was made, wherever it is. */
  readonly newestAt: number | null
  /** There has been no good copy for more than a week. */
  readonly stale: boolean
  readonly making: boolean
  /** What kept the last try from succeeding. */
  readonly trouble: CopyTrouble | null
  /** null: no folder was chosen. */
  readonly folder: ChosenFolder | null
}

/** The folder or stick a volunteer chose for copies. */
export type ChosenFolder = {
  readonly path: string
  readonly ready: boolean
  /** The newest copy that lies there; null also while it cannot be looked at. */
  readonly newestAt: number | null
  /** When a copy last reached it; null: not known. */
  readonly carriedAt: number | null
  /** No copy has reached it for more than a week. */
  readonly stale: boolean
  readonly trouble: FolderCopy | null
}

/** What a restore was tried with, and found good. `since`: what has come into the mailbox after the copy. */
export type Rehearsal = { readonly copy: BackupCopy; readonly since: MissingSince }

/** What the mailbox of now holds and an earlier copy does not. */
export type MissingSince = { readonly letters: number; readonly replies: number; readonly draftsChanged: number }

export type RestoreView = {
  /** The mailbox as it is: open, or why it cannot be opened. */
  readonly mailbox: Session['mailbox']
  /** The damaged file can be looked through, also without any copy (`damaged-file` in place of a copy). */
  readonly canSalvage: boolean
  /** `missing`: what would be gone; null while the mailbox of now cannot be read. */
  readonly copies: readonly (BackupCopy & { readonly missing: MissingSince | null })[]
  /** The chosen folder is not there now. */
  readonly folderMissing: boolean
}

/** What a restore came to. Counts of what was found in the damaged file besides the copy; null when it was not looked through. */
export type Restored = {
  readonly session: Session
  readonly madeAt: number | null
  readonly contents: MailboxContents
  /** The name under which the file from before is kept; null when there was none. */
  readonly keptAs: string | null
  readonly salvaged: Salvaged | null
}

/** What came back out of a damaged file, and how much of it could not be read. */
export type Salvaged = {
  readonly letters: number
  readonly drafts: number
  readonly replies: number
  readonly contacts: number
  /** Letters that were waiting to be sent: they are drafts now, and nothing was sent. */
  readonly unsent: number
  /** Places in the file that could not be read. */
  readonly unreadable: number
}

export type Theme = 'system' | 'light' | 'dark' | 'contrast'

export type Settings = {
  /** Per cent, 100 to 200. */
  readonly textSize: number
  readonly theme: Theme
  /** Said once when the settings file had to be mended or could not be written. */
  readonly notice: 'none' | 'reset' | 'unsaved'
}
