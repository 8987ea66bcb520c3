/** What is said about a conversation: by when a letter should arrive, how late it is and what to do, what was moved or mended. */
import type { FirstLetter, LateStep } from '@contract/correspondence'
import { longDate, shortDate, weekday, type DateSense } from './dates'
import { counted } from './plural'

/** "Thursday 3 December"; another year is named. */
export const dayInWords = (ms: number, sense: DateSense = {}): string => {
  const year = String(new Date(sense.now ?? Date.now()).getFullYear())
  return `${weekday(ms, sense)} ${longDate(ms, sense).replace(new RegExp(` ${year}$`), '')}`
}

/** "Expected by Thursday 3 December" */
export const arrivalWords = (expected: { readonly by: number }, late: boolean, sense: DateSense = {}): string =>
  late ? `Was expected by ${dayInWords(expected.by, sense)}` : `Expected by ${dayInWords(expected.by, sense)}`

/** "2 working days late" */
export const lateWords = (workingDays: number): string => `${counted(workingDays, 'working day')} late`

const steps: { readonly [S in LateStep]: { readonly title: string; readonly text: string } } = {
  wait: { title: 'Wait a little', text: 'Reviews often take a day or two longer. Nothing needs to be done yet.' },
  ask: { title: 'Ask the facility', text: 'Call or write to its mailroom, with the receipt number at hand, and ask where the letter is.' },
  appeal: { title: 'Write a letter of appeal', text: 'It has been long. A letter of appeal asks the facility to look into it; one is ready to be read over and printed.' }
}

export const lateStepWords = (step: LateStep): { readonly title: string; readonly text: string } => steps[step]

/** "Moved to River Federal, 3 May" */
export const movedWords = (facilityName: string, at: number, sense: DateSense = {}): string => `Moved to ${facilityName}, ${shortDate(at, sense)}`

/** "Brought in from old.mbox on 3 March 2026." */
export const broughtInWords = ({ fileName, broughtInAt }: { readonly fileName: string; readonly broughtInAt: number }, sense: DateSense = {}): string =>
  `Brought in from ${fileName} on ${longDate(broughtInAt, sense)}.`

/** "Appeal written on 3 May" */
export const appealWrittenWords = (at: number, sense: DateSense = {}): string => `Appeal written on ${shortDate(at, sense)}`

const first: { readonly [F in FirstLetter]: string } = {
  cameBack: 'This is a new letter. The first one did not arrive; what it cost is not given back.',
  mayArrive: 'This is a new letter. The first one may still arrive, or may have arrived already: then both are there.',
  arrived: 'This is a new letter. The first one has arrived: then both are there.'
}

/** Said once more before a letter is sent instead of an earlier one. */
export const firstLetterWords = (state: FirstLetter): string => first[state]

/** "Prayed for 3 times, last today" comes in two halves: how often, and when last. */
export const prayedWords = (times: number): string => (times === 0 ? 'Not prayed for yet' : times === 1 ? 'Prayed for once' : `Prayed for ${counted(times, 'time')}`)
