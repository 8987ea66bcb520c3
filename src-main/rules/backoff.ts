/** A letter still waiting after this long says so; trying never stops (reliability.md §5). Milliseconds. */
export const stillTryingAfterMs = 24 * 60 * 60 * 1000

/** @param since when the letter began to wait or to be tried; both in ms UTC */
export const isStillTrying = (since: number, now: number): boolean => now - since > stillTryingAfterMs

/** The longest rest between two tries, milliseconds. */
export const longestDelayMs = 15 * 60 * 1000

/**
 * How long to wait before the next try: 2^n seconds, at most 15 minutes, the later half of it left to chance so that
 * many PCs do not return at one moment.
 * @param attempts tries made so far
 * @param random01 a number from 0 up to 1
 * @returns milliseconds, a whole number from 500 to 900,000
 * Source: reliability.md §5 (2^n s, cap 15 min, jitter, no attempt limit).
 */
export const nextDelayMs = (attempts: number, random01: number): number => {
  const full = Math.min(longestDelayMs, 1000 * 2 ** Math.min(Math.max(0, Math.floor(attempts)), 20))
  const chance = Math.min(1, Math.max(0, random01))
  return Math.round(full / 2 + (full / 2) * chance)
}
