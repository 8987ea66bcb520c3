import { countCodePoints, oneLine } from './text'

/**
 * The end of a text on one line, as one remembers where one stopped.
 * @param max most characters to return, the ellipsis included
 * @returns at most `max` code points, begun at a word where that keeps at least half
 */
export const lastWords = (text: string, max: number): string => {
  // Far more than can be shown, so that a very long letter costs nothing here.
  const line = oneLine(text.slice(-(8 * max + 64)))
  if (countCodePoints(line) <= max) return line
  if (max < 1) return ''
  const all = Array.from(line)
  const signs = all.slice(all.length - max + 1)
  const firstSpace = signs.indexOf(' ')
  const kept = firstSpace >= 0 && firstSpace <= max / 2 ? signs.slice(firstSpace + 1) : signs
  return `…${kept.join('').trimStart()}`
}
