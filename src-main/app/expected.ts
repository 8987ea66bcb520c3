import type { Expected } from '../contract/correspondence'
import type { FacilityRules } from '../contract/facility'
import type { LetterEvent, LetterState } from '../contract/views'
import { expectedRange } from '../rules/expected-date'
import { isSpanish } from '../rules/language'

type OnItsWay = {
  readonly state: LetterState
  readonly since: number
  /** When the service took it, on the service's clock. */
  readonly takenAt: number
  readonly photos: boolean
  /** Its words: only where they make a difference is a letter read. */
  readonly body: () => string
}

/** When the service took a letter, on the service's clock; null while it waits here. */
export const takenAt = (history: readonly LetterEvent[]): number | null => history.find(({ state }) => state === 'submitted')?.at ?? null

/** By when a letter should arrive; null where nothing is expected, or where the facility's rules are not known. */
export const expectedFor = (facility: FacilityRules | null, letter: OnItsWay): Expected | null => {
  if (facility === null) return null
  const spanish = (facility.spanishExtraDays ?? 0) > 0 && isSpanish(letter.body())
  return expectedRange(facility, { state: letter.state, since: letter.since, takenAt: letter.takenAt, spanish, photos: letter.photos })
}
