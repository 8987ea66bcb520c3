/** Where a letter, a contact or a purchase is, as a person would say it, always with a tone and an icon beside the words. */
import { Ban, Check, CheckCheck, CircleAlert, CircleX, Clock, Eye, Hourglass, Reply, Send, Undo2 } from '@lucide/vue'
import type { Component } from 'vue'
import type { Contact, LetterState, LetterSummary, PersonStatus, PurchaseState } from '@contract/views'
import { isStillTrying } from '@rules/backoff'
import { counted } from './plural'
import { dayName, shortDate, type DateSense } from './dates'

export type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'
export type StateWords = { readonly words: string; readonly tone: Tone; readonly icon: Component }

/** Reasons of the facility's reviewers and of the service, where the bare word would not be clear. */
const reasons: Readonly<Record<string, string>> = {
  transferred: 'moved to another facility',
  released: 'released',
  suspended: 'may not get messages at the moment',
  unknown_id: 'nobody has this number there',
  gang: 'signs of a gang',
  third_party_contact: 'contact for somebody else',
  language_not_reviewable: 'a language they cannot review',
  attachment_not_allowed: 'a photo or attachment that is not allowed',
  photos: 'somebody looks at the photos first',
  photo_removed: 'a photo was taken out',
  other: 'another reason',
  price_changed: 'the price changed',
  not_enough_stamps: 'not enough stamps',
  contact_unavailable: 'the person is not at this facility any more',
  invitation_needed: 'the invitation was not accepted yet',
  terms_needed: 'the eMessaging terms come first',
  too_long: 'too long',
  invalid: 'the service found something wrong in it',
  bad_request: 'the service did not understand it',
  consent_missing: 'please confirm it again',
  not_found: 'the service does not know this person',
  key_reused: 'please confirm it again',
  key_void: 'please confirm it again'
}

/** One spelling for a reason, whoever gave it: "Third-party contact" is `third_party_contact`. */
export const reasonKey = (reason: string | null): string => (reason ?? '').toLowerCase().replace(/[\s-]+/g, '_')

export const reasonWords = (reason: string | null): string => {
  if (!reason) return ''
  return reasons[reasonKey(reason)] ?? reason.replace(/_/g, ' ')
}

const because = (words: string, reason: string | null, otherwise = words): string => {
  const why = reasonWords(reason)
  return why ? `${words}: ${why}` : otherwise
}

type Present = { readonly reason: string | null; readonly since: number }

const present = (sense: DateSense): number => sense.now ?? Date.now()

/** "since today", "since Tuesday", "since 18 Nov" */
const since = (ms: number, sense: DateSense): string => {
  const day = dayName(ms, sense)
  return `since ${['Today', 'Yesterday'].includes(day) ? day.toLowerCase() : day}`
}
const answeredOn = (ms: number, sense: DateSense): string => {
  const day = dayName(ms, sense)
  return ['Today', 'Yesterday'].includes(day) ? day.toLowerCase() : shortDate(ms, sense)
}

const letterWords: { readonly [S in LetterState]: (present: Present, sense: DateSense) => StateWords } = {
  queued: ({ since: ms }, sense) => ({ words: isStillTrying(ms, present(sense)) ? `Still waiting to send, ${since(ms, sense)}` : 'Waiting to send', tone: 'warn', icon: Clock }),
  sending: ({ since: ms }, sense) =>
    isStillTrying(ms, present(sense)) ? { words: `Still trying to send, ${since(ms, sense)}`, tone: 'warn', icon: Hourglass } : { words: 'Sending now', tone: 'info', icon: Send },
  submitted: () => ({ words: 'Sent', tone: 'info', icon: Check }),
  screening: () => ({ words: 'In review', tone: 'info', icon: Eye }),
  held: ({ since: ms }, sense) => ({ words: `Held for review ${since(ms, sense)}`, tone: 'warn', icon: Hourglass }),
  approved: ({ reason }) => ({ words: because('Approved', reason), tone: 'ok', icon: Check }),
  delivered: () => ({ words: 'Delivered', tone: 'ok', icon: CheckCheck }),
  replied: ({ since: ms }, sense) => ({ words: `Answered ${answeredOn(ms, sense)}`, tone: 'ok', icon: Reply }),
  rejected: ({ reason }) => ({ words: because('Not delivered', reason, 'Not delivered'), tone: 'bad', icon: CircleX }),
  undeliverable: ({ reason }) => ({ words: because('Came back', reason, 'Came back'), tone: 'bad', icon: Undo2 }),
  refused: ({ reason }) => ({ words: because('Needs your attention', reason), tone: 'bad', icon: CircleAlert }),
  cancelled: () => ({ words: 'Taken back', tone: 'neutral', icon: Ban })
}

export const letterStateWords = (letter: Pick<LetterSummary, 'state' | 'reason' | 'stateSince'>, sense: DateSense = {}): StateWords =>
  letterWords[letter.state]({ reason: letter.reason, since: letter.stateSince }, sense)

/** One step of a letter's history: what happened then, not how long it has been so. */
const eventWords: { readonly [S in LetterState]: string } = {
  queued: 'Confirmed, waiting to send',
  sending: 'Given to the service',
  submitted: 'Sent: the service has it',
  screening: 'In review',
  held: 'Held for review',
  approved: 'Approved',
  delivered: 'Delivered',
  replied: 'Answered',
  rejected: 'Not delivered',
  undeliverable: 'Came back',
  refused: 'The service did not take it',
  cancelled: 'Taken back'
}

export const letterEventWords = (event: { readonly state: LetterState; readonly reason: string | null }): string =>
  because(eventWords[event.state], event.reason)

/** The word as the letter's facility says it: "1 stamp", "2 credits". */
export const stampsWords = (count: number, unit: 'stamp' | 'credit'): string => counted(count, unit)

const personStatus: { readonly [S in PersonStatus]: string } = {
  active: 'Here now',
  transferred: 'Moved to another facility',
  released: 'Released',
  suspended: 'May not get messages at the moment'
}

export const personStatusWords = (status: PersonStatus): string => personStatus[status]

export const contactWords = (contact: Pick<Contact, 'standing' | 'status'>): StateWords => {
  if (contact.standing === 'invited') return { words: 'Waiting for the invitation code', tone: 'warn', icon: Hourglass }
  if (contact.standing === 'ready') return { words: 'You can write', tone: 'ok', icon: Check }
  return { words: contact.status === 'active' ? 'Cannot get letters now' : personStatusWords(contact.status), tone: 'bad', icon: CircleX }
}

const purchase: { readonly [S in PurchaseState]: StateWords } = {
  pending: { words: 'Not finished: no charge yet', tone: 'warn', icon: Clock },
  added: { words: 'Stamps added', tone: 'ok', icon: Check },
  declined: { words: 'Card declined', tone: 'bad', icon: CircleX },
  cancelled: { words: 'Not bought, nothing charged', tone: 'neutral', icon: Ban }
}

export const purchaseWords = (state: PurchaseState): StateWords => purchase[state]
