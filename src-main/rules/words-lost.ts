/** A text shorter than this is retyped in a minute: nobody is asked about it. */
const longWords = 200
const longCharacters = 1_200

/** What of an earlier text is not in a later one any more. */
export type Loss = { readonly words: number; readonly characters: number }

const wordsOf = (text: string): readonly string[] => text.match(/\S+/gu) ?? []

/** Words as a person counts them: what stands between spaces. */
export const countWords = (text: string): number => {
  let count = 0
  for (const _word of text.matchAll(/\S+/gu)) count += 1
  return count
}

/**
 * Whether losing most of a text is worth a question: more than 200 words or 1,200 characters.
 * Source: issue 4, Drafts ("a save that drops more than half of a long text").
 */
export const isLong = (text: string): boolean => text.length > longCharacters || countWords(text) > longWords

/** How much of both ends is the same: what typing, and changing one passage, leaves untouched. */
const sameAtTheEnds = (earlier: string, later: string): number => {
  const most = Math.min(earlier.length, later.length)
  let before = 0
  while (before < most && earlier[before] === later[before]) before += 1
  let after = 0
  while (after < most - before && earlier[earlier.length - 1 - after] === later[later.length - 1 - after]) after += 1
  return before + after
}

/** Words of the earlier text that are still there beside the same neighbour. Single words ("the", "and") are in every letter. */
const survivingWords = (earlier: readonly string[], later: readonly string[]): number => {
  const left = new Map<string, number>()
  for (let at = 1; at < later.length; at += 1) {
    const pair = `${later[at - 1]} ${later[at]}`
    left.set(pair, (left.get(pair) ?? 0) + 1)
  }
  let found = 0
  for (let at = 1; at < earlier.length; at += 1) {
    const pair = `${earlier[at - 1]} ${earlier[at]}`
    const count = left.get(pair) ?? 0
    if (count === 0) continue
    left.set(pair, count - 1)
    found += 1
  }
  return found === 0 ? 0 : found + 1
}

/**
 * What one save takes away from the text before it, where that is more than half of a long text: cut, deleted, or replaced
 * by other words (select all and paste), however long the new text is.
 * @returns null when at least half is still there, or the earlier text was short
 * Source: issue 4, Drafts.
 */
export const lossBetween = (earlier: string, later: string): Loss | null => {
  if (!isLong(earlier)) return null
  if (sameAtTheEnds(earlier, later) * 2 >= earlier.length) return null
  const before = wordsOf(earlier)
  const words = Math.max(0, before.length - survivingWords(before, wordsOf(later)))
  const characters = Math.max(0, earlier.length - later.length)
  return words * 2 > before.length || characters * 2 > earlier.length ? { words, characters } : null
}

/**
 * What is missing from the longest text of the last while, where that is more than half of it: a letter that was deleted
 * little by little, so that no single save took much.
 * @returns null when at least half of its length is still there, or that text was short
 * Source: issue 4, Drafts.
 */
export const shrinkBetween = (longest: string, later: string): Loss | null => {
  if (later.length * 2 >= longest.length || !isLong(longest)) return null
  return { words: Math.max(0, countWords(longest) - countWords(later)), characters: longest.length - later.length }
}
