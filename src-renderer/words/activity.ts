/**
 * One sentence for every line of the activity log, as one would tell it across the table. The list is closed: an event
 * without a sentence does not compile. Names come from people and from other places, so they are set apart in the sentence.
 */
import { activityEvents } from '@contract/activity'
import type { ActivityEvent } from '@contract/activity'
import type { ActivityEntry, ActivityKind } from '@contract/views'
import { formatCents } from '@rules/money'
import { dayAndTime, fullDate } from './dates'
import type { DateSense } from './dates'
import { nameInSentence } from './names'
import { counted } from './plural'
import { reasonWords } from './states'

type Details = ActivityEntry['details']
type Say = (details: Details, sense: DateSense) => string

const text = (details: Details, key: string): string => {
  const value = details[key]
  return value === undefined || value === '' ? '' : nameInSentence(String(value))
}
const named = (details: Details, otherwise = 'somebody', key = 'name'): string => text(details, key) || otherwise
const number = (details: Details, key: string): number | null => {
  const value = details[key]
  return typeof value === 'number' ? value : null
}
const said = (details: Details, key: string): boolean => details[key] === 'yes'

/** " on Office PC", where it is known. */
const onDevice = (details: Details): string => {
  const device = text(details, 'device')
  return device === '' ? '' : ` on ${device}`
}
/** What somebody else did to this account begins with who it was. */
const by = (details: Details, theirs: (who: string) => string, own: string): string => {
  const who = text(details, 'by')
  return who === '' ? own : theirs(who)
}

const methods: Readonly<Record<string, string>> = {
  totp: 'a code from the app',
  email: 'a code by e-mail',
  text: 'a code by text message',
  printed: 'a printed code'
}
const methodOf = (details: Details): string => methods[String(details['method'] ?? '')] ?? ''

const secondStep =
  (words: string): Say =>
  (details) => {
    const method = methodOf(details)
    return method === '' ? `${words}.` : `${words}, with ${method}.`
  }

const terms: Say = (details) => {
  const version = String(details['version'] ?? '')
  const messaging = details['document'] === 'emessaging' || version.startsWith('eMessaging')
  return `You accepted ${messaging ? 'the eMessaging terms' : 'the Terms and Conditions'}${version === '' ? '' : `, version ${version.replace('eMessaging ', '')}`}.`
}

/** Two writers, two ways to say it: this PC's own line, and the service's. */
const role: Say = (details) => {
  const made = said(details, 'coordinator') || details['role'] === 'coordinator'
  return by(
    details,
    (who) => (made ? `${who} made you a coordinator.` : `${who} ended your role as a coordinator.`),
    made ? `You made ${named(details)} a coordinator.` : `You ended the role of ${named(details)} as a coordinator.`
  )
}

const bought: Say = (details) => {
  const stamps = number(details, 'stamps')
  const cents = number(details, 'cents')
  const wallet = text(details, 'wallet')
  const price = cents === null ? '' : ` for ${formatCents(cents)}`
  const what = stamps === null ? 'Stamps' : counted(stamps, 'stamp')
  return `${what}${wallet === '' ? '' : ` to use in ${wallet}`} ${stamps === 1 ? 'was' : 'were'} bought${price}.`
}

const locked: Say = (details) => {
  const minutes = number(details, 'minutes')
  return minutes === null
    ? 'Your account was locked after three wrong tries.'
    : `Your account was locked for ${counted(minutes, 'minute')} after three wrong tries.`
}

const failed: Say = (details) =>
  details['way'] === undefined ? `Somebody tried to sign in with a wrong password${onDevice(details)}.` : 'Somebody tried to choose a new password for this account, without success.'

const reported: Say = (details, sense) => {
  const event = String(details['event'] ?? '')
  const at = number(details, 'at')
  const what = isActivityEvent(event) ? nouns[event] : undefined
  const when = at === null ? '' : ` of ${fullDate(at, sense)}`
  return what === undefined ? 'You reported: "This was not me".' : `You reported: "This was not me" about ${what}${when}.`
}

