import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLetter, countLines, normaliseBody, normaliseSubject, subjectLimit } from '@rules/letter-checks'
import { letterCost } from '@rules/letter-cost'

const cedar = { charsPerStamp: 6_000, freeMessages: false, maxChars: 20_000, maxLines: null, prepaidReply: true, media: { photos: 5, video: true } }
const river = { charsPerStamp: null, freeMessages: true, maxChars: 13_000, maxLines: 100, prepaidReply: false, media: { photos: 0, video: false } }
const places = [
  cedar,
  { ...cedar, charsPerStamp: 4_800, maxChars: 9_600 },
  river,
  { ...cedar, charsPerStamp: 30_000, maxChars: 30_000, prepaidReply: false },
  { ...cedar, charsPerStamp: 6_000, maxChars: 6_000 },
  { ...cedar, charsPerStamp: 2_000, maxChars: 2_000 }
] as const
const plain = { prepaidReply: false, photos: 0, video: false }

describe('letterCost', () => {
  it.each([
    ['empty', 0, 1, 6_000],
    ['one', 1, 1, 5_999],
    ['the mock’s letter', 4_612, 1, 1_388],
    ['a full page', 6_000, 1, 0],
    ['one over', 6_001, 2, 5_999],
    ['two full pages', 12_000, 2, 0],
    ['the limit', 20_000, 4, 0],
    ['near the limit, which comes before the page ends', 19_000, 4, 1_000]
  ])('%s', (_what, length, stamps, left) => {
    expect(letterCost(cedar, { ...plain, body: 'x'.repeat(length) })).toEqual({
      stamps,
      pages: stamps,
      characters: length,
      charactersLeftOnPage: left,
      charactersLeft: 20_000 - length,
      overLimitBy: 0
    })
  })

  it('312 too many', () => {
    expect(letterCost(cedar, { ...plain, body: 'x'.repeat(20_312) })).toMatchObject({ overLimitBy: 312, charactersLeft: 0, charactersLeftOnPage: 0, stamps: 4 })
  })

  it('extras: reply 1, each photo 1, video 3', () => {
    const cost = (extra: Partial<Parameters<typeof letterCost>[1]>): number => letterCost(cedar, { ...plain, body: 'x', ...extra }).stamps
    expect(cost({})).toBe(1)
    expect(cost({ prepaidReply: true })).toBe(2)
    expect(cost({ photos: 5 })).toBe(6)
    expect(cost({ video: true })).toBe(4)
    expect(cost({ prepaidReply: true, photos: 5, video: true })).toBe(10)
  })

  it('messages are free at River Federal, and a reply nobody offers costs nothing', () => {
    expect(letterCost(river, { ...plain, prepaidReply: true, body: 'x'.repeat(500) })).toEqual({
      stamps: 0,
      pages: 1,
      characters: 500,
      charactersLeftOnPage: null,
      charactersLeft: 12_500,
      overLimitBy: 0
    })
  })

  it('emoji count once, CRLF counts once, however the text arrived', () => {
    expect(letterCost(cedar, { ...plain, body: '😀'.repeat(1_000) }).characters).toBe(1_000)
    expect(letterCost(cedar, { ...plain, body: 'a\r\nb\0' }).characters).toBe(3)
  })

  it('never falls when a letter grows', () => {
    const letter = fc.record({ body: fc.string({ unit: 'grapheme' }), prepaidReply: fc.boolean(), photos: fc.integer({ min: 0, max: 5 }), video: fc.boolean() })
    fc.assert(
      fc.property(fc.constantFrom(...places), letter, fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: 0, max: 25_000 }), (place, base, length, more) => {
        const short = letterCost(place, { ...base, body: 'x'.repeat(length) })
        const long = letterCost(place, { ...base, body: 'x'.repeat(length + more) })
        expect(long.stamps).toBeGreaterThanOrEqual(short.stamps)
        expect(long.charactersLeft).toBeLessThanOrEqual(short.charactersLeft)
        expect(long.overLimitBy).toBeGreaterThanOrEqual(short.overLimitBy)
        expect(letterCost(place, { ...base, photos: base.photos + 1 }).stamps).toBe(letterCost(place, base).stamps + 1)
      })
    )
  })

  it('the meter is exact: so many more characters cost nothing, one more costs a stamp or is too many', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places.filter((place) => place.charsPerStamp !== null)), fc.integer({ min: 0, max: 20_000 }), (place, length) => {
        const now = letterCost(place, { ...plain, body: 'x'.repeat(length) })
        const left = now.charactersLeftOnPage ?? 0
        const full = letterCost(place, { ...plain, body: 'x'.repeat(length + left) })
        const over = letterCost(place, { ...plain, body: 'x'.repeat(length + left + 1) })
        expect(full.stamps).toBe(now.stamps)
        expect(over.stamps > now.stamps || over.overLimitBy > 0).toBe(true)
      })
    )
  })

  it('is the same for a text and its clean form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        expect(letterCost(cedar, { ...plain, body: normaliseBody(body) })).toEqual(letterCost(cedar, { ...plain, body }))
      })
    )
  })
})

