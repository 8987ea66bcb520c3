/** Real time that runs faster: a wait of a second takes a sixtieth of one, in the order a real one would. */
import type { VirtualTime } from '../../support/virtual-time'

/** @param zero the real moment (ms) at which this time began, the same in every child of a profile; @param speed how many of its seconds make a real one */
export const createQuickTime = (zero: number, speed: number, start = Date.parse('2026-11-23T15:00:00Z')): VirtualTime => {
  const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  let slept = 0
  return {
    clock: { now: () => Math.floor(start + slept + (Date.now() - zero) * speed) },
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms / speed)
        return () => {
          clearTimeout(timer)
          return true
        }
      }
    },
    settle: () => rest(1),
    sleep: (ms) => {
      slept += ms
    },
    advance: (ms) => rest(ms / speed)
  }
}
