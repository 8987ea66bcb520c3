import { diffWords } from 'diff'

/** A stretch of one of two texts. `folded`: words that are the same and far from any change. */
export type Piece = { readonly kind: 'same' | 'added' | 'removed' | 'folded'; readonly text: string }
export type Difference = { readonly pieces: readonly Piece[]; readonly added: number; readonly removed: number }

/** Longer than this, comparing word by word would keep the window from painting; then both texts are shown whole. */
const patienceMs = 300
/** What stays in sight around a change, in characters. */
const around = 160

const wordsIn = (text: string): number => (text.match(/\S+/gu) ?? []).length

/** Keeps a little before and after a change, cut between words. */
const fold = (text: string, isFirst: boolean, isLast: boolean): readonly Piece[] => {
  if (text.length <= 2 * around + 120) return [{ kind: 'same', text }]
  const headEnd = isFirst ? 0 : text.lastIndexOf(' ', around)
  const tailStart = isLast ? text.length : text.indexOf(' ', text.length - around)
  const head = headEnd < 0 ? text.slice(0, around) : text.slice(0, headEnd)
  const tail = tailStart < 0 ? text.slice(text.length - around) : text.slice(tailStart)
  const middle = text.slice(head.length, text.length - tail.length)
  return [
    ...(head === '' ? [] : [{ kind: 'same', text: head } as const]),
    { kind: 'folded', text: middle },
    ...(tail === '' ? [] : [{ kind: 'same', text: tail } as const])
  ]
}

/**
 * What is different between an earlier text and a later one, word by word; white space alone is no difference.
 * @returns the pieces in reading order, and how many words were added and taken out
 */
export const compareTexts = (earlier: string, later: string): Difference => {
  const changes = diffWords(earlier, later, { timeout: patienceMs }) ?? [
    { value: earlier, removed: true, added: false },
    { value: later, removed: false, added: true }
  ]
  const pieces = changes.filter(({ value }) => value !== '')
  const count = (which: 'added' | 'removed'): number => pieces.reduce((sum, piece) => sum + (piece[which] ? wordsIn(piece.value) : 0), 0)
  return {
    pieces: pieces.flatMap(({ value, added, removed }, index): readonly Piece[] => {
      if (added) return [{ kind: 'added', text: value }]
      if (removed) return [{ kind: 'removed', text: value }]
      return fold(value, index === 0, index === pieces.length - 1)
    }),
    added: count('added'),
    removed: count('removed')
  }
}
