/**
 * What happens next with a letter, and by when: one or two plain sentences for each state, beside the words of states.ts.
 * The dates come from the core (rules/expected-step); here they are only said.
 */
import type { ExpectedStep, LetterState, LetterSummary, LineState } from '@contract/views'
import { isStillTrying } from '@rules/backoff'
import { clockTime, dayName, shortDate, weekday, type DateSense } from './dates'
import { photoTakenOut } from './photos'
import { counted } from './plural'
import { reasonKey } from './states'

/** `why`: what the reason means, empty where there is none. `next`: what happens now, or what can be done. */
export type NextStep = { readonly why: string; readonly next: string }

export type NextLetter = Pick<LetterSummary, 'state' | 'reason' | 'asking' | 'stateSince' | 'expected' | 'answersByPost'>

const units: Readonly<Record<ExpectedStep['usual']['unit'], string>> = { hour: 'hour', day: 'day', workingDay: 'working day' }

/** "1 hour", "5 days", "2 working days" */
export const usualWords = ({ usual }: ExpectedStep): string => counted(usual.count, units[usual.unit])

/** "by 16:20", "by tomorrow", "by Tuesday, 1 Dec" */
export const byWords = ({ by, usual }: ExpectedStep, sense: DateSense = {}): string => {
  const day = dayName(by, sense)
  if (day === 'Today') return usual.unit === 'hour' ? `by ${clockTime(by, sense)}` : 'by this evening'
  if (day === 'Tomorrow') return usual.unit === 'hour' ? `by tomorrow, ${clockTime(by, sense)}` : 'by tomorrow'
  return `by ${weekday(by, sense)}, ${shortDate(by, sense)}`
}

/** "The facility usually answers within 2 working days: by Tuesday, 1 Dec.", or that it takes longer this time. */
const usually = (act: string, expected: ExpectedStep | null, sense: DateSense): string => {
  if (expected === null) return ''
  if ((sense.now ?? Date.now()) > expected.by) return `It takes longer than usual (${usualWords(expected)}). You need not do anything.`
  return `${act} within ${usualWords(expected)}: ${byWords(expected, sense)}.`
}