describe('checkLetter, the list of bad inputs', () => {
  const good = { contactId: 'c1', subject: 'Advent', body: 'Dear Daniel', photos: 0 }
  it.each([
    ['no recipient', { contactId: null }, { to: { code: 'RECIPIENT_MISSING' } }],
    ['recipient without id', { contactId: '' }, { to: { code: 'RECIPIENT_MISSING' } }],
    ['subject empty', { subject: '' }, { subject: { code: 'SUBJECT_EMPTY' } }],
    ['subject only spaces', { subject: ' \u200b' }, { subject: { code: 'SUBJECT_EMPTY' } }],
    ['subject of 201', { subject: 'x'.repeat(201) }, { subject: { code: 'SUBJECT_TOO_LONG', params: { limit: 200, over: 1 } } }],
    ['subject of 200', { subject: 'x'.repeat(200) }, {}],
    ['subject of 200 emoji', { subject: '😀'.repeat(200) }, {}],
    ['line break in subject', { subject: 'Advent\nletter' }, {}],
    ['body empty', { body: '' }, { body: { code: 'BODY_EMPTY' } }],
    ['body only spaces', { body: ' \n\t ' }, { body: { code: 'BODY_EMPTY' } }],
    ['body only zero-width', { body: '\u200b\u200c\ufeff' }, { body: { code: 'BODY_EMPTY' } }],
    ['body of 20,001', { body: 'x'.repeat(20_001) }, { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 1 } } }],
    ['body of 20,312', { body: 'x'.repeat(20_312) }, { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 312 } } }],
    ['5 MB paste', { body: 'x'.repeat(5_000_000) }, { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 4_980_000 } } }],
    ['one word of 100,000', { body: 'é'.repeat(100_000) }, { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 80_000 } } }],
    ['20,000 emoji', { body: '😀'.repeat(20_000) }, {}],
    ['five photos', { photos: 5 }, {}],
    ['a sixth photo', { photos: 6 }, { photos: { code: 'PHOTOS_TOO_MANY', params: { limit: 5, over: 1 } } }]
  ])('%s', (_what, change, found) => {
    expect(checkLetter(cedar, { ...good, ...change })).toEqual(found)
  })

  it.each([
    ['pasted HTML', '<p>Dear <b>Daniel</b></p>'],
    ['Word clutter', '<!--[if gte mso 9]><xml></xml><![endif]-->'],
    ['img onerror', '<img src=x onerror=alert(1)>'],
    ['javascript link', '<a href="javascript:alert(1)">x</a>'],
    ['CSS', 'body { display: none }'],
    ['base64 image', 'data:image/png;base64,iVBORw0KGgo='],
    ['RTL override', 'abc\u202edef'],
    ['Zalgo', 'Z\u0351\u036b\u0343a\u0313'],
    ['1,000 emoji', '😀'.repeat(1_000)],
    ['tabs', 'a\tb'],
    ['smart quotes', '“Peace”']
  ])('%s is a letter like others, kept as plain text', (_what, body) => {
    expect(checkLetter(cedar, { ...good, body })).toEqual({})
    expect(normaliseBody(body)).toBe(body.normalize('NFC'))
  })

  it.each([
    ['NUL', 'a\0b', 'ab'],
    ['lone surrogate', 'a\ud83db', 'ab'],
    ['CRLF', 'a\r\nb', 'a\nb']
  ])('%s is put right', (_what, body, kept) => {
    expect(normaliseBody(body)).toBe(kept)
  })

  it('100 lines at River Federal', () => {
    const lines = (count: number): string => Array.from({ length: count }, () => 'line').join('\r\n')
    expect(checkLetter(river, { ...good, body: lines(100) })).toEqual({})
    expect(checkLetter(river, { ...good, body: `${lines(100)}\n\n` })).toEqual({})
    expect(checkLetter(river, { ...good, body: lines(103) })).toEqual({ body: { code: 'BODY_TOO_MANY_LINES', params: { limit: 100, over: 3 } } })
    expect(countLines('')).toBe(1)
  })

  it('without a facility only what is known is checked', () => {
    expect(checkLetter(null, { ...good, contactId: null, body: 'x'.repeat(30_000) })).toEqual({ to: { code: 'RECIPIENT_MISSING' } })
  })

  it('the subject is one line', () => {
    expect(subjectLimit).toBe(200)
    expect(normaliseSubject('  Advent\r\n letter\t2 ')).toBe('Advent letter 2')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => normaliseSubject(normaliseSubject(typed)) === normaliseSubject(typed)))
  })

  it('agrees with the meter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 40_000 }), (place, length) => {
        const body = 'x'.repeat(length)
        const over = letterCost(place, { ...plain, body }).overLimitBy
        expect(checkLetter(place, { ...good, body }).body?.params?.['over'] ?? 0).toBe(over)
      })
    )
  })
})
