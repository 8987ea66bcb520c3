/**
 * What a search means: words, "phrases" and -exclusions. There is no other syntax: every other sign is either part of a word or nothing,
 * so no text anybody can type is an error (issue "The desk": `NEAR(`, `"`, `%`).
 */

/** Something that must be there (or must not): one word, or several side by side. */
export type SearchTerm = {
  /** Folded words in their order; empty for a term of signs alone. */
  readonly words: readonly string[]
  /** A sign to look for as it is (an emoji); null for words. */
  readonly literal: string | null
  readonly exclude: boolean
  /** The last word may go on: it is still being typed. */
  readonly open: boolean
}

export type SearchQuery = readonly SearchTerm[]

/** More terms than a person types; the rest of a pasted letter does not make the answer better. */
const mostTerms = 24
const mostWords = 64

/** Letters and digits, with whatever marks stand on them (the vowels of Hindi are such marks). */
const wordInText = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu
const picture = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u

/** Accents, the vowel signs of Hebrew and Arabic, and signs that only change the look of the one before: nobody has to type them. */
const unwritten = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u20d0-\u20f0\ufe00-\ufe0f]/g

/** Letters that are no letter with an accent, and what somebody types who has no key for them: Wojtyła, Straße, Øystein; and letters that a document drew as one. */
const typedFor: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ſ: 's', ς: 'σ', ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' }
const drawnAsOne = new RegExp(`[${Object.keys(typedFor).join('')}]`, 'gu')

/**
 * Letters without case and accents, as somebody may type them who is in a hurry: José is jose, Wojtyła wojtyla, ещё еще.
 * @returns folded text, composed again so that Hangul stays whole
 */
export const foldWords = (text: string): string =>
  plain.test(text) ? text.toLowerCase() : text.normalize('NFD').replace(unwritten, '').toLowerCase().replace(drawnAsOne, (letter) => typedFor[letter] ?? letter).normalize('NFC')
const plain = /^[\u0000-\u007f]*$/

/** The words of a text, folded, in their order. */
export const wordsOf = (text: string): readonly string[] => foldWords(text).match(wordInText) ?? []

/**
 * Reads what was typed into the search field.
 * @param text anything, up to the limit of the field
 * @returns the terms; none when there is nothing to look for
 */