const together = (...sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ')

const rewrite = 'Your words are kept here: press What to do, then Fix and resend. The stamps it used are not given back.'
const leavePhotoOut = 'Your words are kept here: press What to do, then Fix and resend, without that photo. The stamps it used are not given back.'

/** Reasons that can only be about a photo. */
const aboutPhoto = ['photo_collage', 'attachment_not_allowed']
/** Held because there are photos, whatever the words are. */
const ofPhotos = ({ reason }: Pick<NextLetter, 'reason'>): boolean => reasonKey(reason) === 'photos'

/** Why a facility refused a letter (domain.md, Messages: reasons), and what helps. */
const rejected: Readonly<Record<string, string>> = {
  threats: 'The reviewers read a threat in it.',
  sexual_content: 'The reviewers found it too intimate.',
  nudity: 'The reviewers found nudity in it.',
  gang: 'The reviewers saw a sign of a gang: a name, a number, a symbol.',
  contraband: 'The reviewers read about something that is forbidden there.',
  coded_or_illegible: 'The reviewers could not read a part of it, or took it for a code.',
  third_party_contact: 'It passes on a message for somebody else, and that is not allowed.',
  lyrics: 'Words of a song are not allowed there.',
  photo_collage: 'Several pictures in one photo are not allowed.',
  language_not_reviewable: 'Nobody there can read this language.',
  attachment_not_allowed: 'What went with it, such as a photo, is not allowed there.',
  over_the_limit: 'It is longer than the facility allows.',
  other: 'The facility gave no closer reason.'
}

const undeliverable: Readonly<Record<string, readonly [why: string, next: string]>> = {
  transferred: ['The person was moved to another facility before it arrived.', 'Press What to do and update the address. Your words are kept here.'],
  released: ['The person was released before it arrived.', 'Ask your coordinator for a postal address. Your words are kept here.'],
  suspended: ['The person may not get messages at the moment.', 'Ask the facility how long, then press What to do. Your words are kept here.'],
  unknown_id: ['Nobody has this number at this facility.', 'Check the number with the person or the facility, then press What to do. Your words are kept here.']
}

const changeAndSend = 'Nothing was used. Press Change and send again.'
const sendAgain = 'Nothing was used. Press Change and send again.'

/** Why the service did not take a letter: every code it may end with (wire/failures). */
const refused: Readonly<Record<string, readonly [why: string, next: string]>> = {
  price_changed: ['The price went up since you confirmed it.', 'Nothing was used. Press Change and send again: the new price is shown before you confirm.'],
  not_enough_stamps: ['The service counted fewer stamps than this letter needs.', 'Nothing was used. Purchase stamps, then press Change and send again.'],
  contact_unavailable: ['The person is not at this facility any more, or may not get messages.', 'Nothing was used. Look for them in Add Contact, then press Change and send again and choose them anew.'],
  invitation_needed: ['The person has not invited you there yet.', 'Nothing was used. When their code comes, enter it in Contacts, then press Change and send again.'],
  terms_needed: ['The eMessaging terms were not accepted yet.', 'Nothing was used. Accept them from Home, then press Change and send again.'],
  too_long: ['It is longer than the facility allows now.', changeAndSend],
  invalid: ['The service found something wrong in it.', changeAndSend],
  bad_request: ['The service did not understand it.', sendAgain],
  consent_missing: ['The service had no word of your confirmation.', sendAgain],
  not_found: ['The service does not know this person as your contact.', 'Nothing was used. Add the person again in Contacts, then press Change and send again.'],
  key_reused: ['The service has another letter under this number.', sendAgain],
  key_void: ['Its confirmation is no longer good.', sendAgain],
  other: ['The service did not take it.', sendAgain]
}

const otherwise: readonly [string, string] = ['', '']
const lookUp = <T>(list: Readonly<Record<string, T>>, reason: string | null, whenUnknown: T): T => list[reasonKey(reason)] ?? whenUnknown

type Place = { readonly line: LineState; readonly sense: DateSense }
type Say = (letter: NextLetter, place: Place) => NextStep
const next = (sentence: string, why = ''): NextStep => ({ why, next: sentence })

const present = (sense: DateSense): number => sense.now ?? Date.now()

/** After a day without an answer (reliability.md §5): what Epistle does, what cannot happen, and what a person can do. */
const stillTrying =
  'The service has not answered for more than a day. Epistle goes on asking by itself; it cannot go twice, and its stamps stay set aside. If the internet works on this PC, tell your coordinator. Please do not write it again.'

const steps: { readonly [S in LetterState]: Say } = {
  queued: ({ stateSince }, { line, sense }) => {
    if (line === 'online') return next('It goes by itself in a moment.')
    const byItself = 'It goes by itself, once, when the line is back. You can take it back until then.'
    return next(isStillTrying(stateSince, present(sense)) ? `This PC has not reached the service for more than a day: look whether the internet works here. ${byItself}` : byItself)
  },
  sending: ({ asking, stateSince }, { line, sense }) => {
    if (isStillTrying(stateSince, present(sense))) return next(stillTrying)
    if (!asking) return next('Epistle is handing it to the service. It cannot go twice.')
    if (line === 'offline') return next('The line broke off while it was going. When it is back, Epistle asks the service whether it has this letter. It cannot go twice.')
    return next('Epistle is asking the service whether it has this letter. It cannot go twice.')
  },
  submitted: ({ expected }, { sense }) => next(together('The service has it and gives it to the facility.', usually('It is usually let through', expected, sense))),
  screening: ({ expected }, { sense }) => next(together('The facility is reading it.', usually('It is usually let through', expected, sense))),
  held: ({ expected, reason }, { sense }) =>
    next(
      together(`Somebody at the facility looks at ${ofPhotos({ reason }) ? 'its photos first' : 'it'}.`, usually('The facility usually answers', expected, sense)),
      reason === null ? '' : lookUp(rejected, reason, '')
    ),
  approved: ({ expected, reason }, { sense }) => next(together(reasonKey(reason) === 'photo_removed' ? photoTakenOut : 'The facility let it through.', usually('It usually arrives', expected, sense))),
  delivered: ({ answersByPost }) =>
    next(answersByPost ? 'It has arrived. If an answer comes, it comes on paper, to your street address.' : 'It has arrived. If an answer comes, it is in your Inbox.'),
  replied: () => next('The answer is in your Inbox.'),
  rejected: ({ reason }) => next(aboutPhoto.includes(reasonKey(reason)) ? leavePhotoOut : rewrite, lookUp(rejected, reason, '')),
  undeliverable: ({ reason }) => {
    const [why, what] = lookUp(undeliverable, reason, ['It could not be given to the person.', 'Ask the facility, then press What to do. Your words are kept here.'] as const)
    return next(what, why)
  },
  refused: ({ reason }) => {
    const [why, what] = lookUp(refused, reason, refused['other'] ?? otherwise)
    return next(what, why)
  },
  cancelled: () => next('You took it back before it left. Its words are a draft again, and its stamps are free.')
}

/** @param line the line as the core sees it; @param sense for tests: the present and the time zone */
export const nextStep = (letter: NextLetter, line: LineState, sense: DateSense = {}): NextStep => steps[letter.state](letter, { line, sense })

/** Where the next step is worth a line in a long list, in a few words; empty where the state says enough. */
export const nextInShort = (letter: NextLetter, line: LineState, sense: DateSense = {}): string => {
  switch (letter.state) {
    case 'queued':
      return line === 'online' ? 'Goes by itself in a moment.' : 'Goes by itself when the line is back.'
    case 'sending':
      return letter.asking || isStillTrying(letter.stateSince, present(sense)) ? 'Epistle goes on asking; it cannot go twice.' : ''
    case 'held':
      if (letter.expected === null) return `Somebody at the facility looks at ${ofPhotos(letter) ? 'its photos' : 'it'}.`
      if (present(sense) > letter.expected.by) return 'Takes longer than usual; you need not do anything.'
      return `${ofPhotos(letter) ? 'Somebody looks at its photos; usually' : 'Usually'} answered ${byWords(letter.expected, sense)}.`
    case 'rejected':
    case 'undeliverable':
      return 'Your words are kept: open it to see what you can do.'
    case 'refused':
      return 'Nothing was used: open Outbox to change it and send it again.'
    case 'submitted':
    case 'screening':
    case 'approved':
    case 'delivered':
    case 'replied':
    case 'cancelled':
      return ''
  }
}

/** Something is still to come, or something is to be done: worth a second line in a list. */
export const isUnderWay = (state: LetterState): boolean => !['delivered', 'replied', 'cancelled'].includes(state)
