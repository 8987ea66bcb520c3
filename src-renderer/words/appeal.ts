/** A letter of appeal that is ready to be read over: the facility, the person, the letter, the reason, what is asked. */
import type { Letter } from '@contract/views'
import { longDate, type DateSense } from './dates'
import { reasonWords } from './states'

export type AppealFacts = {
  readonly letter: Pick<Letter, 'contactName' | 'number' | 'facilityName' | 'subject' | 'confirmedAt' | 'receiptNumber' | 'state' | 'stateSince' | 'reason'>
  /** Who writes, and how to reach them. */
  readonly author: { readonly name: string; readonly email: string }
  readonly today: number
  /** By when it was expected, for a letter of which nothing is heard. */
  readonly expectedBy: number | null
}

const whatHappened = ({ letter, expectedBy }: AppealFacts, sense: DateSense): string => {
  const day = longDate(letter.stateSince, sense)
  const reason = reasonWords(letter.reason)
  if (letter.state === 'rejected') return `On ${day} I was told that it would not be delivered. ${reason === '' ? 'No reason was given.' : `The reason given was: ${reason}.`}`
  if (letter.state === 'undeliverable') return `On ${day} it came back. ${reason === '' ? 'No reason was given.' : `I was told: ${reason}.`}`
  if (expectedBy !== null) return `By your own rules it should have arrived by ${longDate(expectedBy, sense)}. I have had no word of it since.`
  return 'I have had no word of it since.'
}

const whatIsAsked = ({ letter }: AppealFacts): string =>
  letter.state === 'rejected'
    ? 'I kindly ask you to look at this decision once more. If a part of the letter goes against a rule of your facility, please tell me which part and which rule, so that I can keep to it in the future.'
    : letter.state === 'undeliverable'
      ? 'I kindly ask you to check this once more and, if you may, to tell me how I can reach this person now.'
      : 'I kindly ask you to find out where the letter is and to let me know what became of it.'

/** @param sense for tests: the present and the time zone */
export const appealText = (facts: AppealFacts, sense: DateSense = {}): string => {
  const { letter, author, today } = facts
  return [
    longDate(today, sense),
    '',
    'To the warden and the mailroom',
    letter.facilityName,
    '',
    `About a letter to ${letter.contactName}, number ${letter.number}`,
    '',
    'Dear Sir or Madam,',
    '',
    `on ${longDate(letter.confirmedAt, sense)} I sent a letter to ${letter.contactName} (${letter.number}) through eMessaging${letter.receiptNumber === null ? '' : `, receipt ${letter.receiptNumber}`}. Its subject was “${letter.subject}”.`,
    '',
    whatHappened(facts, sense),
    '',
    whatIsAsked(facts),
    '',
    'Thank you for your time and for your work.',
    '',
    'Respectfully,',
    '',
    author.name,
    author.email
  ].join('\n')
}
