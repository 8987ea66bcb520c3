/** Chance that repeats: the same seed gives the same numbers (mulberry32). */
export const seededNumbers = (seed: number) => {
  let state = seed >>> 0
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(number() * limit)
  return {
    /** From 0 to 1, 1 excluded. */
    number,
    below,
    /** @throws when there is nothing to pick from */
    pick: <T>(from: readonly T[]): T => {
      const found = from[below(from.length)]
      if (from.length === 0) throw new Error('nothing to pick from')
      return found as T
    },
    letters: (count: number): string => Array.from({ length: count }, () => String.fromCharCode(97 + below(26))).join('')
  }
}

export type SeededNumbers = ReturnType<typeof seededNumbers>
