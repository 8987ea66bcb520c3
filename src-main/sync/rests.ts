import type { Random, Uptime } from '../app/ports'
import { nextDelayMs } from '../rules/backoff'

/**
 * Which letters rest until their next try, in time that nobody can set: a clock put back a year makes no letter wait a year.
 * In memory only; after a restart everything is due at once, with its old key (start-up order, step 7).
 */
export const createRests = (uptime: Uptime, random: Random) => {
  const until = new Map<string, number>()
  return {
    /** @param attempts tries made so far @returns how long it rests, ms */
    rest: (deliveryId: string, attempts: number): number => {
      const ms = nextDelayMs(attempts, random.number())
      until.set(deliveryId, uptime() + ms)
      return ms
    },
    isResting: (deliveryId: string): boolean => (until.get(deliveryId) ?? 0) > uptime(),
    settled: (deliveryId: string): void => {
      until.delete(deliveryId)
    },
    wakeAll: (): void => until.clear(),
    /** @returns ms until the first one wakes, or null when none rests */
    next: (): number | null => (until.size === 0 ? null : Math.max(0, Math.min(...until.values()) - uptime()))
  }
}

export type Rests = ReturnType<typeof createRests>
