import { addDelay, addWorkingDays } from '../../rules/working-days'
import type { WireFacility } from '../directory/facilities'
import { createPrng, type Prng } from '../prng'

const minute = 60_000
const day = 24 * 60 * minute

/** The dice of one step of one letter: the same whenever, and in whatever company, the step is taken. */
export const diceFor = (seed: number, key: string, step: string): Prng => createPrng(seed, 'letter', key, step)

/** @returns when screening takes a letter up: one to three minutes after it came */
export const firstStepAt = (seed: number, key: string, submittedAt: number): number => submittedAt + diceFor(seed, key, 'first').between(60, 180) * 1_000

/** @returns when a letter that somebody has to look at is held: two to ten minutes after it was taken up */
export const heldAt = (seed: number, key: string, at: number): number => at + diceFor(seed, key, 'hold').between(120, 600) * 1_000

/** @returns when a letter nobody objects to is let through: the facility's delay after it was sent, more for Spanish where that is so */
export const approvedAt = (delay: WireFacility['delay'], submittedAt: number, extraDays: number, at: number): number =>
  Math.max(addDelay(submittedAt, { hours: delay.hours + extraDays * 24, workingDays: delay.workingDays }), at + minute)

/** @returns when a person has looked at a held letter: after one to `most` working days, and never before its delay is over */
export const reviewedAt = (seed: number, key: string, most: number, delay: WireFacility['delay'], submittedAt: number, at: number): number =>
  Math.max(addWorkingDays(at, diceFor(seed, key, 'review').between(1, most)), addDelay(submittedAt, delay))

/** @returns when an approved letter reaches the person: two to thirty minutes on a screen */
export const deliveredAt = (seed: number, key: string, at: number): number => at + diceFor(seed, key, 'deliver').between(2, 30) * minute

/**
 * Whether and when an answer comes: 1 to 6 days after delivery, half of the time, nine times in ten when it was paid for ahead.
 * @returns null when none comes
 */
export const repliedAt = (seed: number, key: string, prepaid: boolean, at: number): number | null => {
  const dice = diceFor(seed, key, 'reply')
  return dice.chance(prepaid ? 0.9 : 0.5) ? at + dice.between(day / minute, (6 * day) / minute) * minute : null
}
