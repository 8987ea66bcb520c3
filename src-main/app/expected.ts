import type { Expected } from '../contract/correspondence'
import type { LetterEvent, LetterState } from '../contract/views'
import { expectedRange } from '../rules/expected-date'
import { isSpanish } from '../rules/language'
import type { Mailbox } from '../storage/mailbox'

type OnItsWay = {
  readonly facilityId: string
  readonly body: string
  readonly state: LetterState
  readonly since: number
  readonly confirmedAt: number
  readonly history: readonly LetterEvent[]
}

/** When the service took a letter, on the service's clock; null while it waits here. */
export const takenAt = (history: readonly LetterEvent[]): number | null => history.find(({ state }) => state === 'submitted')?.at ?? null

/** By when a letter should arrive; null where nothing is expected, or where the facility's rules are not known. */
export const expectedFor = (mailbox: Mailbox, letter: OnItsWay): Expected | null => {
  const facility = mailbox.facilities.get(letter.facilityId)
  if (facility === null) return null
  // Only where it makes a difference is a letter read.
  const spanish = (facility.spanishExtraDays ?? 0) > 0 && isSpanish(letter.body)
  return expectedRange(facility, { state: letter.state, since: letter.since, takenAt: takenAt(letter.history) ?? letter.confirmedAt, spanish })
}
