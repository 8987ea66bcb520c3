/** Where in a text the facility's limit falls, so that what is too many can be shown and not only counted. */
import type { Facility } from '@contract/views'

export type LimitMark = {
  /** UTF-16 position of the first character that is too many. */
  readonly from: number
  /** The last words that still fit, and the first ones that do not. */
  readonly before: string
  readonly after: string
}

const aroundCharacters = 90

/** Position after `count` characters, counted as a person and the rules do: an emoji is one. */
const afterCharacters = (text: string, count: number): number => {
  let at = 0
  for (let seen = 0; seen < count && at < text.length; seen += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}

const afterLines = (text: string, count: number): number => {
  let at = 0
  for (let seen = 0; seen < count; seen += 1) {
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end + 1
  }
  return at
}

export const limitMark = (facility: Pick<Facility, 'maxChars' | 'maxLines'>, body: string): LimitMark | null => {
  const byCharacters = afterCharacters(body, facility.maxChars)
  const byLines = facility.maxLines === null ? body.length : afterLines(body, facility.maxLines)
  const from = Math.min(byCharacters, byLines)
  if (from >= body.length) return null
  const excess = body.slice(from)
  return {
    from,
    before: body.slice(0, from).slice(-aroundCharacters),
    after: excess.length > 2 * aroundCharacters ? `${excess.slice(0, 2 * aroundCharacters)}…` : excess
  }
}
