/** Which versions of a draft stay, what counts as losing most of a letter, and the last words one remembers. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotsToThin, type TimelineVersion } from '@rules/draft-timeline'
import { lastWords } from '@rules/last-words'
import { countWords, isLong, lossBetween, shrinkBetween } from '@rules/words-lost'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.parse('2026-11-26T12:00:00Z')

const every = (step: number, from: number, to: number): readonly TimelineVersion[] =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, at) => ({ slot: at + 1, savedAt: from + at * step, pinned: false }))
const left = (versions: readonly TimelineVersion[], at = now): readonly TimelineVersion[] => {
  const gone = new Set(slotsToThin(versions, at))
  return versions.filter(({ slot }) => !gone.has(slot))
}

describe('a timeline thinned with age', () => {
  it.each([
    ['the last hour: every one', every(minute, now - hour, now), 60],
    ['earlier today: one for ten minutes', every(minute, now - 5 * hour, now - 2 * hour), 18],
    ['this week: one an hour', every(10 * minute, now - 3 * day, now - 2 * day), 24],
    ['this month: one a day', every(hour, now - 20 * day, now - 10 * day), 10],
    ['before that: one a week', every(day, now - 90 * day, now - 34 * day), 8]
  ])('%s', (_what, versions, about) => {
    const kept = left(versions)
    // The first one stays too, and a stretch may begin in the middle.
    expect(kept.length).toBeGreaterThanOrEqual(about)
    expect(kept.length).toBeLessThanOrEqual(about + 2)
  })

  it('a year of writing every day for an hour comes to fewer than 300 versions', () => {
    const all = Array.from({ length: 365 }, (_, at) => every(minute, now - (365 - at) * day, now - (365 - at) * day + hour)).flat()
    expect(left(all.map((version, at) => ({ ...version, slot: at + 1 }))).length).toBeLessThan(300)
  })

  const timeline = fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 3 * day }), pinned: fc.boolean() }), { minLength: 1, maxLength: 80 })
    .map((steps) => {
      let at = now - steps.reduce((sum, { gap }) => sum + gap, 0)
      return steps.map(({ gap, pinned }, index): TimelineVersion => ({ slot: index + 1, savedAt: (at += gap), pinned: pinned && index % 5 === 0 }))
    })

  it('never takes the first, the last, a pinned one, or one of the last hour', () => {
    fc.assert(
      fc.property(timeline, (versions) => {
        const kept = new Set(left(versions).map(({ slot }) => slot))
        for (const [index, { slot, savedAt, pinned }] of versions.entries()) {
          if (index === 0 || index === versions.length - 1 || pinned || now - savedAt <= hour) expect(kept.has(slot)).toBe(true)
        }
      })
    )
  })

  it('thinning every day or once comes to the same, and thinning twice takes nothing more', () => {
    fc.assert(
      fc.property(timeline, fc.array(fc.integer({ min: 0, max: 40 * day }), { maxLength: 6 }), (versions, waits) => {
        const last = now + waits.reduce((sum, wait) => sum + wait, 0)
        let often: readonly TimelineVersion[] = versions
        let at = now
        for (const wait of waits) {
          often = left(often, at)
          at += wait
        }
        expect(left(often, last)).toEqual(left(versions, last))
        expect(left(left(versions, last), last)).toEqual(left(versions, last))
      })
    )
  })

  it('a clock that was set back, or forward, takes nothing that a right one would not', () => {
    expect(slotsToThin([{ slot: 1, savedAt: now + day, pinned: false }, { slot: 2, savedAt: now + 2 * day, pinned: false }, { slot: 3, savedAt: now, pinned: false }], now)).toEqual([])
  })
})

describe('words that would go', () => {
  const sentence = (at: number): string => `On day ${at} of this autumn we read psalm ${at} together.`
  const long = Array.from({ length: 45 }, (_, at) => sentence(at)).join(' ')
  const half = Math.floor(long.length / 2)

  it('counts words as a person does', () => {
    expect(countWords('  Dear\n\nDaniel, \t how—are you? ')).toBe(4)
    expect(countWords('')).toBe(0)
  })

  it.each([
    ['a short text', 'Dear Daniel, '.repeat(20), '', null],
    ['typing at the end', long, `${long} And`, null],
    ['a passage in the middle', long, long.slice(0, 900) + long.slice(1_500), null],
    ['not quite half', long, long.slice(0, half + 40), null],
    ['more than half, the end', long, long.slice(0, half - 200), 'lost'],
    ['more than half, the beginning', long, long.slice(half + 200), 'lost'],
    ['everything but one word', long, 'On', 'lost'],
    ['the same paragraphs in another order', long, `${long.slice(half)} ${long.slice(0, half)}`, null],
    ['other words of the same length', long, long.replaceAll(/[a-z]/g, (sign) => String.fromCharCode(((sign.charCodeAt(0) - 96) % 26) + 97)), 'lost'],
    ['one word of 2,000 characters cut down', 'x'.repeat(2_000), 'x'.repeat(10), 'lost']
  ])('%s', (_what, earlier, later, expected) => {
    expect(lossBetween(earlier, later) === null ? null : 'lost').toBe(expected)
  })

  it('says how many words', () => {
    expect(lossBetween(long, long.slice(0, long.indexOf('On day 5')))?.words).toBe(40 * 11)
    expect(shrinkBetween(long, long.slice(0, long.indexOf('On day 5')))?.words).toBe(40 * 11)
    expect(shrinkBetween(long, long.slice(0, half + 10))).toBeNull()
  })

  it('never asks about what was typed on, and always about what was emptied', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 400, mode: 'words' }), fc.string({ maxLength: 40 }), (text, more) => {
        expect(lossBetween(text, text + more)).toBeNull()
        expect(lossBetween(text, '') !== null).toBe(isLong(text))
      })
    )
  })

  it('looks at a megabyte in less than a blink', () => {
    const huge = 'one two three four five six seven eight '.repeat(25_000)
    const began = performance.now()
    expect(lossBetween(huge, `${huge}x`)).toBeNull()
    expect(lossBetween(huge, huge.slice(0, 1_000))).not.toBeNull()
    expect(performance.now() - began).toBeLessThan(1_500)
  })
})

describe('the last words of a text', () => {
  it('is the whole of a short one, on one line', () => expect(lastWords('Dear\nDaniel', 40)).toBe('Dear Daniel'))
  it('begins at a word', () => expect(lastWords('one two three four five', 12)).toBe('…four five'))
  it('cuts a word that is longer than there is room', () => expect(lastWords(`a ${'x'.repeat(50)}`, 10)).toBe(`…${'x'.repeat(9)}`))
  it('never shows more than asked for, and always the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = lastWords(text, max)
        expect([...shown].length).toBeLessThanOrEqual(max)
      })
    )
  })
})
