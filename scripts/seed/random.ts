/** Chance that repeats for a seed: a small generator is enough for letters nobody has to guess. */
export type Dice = { readonly number: () => number; readonly upTo: (count: number) => number; readonly pick: <T>(from: readonly T[]) => T; readonly hex: (digits: number) => string }

/** @param seed any text; the same text gives the same numbers (mulberry32) */
export const createDice = (seed: string): Dice => {
  let state = [...seed].reduce((sum, sign) => (Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0), 0x811c9dc5)
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (count: number): number => Math.floor(number() * count)
  const pick = <T>(from: readonly T[]): T => {
    const found = from[upTo(from.length)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
  return { number, upTo, pick, hex: (digits) => Array.from({ length: digits }, () => upTo(16).toString(16)).join('') }
}
