/**
 * One way to clean and count text, for everybody: what the meter shows while typing is what the service charges for.
 */

const lineSeparators = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g
// C0 and C1 controls other than tab and line feed, and halves of surrogate pairs that stand alone.
const unwanted = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\p{Cs}]/gu
// White space, controls, and everything Unicode calls ignorable (zero-width, fillers, direction marks), plus the empty Braille cell.
const nothingToSee = /^[\s\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u

const tower = /\p{M}{101,}/gu
const hundred = /.{1,100}/gsu
const joiner = '\u034f'

/**
 * A joiner nobody sees (U+034F) after each hundred marks on one letter. Putting marks in their order takes time with the square of their number:
 * a million of them would stop the app for an hour, here and wherever the text is searched or sent.
 * Source: Unicode Standard Annex 15, Stream-Safe Text Format (which says 30; no mark of a Zalgo text is touched).
 */
const withJoiners = (text: string): string =>
  text.replace(tower, (marks) => marks.split(joiner).map((part) => (part.match(hundred) ?? []).join(joiner)).join(joiner))

/**
 * Plain text as it is stored, counted and sent. Every kind of line break becomes a line feed (a vertical tab is what
 * Word writes for a soft break, so dropping it would join two words); NUL, other controls and lone surrogates go; NFC.
 * Nothing visible is removed: HTML, right-to-left marks, emoji and stacked accents stay as they are.
 * @param text anything typed or pasted
 * @returns the same text, clean; cleaning it again changes nothing
 * Source: bad-inputs.md (Compose), S0 step 12 (texts arrive by copy and paste).
 */
export const normaliseText = (text: string): string =>
  // A mark can fall into two, so once more.
  withJoiners(withJoiners(text.replace(lineSeparators, '\n').replace(unwanted, '')).normalize('NFC'))

/**
 * The length of a text in characters (Unicode code points) after {@link normaliseText}: an emoji outside the basic
 * plane counts once, a composed letter counts once however it was typed.
 * @returns characters
 * Source: domain.md, Stamps and money.
 */
export const countCharacters = (text: string): number => countCodePoints(normaliseText(text))

/**
 * The length of a text in code points exactly as it stands.
 * @returns code points
 */
export const countCodePoints = (text: string): number => {
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) count--
  }
  return count
}

/**
 * Whether a reader would see nothing: empty, spaces, line breaks, zero-width characters, controls.
 * Source: bad-inputs.md (only spaces, only zero-width).
 */
export const isBlank = (text: string): boolean => nothingToSee.test(text)

/**
 * The first words of a text on one line, for lists.
 * @param text any text
 * @param max most characters to return, the ellipsis included
 * @returns at most `max` code points, cut between words where that keeps at least half
 */
export const excerpt = (text: string, max: number): string => {
  // Far more than can be shown, so that a very long letter costs nothing here.
  const line = oneLine(text.slice(0, 8 * max + 64))
  if (countCodePoints(line) <= max) return line
  if (max < 1) return ''
  const signs = Array.from(line)
  // One more than fits: a space right behind the last sign means that the last word is whole.
  const lastSpace = signs.slice(0, max).lastIndexOf(' ')
  const kept = signs.slice(0, lastSpace >= max / 2 ? lastSpace : max - 1)
  return `${kept.join('').trimEnd()}…`
}

/**
 * A single line: {@link normaliseText}, line breaks and runs of white space become one space, none at the ends.
 * @returns the line; doing it again changes nothing
 */
export const oneLine = (text: string): string => normaliseText(text).replace(/\s+/g, ' ').trim()

/**
 * Digits, letters and signs in their plain width (full-width `４２` becomes `42`), every dash a hyphen, every space a space.
 * For fields that hold numbers, never for names or letters.
 * Source: bad-inputs.md (full-width digits are normalised).
 */
export const plainWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\u00ad]/g, '-')
    .replace(/\s/g, ' ')

/**
 * Letters without case and accents, for comparing what people remember rather than how they typed it.
 * @returns lower case, compatibility forms and Latin, Greek and Cyrillic accents folded away
 */
export const foldLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFKC')

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
