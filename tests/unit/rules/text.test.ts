import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCharacters, countCodePoints, excerpt, foldLetters, isBlank, normaliseText, oneLine, plainWidth } from '@rules/text'

/** Any UTF-16 whatever, lone surrogates and controls included. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) })
const awkward = fc.string({ unit: fc.constantFrom('\r', '\n', '\u000b', '\u2028', '\0', '\ud800', '\udc00', 'e', '\u0301', 'é', '\u200b', '\u202e', '😀', ' ', '\t', '\u1100', '\u1161') })
const text = fc.oneof(anyText, awkward, fc.string({ unit: 'grapheme' }))

describe('normaliseText', () => {
  it.each([
    ['CRLF and CR', 'a\r\nb\rc\n\rd', 'a\nb\nc\n\nd'],
    ['Word soft break, form feed, NEL, line and paragraph separators', 'a\u000bb\u000cc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf'],
    ['NUL and controls', 'a\0\u0001\u0008\u000e\u001f\u007f\u0080\u009fb', 'ab'],
    ['tabs stay', 'a\tb', 'a\tb'],
    ['lone surrogates go, pairs stay', 'a\ud800b\udc00c😀', 'abc😀'],
    ['NFC', 'Jose\u0301', 'José'],
    ['a mark that meets its letter when a control between them goes', 'e\u0001\u0301', 'é'],
    ['HTML stays text', '<img onerror=alert(1)>', '<img onerror=alert(1)>'],
    ['RTL override stays', 'a\u202eb', 'a\u202eb'],
    ['smart quotes stay', '“Peace” – it’s', '“Peace” – it’s']
  ])('%s', (_what, typed, kept) => {
    expect(normaliseText(typed)).toBe(kept)
  })

  it('changes nothing the second time', () => {
    fc.assert(fc.property(text, (typed) => normaliseText(normaliseText(typed)) === normaliseText(typed)), { numRuns: 2_000 })
  })

  it('leaves NFC, no CR, no control, no lone surrogate', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const clean = normaliseText(typed)
        expect(clean).toBe(clean.normalize('NFC'))
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}]/u)
      }),
      { numRuns: 2_000 }
    )
  })

  it('marks stacked by the hundred thousand get joiners between them, stay, and can be put in order by anybody', () => {
    const tower = `a${'\u0301\u0316\u0344'.repeat(100_000)}b`
    const clean = normaliseText(tower)
    expect(clean).not.toMatch(/(?:(?!\u034f)\p{M}){101}/u)
    expect(clean.normalize('NFC')).toBe(clean)
    expect(normaliseText(clean)).toBe(clean)
    const marks = (text: string): readonly number[] => ['\u0316', '\u0308', '\u0301'].map((mark) => text.normalize('NFD').split(mark).length - 1)
    expect(marks(clean)).toEqual([100_000, 100_000, 200_000])
    expect(normaliseText(`a${'\u0301'.repeat(100)}`), 'a hundred are left alone').toBe(`\u00e1${'\u0301'.repeat(99)}`)
  })

  it('changes nothing the second time, however the marks are stacked', () => {
    const marks = fc.array(fc.constantFrom('\u0301', '\u0316', '\u0344', '\u034f', '\u093c', '\u0958', 'a'), { minLength: 80, maxLength: 400 })
    fc.assert(fc.property(marks, (signs) => normaliseText(normaliseText(signs.join(''))) === normaliseText(signs.join(''))))
  })

  it('loses no visible sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ß', '語', '😀', '<', '\u0301', '\n', '𝄞') }), (typed) => {
        expect(normaliseText(typed)).toBe(typed.normalize('NFC'))
      })
    )
  })
})

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['😀😀', 2],
    ['Jose\u0301', 4],
    ['a\r\nb', 3],
    ['\0\ud800', 0],
    ['👩‍👧', 3]
  ])('%j counts %i', (typed, count) => {
    expect(countCharacters(typed)).toBe(count)
  })

  it('is the number of code points of the clean text', () => {
    fc.assert(fc.property(text, (typed) => countCharacters(typed) === Array.from(normaliseText(typed)).length))
    fc.assert(fc.property(anyText, (typed) => countCodePoints(typed) === Array.from(typed).length))
  })

  it('counts a 5 MB paste and one 100,000-character word at once', () => {
    expect(countCharacters('x'.repeat(5_000_000))).toBe(5_000_000)
    expect(countCharacters('é'.repeat(100_000))).toBe(100_000)
  })
})

describe('isBlank', () => {
  it.each(['', ' ', '\n\t\r', '\u00a0\u3000', '\u200b\u200c\u200d\u2060\ufeff', '\u202e', '\0', '\u3164\u115f', '\u2800', '\ufe0f', '\u00ad', '\ud800'])('%j', (typed) => {
    expect(isBlank(typed)).toBe(true)
  })
  it.each(['a', '.', '😀', ' \u200bx', '0', '​語'])('not %j', (typed) => {
    expect(isBlank(typed)).toBe(false)
  })
})

describe('excerpt', () => {
  it.each([
    ['Dear Daniel,\n\nI hope this finds you well.', 20, 'Dear Daniel, I hope…'],
    ['short', 20, 'short'],
    ['one_very_long_word_without_spaces', 10, 'one_very_…'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['abc', 0, ''],
    [' \n ', 10, '']
  ])('%j at %i', (typed, max, shown) => {
    expect(excerpt(typed, max)).toBe(shown)
  })

  it('is one line, never longer than asked', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 60 }), (typed, max) => {
        const shown = excerpt(typed, max)
        expect(countCodePoints(shown)).toBeLessThanOrEqual(max)
        expect(shown).not.toMatch(/[\n\t]/)
      }),
      { numRuns: 1_000 }
    )
  })
})

describe('the small foldings', () => {
  it('oneLine is idempotent and has no line break', () => {
    fc.assert(fc.property(text, (typed) => oneLine(oneLine(typed)) === oneLine(typed) && !/\n/.test(oneLine(typed))))
  })
  it('plainWidth', () => {
    expect(plainWidth('４２–４２\u00a0Ａ')).toBe('42-42 A')
  })
  it('foldLetters', () => {
    expect(foldLetters('JOSÉ Ñandú Straße')).toBe('jose nandu straße')
  })
})
