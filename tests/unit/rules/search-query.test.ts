/** What a search means, whatever is typed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWords, foldWords, indexPart, parseSearch, searchTest, snippetOf, wordsOf } from '../../../src-main/rules/search-query'

const answers = (query: string, text: string): boolean => searchTest(parseSearch(query))(text)
const letter = 'The psalm for Daniel\nDear José, the Lord is my shepherd; I shall not want. Don’t worry about Matthew 5:3. ❤️'

/** No half of a sign stands alone. */
const whole = (text: string): boolean => !/\p{Cs}/u.test(text)

const cases: readonly (readonly [query: string, expected: boolean, why?: string])[] = [
    ['psalm', true],
    ['PSALM', true],
    ['jose', true],
    ['josé', true],
    ['jose\u0301', true],
    ['psa', true, 'the last word may go on'],
    ['psa ', false, 'a space ends it'],
    ['psa daniel', false, 'only the last word may go on'],
    ['daniel psalm', true, 'in any order'],
    ['daniel easter', false],
    ['"the psalm for Daniel"', true],
    ['"psalm the for Daniel"', false],
    ['"the psalm for Dan', true, 'a phrase still being typed'],
    ['"the psalm for Dan"', false, 'a phrase that is closed'],
    ['"lord is my"', true],
    ['lord"is my"', true, 'a quote begins a phrase'],
    ['psalm -easter', true],
    ['psalm -shepherd', false],
    ['psalm -"my shepherd"', false],
    ['psalm -"shepherd my"', true],
    ['-easter', true],
    ['-shep', true, 'what is left out is said in full'],
    ['5:3', true],
    ['3:5', false],
    ["don't", true],
    ['❤', true],
    ['☕', false]
]

describe('words', () => {
  it.each(cases.map(([query, expected]) => ({ query, expected })))('$query', ({ query, expected }) => {
    expect(answers(query, letter)).toBe(expected)
  })

  it('nothing to look for: everything answers', () => {
    for (const query of ['', '   ', '-', '""', '"', '%', '*', '()', '- -', '"-"', "'", '\0', '\ud800']) expect(parseSearch(query), query).toEqual([])
  })
})

describe('no text is an error', () => {
  const nasty = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom('"', '-', '*', '%', "'", 'NEAR(', ')', 'AND', 'OR', 'NOT', '^', ':', '+', '{', '}', '\\', 'a', 'é', ' ', '❤️', '\0', '\ud83d', 'ﬁ', 'İ', 'ß', '한', '漢字', '\u0301')).map((parts) => parts.join(''))
  )
  it('every text is read, asked and marked', () => {
    fc.assert(
      fc.property(nasty, nasty, (typed, text) => {
        const query = parseSearch(typed)
        searchTest(query)(text)
        const places = findWords(text, query)
        places.forEach(({ start, end }, at) => {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(start).toBeGreaterThanOrEqual(places[at - 1]?.start ?? 0)
        })
        expect(snippetOf(text, query, 80).length).toBeLessThanOrEqual(82)
        expect(indexPart(query).all.length).toBeLessThanOrEqual(24)
      }),
      { numRuns: 2_000 }
    )
  })
  it('5,000 signs are read at once', () => {
    const started = performance.now()
    for (const sign of ['"', '-', 'a ', '- ', '"a', '"-"']) {
      const query = parseSearch(sign.repeat(5_000))
      searchTest(query)(letter.repeat(20))
      findWords(letter.repeat(20), query)
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })
  it('folding twice changes nothing, and words are found in what they were taken from', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(foldWords(foldWords(text))).toBe(foldWords(text))
      })
    )
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}]{1,8}$/u), { minLength: 1, maxLength: 8 }), (words) => {
        const text = words.join(' ')
        expect(searchTest(parseSearch(`"${text}"`))(text)).toBe(true)
        expect(answers(words.map((word) => `-${word}`).join(' '), text)).toBe(wordsOf(text).length === 0)
      })
    )
  })
})

describe('marks', () => {
  const marked = (text: string, query: string): readonly string[] => findWords(text, parseSearch(query)).map(({ start, end }) => text.slice(start, end))
  it('stand on the words as they are written', () => {
    expect(marked(letter, 'JOSE "the lord" shep')).toEqual(['The', 'José', 'the', 'Lord', 'shepherd'])
    expect(marked('Jose\u0301 and Joseph', 'jose ')).toEqual(['Jose\u0301'])
    expect(marked('a ❤️ b', '❤️')).toEqual(['❤️'])
    expect(marked('a ❤ b', '❤️')).toEqual(['❤'])
    expect(marked('Karol Wojtyła, Strauß, Ёлка', 'wojtyla strauss елка')).toEqual(['Wojtyła', 'Strauß', 'Ёлка'])
    expect(marked('愿主保佑，耶稣爱你', '耶稣')).toEqual(['耶稣'])
    expect(marked('שָׁלוֹם', 'שלום')).toEqual(['שָׁלוֹם'])
    expect(marked(letter, '-shepherd')).toEqual([])
    expect(marked('Mr O’Brien, don’t. O Brien', 'obrie')).toEqual(['O’Brien'])
    expect(marked('Mr O’Brien, don’t', 'dont brien')).toEqual(['Brien', 'don’t'])
  })
  it('the snippet shows the place where most of it stands together', () => {
    const text = `${'Nothing to see here, the rain goes on. '.repeat(30)}The Lord is my shepherd; I shall not want. ${'And so on. '.repeat(40)}`
    const snippet = snippetOf(text, parseSearch('the shepherd lord'))
    expect(snippet).toContain('The Lord is my shepherd')
    expect(snippet.startsWith('…')).toBe(true)
    expect(snippet.length).toBeLessThanOrEqual(162)
    expect(snippetOf('Short.', parseSearch('nothing'))).toBe('Short.')
  })
  it('never cuts a sign in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }), (text, query) => {
        fc.pre(whole(text))
        expect(whole(snippetOf(text, parseSearch(query), 60))).toBe(true)
      })
    )
  })
})
