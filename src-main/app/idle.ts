import type { Clock, Timers } from './ports'

/** Lock after five minutes, sign out after thirty, at the latest after twelve hours (reliability.md §4, Sessions; NIST AAL2). */
const lockAfterMs = 5 * 60_000
const signOutAfterMs = 30 * 60_000
const longestVisitMs = 12 * 3_600_000
/** Both are announced this long before, and a word extends them (WCAG 2.2.1). */
const warningMs = 60_000

export type Idle = {
  /** Somebody is there. */
  readonly stay: () => void
  readonly stop: () => void
}

/**
 * Watches over a desk that nobody moves at. Counts intervals, never the wall clock.
 * @param warn tells what will happen and when (ms UTC, for showing only)
 */
export const watchIdle = (options: {
  readonly timers: Timers
  readonly clock: Clock
  readonly warn: (what: 'lock' | 'signOut', at: number) => void
  readonly lock: () => void
  readonly signOut: () => void
}): Idle => {
  const { timers, clock, warn } = options
  let cancels: (() => void)[] = []
  const cancelAll = (): void => {
    cancels.forEach((cancel) => cancel())
    cancels = []
  }
  const stay = (): void => {
    cancelAll()
    cancels = [
      timers.after(lockAfterMs - warningMs, () => warn('lock', clock.now() + warningMs)),
      timers.after(lockAfterMs, options.lock),
      timers.after(signOutAfterMs - warningMs, () => warn('signOut', clock.now() + warningMs)),
      timers.after(signOutAfterMs, options.signOut)
    ]
  }
  const cancelLongest = timers.after(longestVisitMs, options.signOut)
  stay()
  return {
    stay,
    stop: () => {
      cancelAll()
      cancelLongest()
    }
  }
}