export const parseSearch = (text: string): SearchQuery => {
  const pieces = [...text.matchAll(/(-?)"([^"]*)("?)|(\S+)/gu)]
  const terms: SearchTerm[] = []
  const add = (term: SearchTerm): void => {
    if (terms.length < mostTerms) terms.push(term)
  }
  pieces.forEach((piece, index) => {
    const [whole, minus = '', quoted, closing, bare = ''] = piece
    const atEnd = index === pieces.length - 1 && text.endsWith(whole)
    if (quoted !== undefined) add(termOf(quoted, minus === '-', atEnd && closing === '' && !/\s$/u.test(quoted)))
    // A quote inside a word begins a phrase there, as if a space stood before it.
    else bare.split(/(?=")/u).forEach((part) => add(termOf(part.replace(/^-/u, ''), part.startsWith('-'), atEnd)))
  })
  return terms.filter(({ words, literal }) => words.length > 0 || literal !== null)
}

const termOf = (text: string, exclude: boolean, open: boolean): SearchTerm => {
  const words = wordsOf(text).slice(0, mostWords)
  const literal = words.length === 0 && picture.test(text) ? withoutLook(text.trim()) : null
  // What is left out must be said in full: a word half typed would make letters come and go.
  return { words, literal, exclude, open: (open || text.endsWith('*')) && !exclude && words.length > 0 }
}

/** A picture without what says whether it is drawn in black or in colour. */
const withoutLook = (text: string): string => text.replace(looks, '')
const look = /[\ufe0e\ufe0f]/
const looks = new RegExp(look, 'g')

/** Between two words it makes one of them: O’Brien, D'Angelo, don’t. */
const apostrophe = /^['\u2018\u2019\u02bc\u00b4`]$/u
const splittable = /^\p{L}{4,}$/u
const mostWays = 12

/**
 * The same query with one word written with an apostrophe, as names and short forms are that people (and the lists of facilities) write without: obrien, dangelo, dont.
 * @returns each way it may be, likeliest first: to be asked when nothing answers what was typed
 */
export const withApostrophe = (query: SearchQuery): readonly SearchQuery[] =>
  query
    .flatMap((term, index) => {
      const [word = '', ...more] = term.words
      if (term.exclude || more.length > 0 || !splittable.test(word)) return []
      return [1, -1, -2].map((at) => query.with(index, { ...term, words: [word.slice(0, at), word.slice(at)] }))
    })
    .slice(0, mostWays)

/**
 * Letters and digits of which the index makes the words we do: Latin, Cyrillic, Korean. Elsewhere its words are others than a reader's (Greek keeps its accents, Hebrew and Arabic
 * are cut at their vowel signs, Hindi at its vowels) or there are no words at all (Chinese, Japanese, Thai): those are looked for by reading.
 */
const indexable = /^[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0430-\u044f\u0451-\u045f\uac00-\ud7a3]+$/u

export type IndexWord = { readonly word: string; readonly open: boolean }

/**
 * The part of a query that the index of words can answer, and whether letters found so must still be read to be sure.
 * @returns `all`: each of these is in the letter; `none`: none of these is; `read`: the index alone does not decide
 */
export const indexPart = (query: SearchQuery): { readonly all: readonly IndexWord[]; readonly none: readonly string[]; readonly read: boolean } => {
  const all = new Map<string, IndexWord>()
  const none = new Set<string>()
  let read = false
  for (const { words, literal, exclude, open } of query) {
    const known = words.filter((word) => indexable.test(word))
    if (literal !== null || words.length > 1 || known.length < words.length) read = true
    if (exclude) {
      if (words.length === 1) known.forEach((word) => none.add(word))
      continue
    }
    // Beside longer ones a single letter (O’Brien, A-1042) says little, and what is found is read anyway.
    const longest = Math.max(...words.map(({ length }) => length))
    words.forEach((word, at) => {
      if (word.length === 1 && longest > 1) return
      const isOpen = open && at === words.length - 1
      if (indexable.test(word)) all.set(`${word}${isOpen ? '*' : ''}`, { word, open: isOpen })
    })
  }
  const most = [...all.values()].slice(0, mostTerms)
  return { all: most, none: [...none].slice(0, mostTerms), read: read || most.length < all.size || none.size > mostTerms }
}

const wordSign = '[\\p{L}\\p{N}\\p{Co}\\p{M}]'
const noWordSign = '[^\\p{L}\\p{N}\\p{Co}\\p{M}]'

/** Scripts that leave no space between words: what is looked for may stand anywhere. */
const unspaced = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const beginsUnspaced = new RegExp(`^${unspaced}`, 'u')
const endsUnspaced = new RegExp(`${unspaced}\\p{M}*$`, 'u')

/** These words side by side, whatever stands between them; words are letters, digits and marks alone, so none is a sign of the expression's own. */
const sideBySide = (words: readonly string[], open: boolean): RegExp => {
  const begin = beginsUnspaced.test(words[0] ?? '') ? '' : `(?<!${wordSign})`
  const end = open || endsUnspaced.test(words.at(-1) ?? '') ? '' : `(?!${wordSign})`
  return new RegExp(`${begin}${words.join(`${noWordSign}+`)}${end}`, 'u')
}

/** A question to a text: does it answer this query? Made once, asked of many letters: an expression takes a seventh of what cutting a letter into its words does. */
export const searchTest = (query: SearchQuery): ((text: string) => boolean) => {
  const needs = query.map(({ words, literal, exclude, open }) => ({ literal, exclude, phrase: sideBySide(words, open) }))
  return (text) => {
    const folded = foldWords(text)
    return needs.every(({ literal, exclude, phrase }) => (literal === null ? phrase.test(folded) : withoutLook(text).includes(literal)) !== exclude)
  }
}

/** A part of a text, in UTF-16 units as `slice` counts them. */
export type TextRange = { readonly start: number; readonly end: number }

/** Where a text answers a query: every word that was looked for, in order. */
export const findWords = (text: string, query: SearchQuery): readonly TextRange[] => {
  const wanted = query.filter(({ exclude }) => !exclude)
  const isSpaced = (word: string): boolean => !beginsUnspaced.test(word)
  const whole = new Set(wanted.flatMap(({ words, open }) => (open ? words.slice(0, -1) : words)).filter(isSpaced))
  const begun = wanted.flatMap(({ words, open }) => (open ? words.slice(-1) : [])).filter(isSpaced)
  const isWanted = (word: string): boolean => whole.has(word) || begun.some((start) => word.startsWith(start))
  const found: TextRange[] = []
  let last: (TextRange & { readonly word: string }) | null = null
  for (const match of text.matchAll(wordInText)) {
    const here = { word: foldWords(match[0]), start: match.index, end: match.index + match[0].length }
    if (isWanted(here.word)) found.push({ start: here.start, end: here.end })
    else if (last !== null && apostrophe.test(text.slice(last.end, here.start)) && found.at(-1)?.start !== last.start && isWanted(last.word + here.word)) found.push({ start: last.start, end: here.end })
    last = here
  }
  const anywhere = wanted.flatMap(({ words, literal }) => (literal === null ? words.filter((word) => !isSpaced(word)) : [literal]))
  for (const literal of anywhere) {
    for (let at = text.indexOf(literal); at >= 0 && found.length < 1_000; at = text.indexOf(literal, at + literal.length)) {
      const end = at + literal.length
      found.push({ start: at, end: look.test(text[end] ?? '') ? end + 1 : end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

const before = 40
const roundAbout = 160
/** Where the best place is looked for: in as many words as somebody would look at, not in a whole book. */
const mostPlaces = 200

/**
 * The words around the best place: the one where most of what was looked for stands together.
 * @param max most UTF-16 units to return, ellipses aside
 * @returns one line of the text; its beginning when nothing of the query stands in it
 */
export const snippetOf = (text: string, query: SearchQuery, max = roundAbout): string => {
  const places = findWords(text, query).slice(0, mostPlaces)
  let best = places[0]
  let most = 0
  places.forEach((place, index) => {
    const near = new Set<string>()
    for (const other of places.slice(index)) {
      if (other.end - place.start > max - before) break
      near.add(foldWords(text.slice(other.start, other.end)))
    }
    if (near.size > most) [best, most] = [place, near.size]
  })
  const from = best === undefined ? 0 : wordStart(text, Math.max(0, best.start - before))
  const to = wordEnd(text, Math.min(text.length, from + max))
  return `${from > 0 ? '…' : ''}${text.slice(from, to).replace(/\s+/gu, ' ').trim()}${to < text.length ? '…' : ''}`
}

const wordStart = (text: string, at: number): number => {
  if (at === 0) return 0
  const space = text.slice(at, at + before).search(/\s/u)
  return space < 0 ? onWholeSign(text, at) : at + space + 1
}
const wordEnd = (text: string, at: number): number => {
  if (at >= text.length) return text.length
  const space = text.lastIndexOf(' ', at)
  return space > at - before ? space : onWholeSign(text, at)
}
/** Never between the two halves of one sign. */
const onWholeSign = (text: string, at: number): number => (/[\udc00-\udfff]/u.test(text[at] ?? '') ? at + 1 : at)
