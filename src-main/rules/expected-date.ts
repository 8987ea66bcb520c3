import type { LateStep } from '../contract/correspondence'
import type { FacilityRules } from '../contract/facility'
import type { LetterState } from '../contract/views'
import { reviewDays } from './review'
import { addDelay, addWorkingDays, isWorkingDay } from './working-days'

const dayMs = 24 * 60 * 60 * 1000
const minuteMs = 60_000

/** The longest a letter takes from approval to the person's screen (resources/service/README.md, Screening). */
const handingOverMs = 30 * minuteMs

export type OnItsWay = {
  readonly state: LetterState
  /** When it entered that state, and when the service took it; milliseconds UTC. */
  readonly since: number
  readonly takenAt: number
  /** Written in Spanish, which some facilities review later. */
  readonly spanish: boolean
  /** Photos go with it. */
  readonly photos: boolean
}

type Rules = Pick<FacilityRules, 'delay' | 'spanishExtraDays' | 'holdPhotosWorkingDays'>

/**
 * When a letter on its way should have reached the person: from the day its facility lets an unflagged letter through, to
 * the day it should be there even if somebody has to look at it first.
 * @returns null where nothing is expected: it waits here, it arrived, or it came back
 * Source: domain.md, Messages and Simulated facilities (delays, holds, working days where the facility says so).
 */
export const expectedRange = (facility: Rules, letter: OnItsWay): { readonly from: number; readonly by: number } | null => {
  const extra = letter.spanish ? (facility.spanishExtraDays ?? 0) * 24 : 0
  const passed = addDelay(letter.takenAt, { hours: facility.delay.hours + extra, workingDays: facility.delay.workingDays })
  const review = reviewDays(facility, letter.photos)
  switch (letter.state) {
    case 'submitted':
    case 'screening':
      return { from: passed, by: Math.max(passed, addWorkingDays(letter.takenAt, review)) + handingOverMs }
    case 'held':
      return { from: Math.max(passed, letter.since), by: Math.max(passed, addWorkingDays(letter.since, review)) + handingOverMs }
    case 'approved':
      return { from: letter.since, by: letter.since + handingOverMs }
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

const dayOf = (epochMs: number): number => Math.floor(epochMs / dayMs)

/**
 * Working days that have begun since the day a letter was expected by: 0 on that day and over the weekend after it.
 * @param by the last moment it was expected; @param now milliseconds UTC
 * Source: product.md (overdue alerts by working days).
 */
export const workingDaysLate = (by: number, now: number): number => {
  const days = dayOf(now) - dayOf(by)
  if (days <= 0) return 0
  // Whole weeks have five working days each; the rest is counted day by day.
  let late = Math.floor(days / 7) * 5
  for (let day = dayOf(now) - (days % 7) + 1; day <= dayOf(now); day += 1) if (isWorkingDay(day * dayMs)) late += 1
  return late
}

/**
 * What to do about a late letter: two working days of patience, then a question to the facility, after two weeks an appeal.
 * @returns null while it is not late
 */
export const lateStep = (days: number): LateStep | null => {
  if (days <= 0) return null
  if (days <= 2) return 'wait'
  return days < 10 ? 'ask' : 'appeal'
}
