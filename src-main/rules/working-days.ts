const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/**
 * Whether a moment falls on Monday to Friday, UTC. Holidays are not known: facilities differ and this is a simulation.
 * @param epochMs milliseconds UTC
 */
export const isWorkingDay = (epochMs: number): boolean => {
  const day = new Date(epochMs).getUTCDay()
  return day !== 0 && day !== 6
}

/**
 * A moment some working hours later. The clock stands still from Saturday 00:00 to Monday 00:00 UTC; a weekend start counts
 * from Monday 00:00, and an end that would fall on Saturday 00:00 is Monday 00:00.
 * @param epochMs milliseconds UTC; @param hours zero or more, fractions allowed
 * @returns milliseconds UTC, always on a working day
 * Source: domain.md, Messages (working days only where the facility says so).
 */
export const addWorkingHours = (epochMs: number, hours: number): number => {
  let at = startOfWork(epochMs)
  let left = Math.max(0, hours) * hourMs
  const weeks = Math.floor(left / (5 * dayMs))
  at += weeks * 7 * dayMs
  left -= weeks * 5 * dayMs
  while (left > 0) {
    const step = Math.min(left, startOfNextDay(at) - at)
    at = startOfWork(at + step)
    left -= step
  }
  return at
}

/**
 * A moment some working days later, at the same time of day: Friday 10:00 and one day is Monday 10:00.
 * @param epochMs milliseconds UTC; @param days zero or more
 * @returns milliseconds UTC, always on a working day
 * Source: domain.md, Messages.
 */
export const addWorkingDays = (epochMs: number, days: number): number => addWorkingHours(epochMs, days * 24)

/**
 * When a facility has finished with something that arrived now.
 * @param delay the facility's `delay`: hours, and whether only working days count
 * @returns milliseconds UTC
 */
export const addDelay = (epochMs: number, delay: { readonly hours: number; readonly workingDays: boolean }): number =>
  delay.workingDays ? addWorkingHours(epochMs, delay.hours) : epochMs + Math.max(0, delay.hours) * hourMs

const startOfNextDay = (epochMs: number): number => (Math.floor(epochMs / dayMs) + 1) * dayMs

const startOfWork = (epochMs: number): number => {
  let at = epochMs
  while (!isWorkingDay(at)) at = startOfNextDay(at)
  return at
}
