/** What the windows see of the correspondence: threads, marks, prayer intentions, letters that came back or are late. */
import type { Contact, Facility, ImportedLetter, InboxMessage, Letter, LetterSummary } from './views'

/** What can carry a flag, a note, a prayer intention; all but contacts can also be archived. `imported`: from an older archive. */
export const markedKinds = ['letter', 'reply', 'contact', 'imported'] as const
export type MarkedKind = (typeof markedKinds)[number]

export type Note = {
  readonly revision: number
  readonly text: string
  /** What stood there before this sitting, or before most of it was deleted. */
  readonly before: string | null
  readonly savedAt: number
}

export type Prayer = {
  readonly prayerId: string
  readonly kind: MarkedKind
  /** The letter's, reply's or contact's id. */
  readonly id: string
  /** Whom it is for. */
  readonly name: string
  readonly contactId: string | null
  /** The subject of the letter or reply it was made beside. */
  readonly subject: string | null
  readonly words: string
  readonly openedAt: number
  readonly prayedAt: number | null
  readonly times: number
  readonly closedAt: number | null
}

export type Marks = {
  readonly kind: MarkedKind
  readonly id: string
  readonly flagged: boolean
  readonly archived: boolean
  readonly note: Note | null
  readonly prayer: Prayer | null
}

/** `joined`: another window had written meanwhile; the note now holds the words of both. */
export type NoteSaved = { readonly outcome: 'saved' | 'joined'; readonly note: Note }

/** By when a letter should have arrived. Days, not minutes: screening is done by people. */
export type Expected = { readonly from: number; readonly by: number }

export type StreamPlace = { readonly at: number; readonly seq: number }
/** Where a page of a thread ends and the next, older one begins: a place in time, whatever comes in later. */
export type ThreadCursor = { readonly letters: StreamPlace; readonly replies: StreamPlace; readonly imported: StreamPlace }

export type ThreadLetter = Letter & {
  readonly type: 'letter'
  /** Where it stands in the thread. */
  readonly at: number
  /** By when it should arrive; null where nothing is expected. */
  readonly arrival: Expected | null
  readonly late: boolean
  /** The reply this letter answers, the letter it was sent instead of, the letter sent instead of it. */
  readonly answers: string | null
  readonly resends: string | null
  readonly resentAs: string | null
  readonly flagged: boolean
  readonly archived: boolean
  readonly hasNote: boolean
}
export type ThreadReply = InboxMessage & {
  readonly type: 'reply'
  readonly at: number
  readonly answeredBy: string | null
  readonly flagged: boolean
  readonly archived: boolean
  readonly hasNote: boolean
}
/** A letter or answer of an older archive. */
export type ThreadImported = ImportedLetter & {
  readonly type: 'imported'
  readonly flagged: boolean
  readonly archived: boolean
  readonly hasNote: boolean
}
/** The person moved: letters after it went to, and came from, another facility. */
export type ThreadMove = { readonly type: 'moved'; readonly at: number; readonly to: Contact }
export type ThreadEntry = ThreadLetter | ThreadReply | ThreadImported | ThreadMove

export type ThreadPage = {
  /** The address letters go to now. */
  readonly contact: Contact
  /** In the list of contacts; letters of a person who was removed stay. */
  readonly listed: boolean
  /** Every address, oldest first. */
  readonly addresses: readonly Contact[]
  /** With those of older archives. */
  readonly letters: number
  readonly replies: number
  /** There is something, and all of it is put away. */
  readonly putAway: boolean
  /** Newest first. */
  readonly entries: readonly ThreadEntry[]
  /** Where the next, older page begins; null when nothing is left of what was asked for. */
  readonly next: ThreadCursor | null
}

/** Why a draft was begun. */
export type DraftOrigin =
  | { readonly type: 'answer'; readonly message: InboxMessage; readonly replyByPostOnly: boolean }
  | { readonly type: 'resend'; readonly letter: Letter; readonly first: FirstLetter; readonly facility: Facility | null }

/** What can still become of the letter a new one is sent instead of. */
export type FirstLetter = 'cameBack' | 'mayArrive' | 'arrived'

/** What to do about a late letter: wait a little, ask the facility, write an appeal. */
export type LateStep = 'wait' | 'ask' | 'appeal'
export type LateLetter = LetterSummary & {
  readonly facilityName: string
  readonly expectedBy: number
  /** Working days since the day it was expected by. */
  readonly workingDaysLate: number
  readonly step: LateStep
  readonly appealWrittenAt: number | null
}
export type LateLetters = {
  readonly letters: readonly LateLetter[]
  /** When the service was asked last; news may wait there. */
  readonly lastAskedAt: number | null
}

export type ReturnedLetter = LetterSummary & {
  readonly facilityName: string
  readonly number: string
  readonly resentAs: string | null
  readonly resendDraftId: string | null
  readonly dismissed: boolean
  readonly appealWrittenAt: number | null
}
/** One letter that came back, with what can be done. */
export type ReturnedCase = {
  readonly letter: Letter
  readonly facility: Facility | null
  readonly contact: Contact
  /** The same person's address now, where it is another one. */
  readonly movedTo: Contact | null
  readonly listed: boolean
  readonly resentAs: string | null
  readonly resendDraftId: string | null
  readonly dismissed: boolean
  readonly appeal: Appeal | null
}

export type Appeal = {
  readonly letterId: string
  readonly revision: number
  readonly text: string
  readonly savedAt: number
  readonly writtenAt: number | null
}
