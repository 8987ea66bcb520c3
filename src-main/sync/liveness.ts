import type { Timers, Uptime } from '../app/ports'
import { longestDelayMs } from '../rules/backoff'

/** Between two looks: long enough for the longest rest and a round of the line after it. */
const lookMs = 20 * 60_000

export type WaitingTry = { readonly deliveryId: string; readonly attempts: number }

export type LivenessOptions = {
  readonly uptime: Uptime
  readonly timers: Timers
  /** Every letter that waits, and how often it was tried. */
  readonly waiting: () => readonly WaitingTry[]
  /** A letter waits and nothing will ever send it. */
  readonly stuck: () => void
}

export type Liveness = {
  /** The line takes a step: it asks for news, or a letter was tried. */
  readonly step: () => void
  /** Everything that was due when this round began to send has been tried. @param began in the app's own time, ms */
  readonly allTried: (began: number) => void
  readonly stop: () => void
}

/**
 * I18 beside the work: nothing waits for ever. A bad line may keep a letter for weeks, and that breaks nothing; two things do. The line takes
 * no step any more while a letter waits, from one look to the next and the one after. Or it has tried everything that was due, longer after a look
 * than any letter rests, and one that waited at that look was not among it.
 */
export const watchLiveness = ({ uptime, timers, waiting, stuck }: LivenessOptions): Liveness => {
  let seen: ReadonlyMap<string, number> = new Map()
  let seenAt = uptime()
  let stepsSince = 0
  let looksWithoutStep = 0
  let triedAll = false
  let cancel: () => void = () => undefined

  const look = (): void => {
    const now = waiting()
    const passedOver = now.some(({ deliveryId, attempts }) => seen.get(deliveryId) === attempts)
    // One look without a step is what a PC sees that has just woken from its sleep.
    looksWithoutStep = stepsSince === 0 ? looksWithoutStep + 1 : 0
    if (passedOver && (triedAll || looksWithoutStep > 1)) return stuck()
    seen = new Map(now.map(({ deliveryId, attempts }) => [deliveryId, attempts]))
    seenAt = uptime()
    stepsSince = 0
    triedAll = false
    cancel = timers.after(lookMs, look)
  }
  cancel = timers.after(lookMs, look)

  return {
    step: () => {
      stepsSince += 1
    },
    allTried: (began) => {
      triedAll ||= began - seenAt > longestDelayMs
    },
    stop: () => cancel()
  }
}