/** What can be reported, in three words. */
const nouns: { readonly [E in ActivityEvent]?: string } = {
  signedIn: 'a sign-in',
  signedInOffline: 'a sign-in',
  signInFailed: 'a wrong password',
  secondStepPassed: 'a second step',
  passwordChanged: 'a change of the password',
  passwordReset: 'a reset of the password',
  letterConfirmed: 'a letter',
  stampsBought: 'a purchase'
}

/** What may be answered with "This was not me" does not begin with "You". */
const words: { readonly [E in ActivityEvent]: string | Say } = {
  accountCreated: (details) => by(details, (who) => `${who} made this account for you.`, 'This account was created.'),
  signedIn: (details) => `Signed in${onDevice(details) || ' on this PC'}.`,
  signedInOffline: 'Signed in on this PC while the service could not be reached.',
  signInFailed: failed,
  accountLocked: locked,
  accountUnlocked: (details) => by(details, (who) => `${who} unlocked your account.`, 'Your account was unlocked.'),
  signedOut: 'You signed out.',
  handedOver: 'You handed the desk over to the next volunteer.',
  screenLocked: 'The screen was locked.',
  screenUnlocked: 'The screen was unlocked with your passcode.',
  passcodeRefused: 'Somebody typed a wrong passcode on the locked screen.',
  signedOutIdle: 'You were signed out because nobody was at the desk for a while.',
  secondStepPassed: secondStep('The second step was passed'),
  secondStepFailed: (details) => {
    const method = methodOf(details)
    return method === '' ? 'A wrong code was typed at the second step.' : `A wrong code was typed at the second step (${method}).`
  },
  deviceRemembered: (details) => `${named(details, 'This PC', 'device')} is remembered: no second step is asked for there for a while.`,
  deviceSignedOut: (details) => `You signed out ${named(details, 'a device', 'device')}.`,
  passwordChanged: 'Your password was changed.',
  passwordReset: 'A new password was chosen with the code from the e-mail.',
  questionsChanged: 'You changed your security questions.',
  passcodeChanged: 'You changed your passcode.',
  profileChanged: 'You changed your name, address or phone number.',
  secondStepOn: secondStep('You switched the second step on'),
  secondStepOff: 'The second step was switched off.',
  printedCodesMade: (details) => `You made ${counted(number(details, 'count') ?? 10, 'new printed code')}; the earlier ones no longer work.`,
  recoveryCodeMade: 'You made a new recovery code to print; an earlier one no longer works.',
  mailboxOpenedByRecovery: 'Your letters were opened with the recovery code or an earlier password.',
  mailboxEncrypted: 'Your letters on this PC were encrypted.',
  termsAccepted: terms,
  reportedNotMe: reported,
  resetByCoordinator: (details) => `${named(details, 'A coordinator', 'by')} reset your password and gave you a one-use code.`,
  escrowChanged: (details) =>
    said(details, 'on')
      ? 'From now on the coordinator can open these letters when the password is lost.'
      : 'From now on the coordinator cannot open these letters.',
  policyChanged: (details) => by(details, (who) => `${who} changed the rules for passwords.`, 'You changed the rules for passwords.'),
  personCreated: (details) => `You made an account for ${named(details)}.`,
  personDisabled: (details) => by(details, (who) => `${who} switched your account off.`, `You switched the account of ${named(details)} off.`),
  personEnabled: (details) => by(details, (who) => `${who} switched your account on again.`, `You switched the account of ${named(details)} on again.`),
  personUnlocked: (details) => `You unlocked the account of ${named(details)}.`,
  personReset: (details) => `You reset the password of ${named(details)} and handed out a one-use code.`,
  roleChanged: role,
  contactAdded: (details) => `You added ${named(details)} to your contacts.`,
  contactRemoved: (details) => `You removed ${named(details)} from your contacts.`,
  letterConfirmed: (details) => {
    const stamps = number(details, 'stamps')
    return `A letter to ${named(details)} was confirmed${stamps === null ? '' : ` (${counted(stamps, 'stamp')})`}.`
  },
  letterTakenBack: (details) => `You took a letter to ${named(details)} back.`,
  letterRefused: (details) => {
    const why = reasonWords(typeof details['reason'] === 'string' ? details['reason'] : null)
    return `The service did not take a letter to ${named(details)}${why === '' ? '' : `: ${why}`}.`
  },
  stampsBought: bought,
  cardDeclined: (details) => {
    const last4 = text(details, 'last4')
    return `A card${last4 === '' ? '' : ` ending in ${last4}`} was declined. Nothing was charged.`
  },
  sendingStopped: 'Sending stopped: something in the records of letters and stamps did not add up. Nothing was sent or bought after that.',
  stampsUsedElsewhere: (details) =>
    `${counted(number(details, 'stamps') ?? 0, 'stamp')} went to a letter that is not on this PC: sent from another PC, or after the copy that was brought back here.`,
  stampsBoughtElsewhere: (details) =>
    `${counted(number(details, 'stamps') ?? 0, 'stamp')} came from a purchase that is not on this PC: made on another PC, or after the copy that was brought back here.`,
  stampsAdjusted: (details) => {
    const stamps = number(details, 'stamps') ?? 0
    return `This PC counted ${counted(Math.abs(stamps), 'stamp')} too ${stamps < 0 ? 'many' : 'few'}. It now shows what the service has.`
  },
  activityExported: 'You exported this activity.',
  lettersExported: (details) => `You exported ${counted(number(details, 'count') ?? 0, 'letter')} into a file.`,
  mailboxRestored: (details, sense) => {
    const madeAt = number(details, 'madeAt')
    return madeAt === null ? 'You went back to an earlier copy of your letters.' : `You went back to the copy of your letters from ${dayAndTime(madeAt, sense)}.`
  },
  mailboxSalvaged: (details) => `What could still be read in the damaged file was brought back: ${counted(number(details, 'letters') ?? 0, 'letter')}, ${counted(number(details, 'drafts') ?? 0, 'draft')}.`,
  lastChangeLost: 'Epistle was interrupted while it saved. The last change before that, a second of typing at most, may be missing.',
  mailboxFoundDamaged: 'The file with your letters was found damaged. It was kept.',
  lettersPrinted: (details) => `You printed ${counted(number(details, 'count') ?? 0, 'letter')}.`,
  lettersImported: (details) => `You brought in ${counted(number(details, 'count') ?? 0, 'message')} from an older archive.`,
  importRemoved: (details) => `You took ${counted(number(details, 'count') ?? 0, 'imported message')} out again.`
}

export const isActivityEvent = (event: string): event is ActivityEvent => Object.hasOwn(activityEvents, event)

export const activityWords = (entry: Pick<ActivityEntry, 'event' | 'details'>, sense: DateSense = {}): string => {
  if (!isActivityEvent(entry.event)) return 'Something was noted that this version of Epistle has no words for.'
  const sentence = words[entry.event]
  return typeof sentence === 'string' ? sentence : sentence(entry.details, sense)
}

/** Lines worth a second look. */
const alarming: readonly ActivityEvent[] = ['mailboxFoundDamaged', 'lastChangeLost', 'signInFailed', 'accountLocked', 'passcodeRefused', 'secondStepFailed', 'reportedNotMe', 'cardDeclined', 'letterRefused', 'stampsAdjusted', 'sendingStopped']

export const needsALook = (event: string): boolean => alarming.some((one) => one === event)

export const activityKindWords: { readonly [K in ActivityKind | 'all']: string } = {
  all: 'Everything',
  signIn: 'Signing in',
  security: 'Security',
  letters: 'Letters and contacts',
  stamps: 'Stamps',
  coordinator: 'Coordinator'
}
