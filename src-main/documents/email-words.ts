import { convert } from 'html-to-text'

const mostInHtml = { maxInputLength: 4_000_000, maxChildNodes: 20_000, maxDepth: 200 }

/** More elements inside each other than anybody lays out; what a browser closes by itself does not count. */
const mostOpen = 2_000
const closedByThemselves = new Set('area base body br col dd dt embed head hr html img input li link meta option p param source tbody td tfoot th thead tr track wbr'.split(' '))

/** A long newsletter has some thousands. What stands behind so many elements is left out before they are parsed, which takes 700 bytes of memory for each. */
const mostElements = 100_000

/**
 * The part of a page that is worth parsing, which takes time with the square of how deep it goes.
 * @returns null when it nests deeper than any honest e-mail
 */
const partToParse = (html: string): string | null => {
  let open = 0
  let elements = 0
  for (const { 0: tag, 1: closing, 2: name, index } of html.matchAll(/<(\/?)([a-z][^\s/>]{0,40})[^<>]{0,2000}>?/gi)) {
    if (++elements > mostElements) return html.slice(0, index)
    if (closedByThemselves.has((name ?? '').toLowerCase()) || tag.endsWith('/>')) continue
    open = Math.max(0, open + (closing === '/' ? -1 : 1))
    if (open > mostOpen) return null
  }
  return html
}

/**
 * The words of an e-mail that has only formatted ones.
 * @param html as the e-mail carries it; nothing in it is followed
 * @returns null when it nests deeper than any honest e-mail
 */
export const htmlWords = (html: string): string | null => {
  const part = partToParse(html)
  return part === null
    ? null
    : convert(part, {
        wordwrap: false,
        limits: mostInHtml,
        selectors: [
          { selector: 'a', options: { ignoreHref: true } },
          { selector: 'img', format: 'skip' },
          { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } }
        ]
      })
}

/** Old mail programs put files between the lines of the text. @returns the text without them, and how many there were */
export const withoutUuencode = (text: string): { readonly text: string; readonly files: number } => {
  let files = 0
  const clean = text.replace(/^begin [0-7]{3,4} [^\n]+\n(?:[^\n]{0,100}\n)*?end\r?$/gm, () => {
    files += 1
    return ''
  })
  return { text: clean, files }
}

/** A picture of 25 MB has 340,000. */
const mostLines = 400_000

const hasTooManyLines = (raw: Buffer): boolean => {
  let lines = 0
  for (let at = raw.indexOf(0x0a); at >= 0; at = raw.indexOf(0x0a, at + 1)) if (++lines > mostLines) return true
  return false
}

/**
 * Whether an e-mail has more parts or lines than any honest one: counted before anything is parsed, because parsing 30,000 parts is what takes the time.
 * @param raw the e-mail as it came; @param mostParts parts, and kinds of borders between them
 */
export const isTooComplex = (raw: Buffer, mostParts: number): boolean => {
  if (hasTooManyLines(raw)) return true
  const text = raw.toString('latin1')
  const borders = new Set<string>()
  for (const [, quoted, plain] of text.matchAll(/boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi)) {
    borders.add(quoted ?? plain ?? '')
    if (borders.size > mostParts) return true
  }
  if (borders.size === 0) return false
  let parts = 0
  for (const [, name] of text.matchAll(/^--([^\r\n]{1,202})/gm)) {
    if (name !== undefined && borders.has(name.trimEnd()) && ++parts > mostParts) return true
  }
  return false
}
