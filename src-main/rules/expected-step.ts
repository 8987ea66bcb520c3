import type { FacilityRules } from '../contract/facility'
import type { ExpectedStep, LetterState } from '../contract/views'
import { reviewDays } from './review'
import { addDelay, addWorkingDays } from './working-days'

const hourMs = 60 * 60 * 1000

type Delay = FacilityRules['delay']

/** The facility's delay as a person would say it: "1 hour", "5 days", "2 working days". An instant one is called an hour. */
const usualDelay = ({ hours, workingDays }: Delay): ExpectedStep['usual'] => {
  const days = Math.ceil(hours / 24)
  if (workingDays) return { count: Math.max(1, days), unit: 'workingDay' }
  return hours > 24 ? { count: days, unit: 'day' } : { count: Math.max(1, Math.ceil(hours)), unit: 'hour' }
}

/**
 * When the next step of a letter usually has happened, from its facility's own rules.
 * @param since when the letter entered this state, milliseconds UTC
 * @param facility its rules; null when they are not known
 * @param photos whether photos go with it
 * @returns null where nothing more is to come, or nobody can say when (an answer, the line)
 * Source: domain.md, Messages and Simulated facilities (hold, working days only where the facility says so).
 */
export const expectedStep = (state: LetterState, since: number, facility: Pick<FacilityRules, 'delay' | 'holdPhotosWorkingDays'> | null, photos: boolean): ExpectedStep | null => {
  if (facility === null) return null
  const { delay } = facility
  switch (state) {
    case 'submitted':
    case 'screening':
      return { by: Math.max(addDelay(since, delay), since + hourMs), usual: usualDelay(delay) }
    case 'held': {
      const review = reviewDays(facility, photos)
      const reviewed = addWorkingDays(since, review)
      const waited = addDelay(since, delay)
      return waited > reviewed ? { by: waited, usual: usualDelay(delay) } : { by: reviewed, usual: { count: review, unit: 'workingDay' } }
    }
    case 'approved':
      // Printed letters are handed out on working days; a screen shows them within the hour.
      return delay.workingDays
        ? { by: addWorkingDays(since, 1), usual: { count: 1, unit: 'workingDay' } }
        : { by: since + hourMs, usual: { count: 1, unit: 'hour' } }
    case 'queued':
    case 'sending':
    case 'delivered':
    case 'replied':
    case 'rejected':
    case 'undeliverable':
    case 'refused':
    case 'cancelled':
      return null
  }
}
