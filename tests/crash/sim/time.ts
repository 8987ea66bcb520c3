/** Time that stands still until somebody waits: a steady clock nobody can set, a wall clock anybody can, and timers in their order. */

import { Stopped } from './disk'

type Timer = { readonly at: number; readonly seq: number; readonly run: () => void }

/** The beginning of every simulated life. */
export const firstMoment = Date.parse('2026-11-23T15:00:00Z')

export const createSimTime = () => {
  let steady = 0
  let offset = firstMoment
  let seq = 0
  let timers: Timer[] = []
  /** Everything that does not wait for time goes on: in a simulation that is promises only, so one turn does it. */
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const fireNext = (until: number): boolean => {
    let first: Timer | undefined
    for (const timer of timers) if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.seq < first.seq)) first = timer
    if (first === undefined || first.at > until) return false
    timers = timers.filter((timer) => timer !== first)
    steady = Math.max(steady, first.at)
    try {
      first.run()
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    }
    return true
  }
  return {
    clock: { now: (): number => offset + steady },
    uptime: (): number => steady,
    /** Somebody sets the clock. */
    jump: (ms: number): void => {
      offset += ms
    },
    /** Timers of one life of the app; those of a dead one never run. */
    timersOf: (alive: () => boolean) => ({
      after: (ms: number, run: () => void): (() => void) => {
        const timer = { at: steady + Math.max(0, ms), seq: seq++, run: () => (alive() ? run() : undefined) }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      }
    }),
    forgetTimers: (): void => {
      timers = []
    },
    turn,
    /** Lets `ms` pass, as far as `goOn` allows. */
    advance: async (ms: number, goOn: () => boolean): Promise<void> => {
      const until = steady + ms
      for (;;) {
        await turn()
        if (!goOn()) return
        if (!fireNext(until)) break
      }
      steady = Math.max(steady, until)
      await turn()
    },
    /** Waits for a promise, letting as much time pass as it needs. @throws when nothing is left to wait for */
    waitFor: async <T>(promise: Promise<T>, goOn: () => boolean): Promise<T | null> => {
      let settled: { readonly value: T } | { readonly error: unknown } | null = null
      promise.then(
        (value) => {
          settled = { value }
        },
        (error: unknown) => {
          settled = { error }
        }
      )
      for (let turns = 0; ; turns += 1) {
        await turn()
        if (!goOn()) return null
        const now = settled as { readonly value: T } | { readonly error: unknown } | null
        if (now !== null) {
          if ('error' in now) throw now.error
          return now.value
        }
        if (turns > 20_000 || !fireNext(Infinity)) throw new Error('an answer never came')
      }
    }
  }
}

export type SimTime = ReturnType<typeof createSimTime>
