import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copiesToKeep, copyIsStale, kept, staleCopyMs, type KeptCopy } from '@rules/copies'

const day = 86_400_000
const start = Date.parse('2026-11-23T15:00:00Z')
const daily = (count: number): readonly KeptCopy[] => Array.from({ length: count }, (_, at) => ({ sequence: at + 1, madeAt: start + at * day }))
const sequences = (copies: readonly KeptCopy[]): readonly number[] => copies.map(({ sequence }) => sequence)

describe('which copies are kept', () => {
  it('of one a day: the newest seven, then the last of each of four weeks', () => {
    // Day 60 is a Thursday (21 January); weeks end on Sundays.
    const found = sequences(copiesToKeep(daily(60)))
    expect(found.slice(0, 7)).toEqual([60, 59, 58, 57, 56, 55, 54])
    expect(found).toHaveLength(11)
    const weekly = found.slice(7).map((sequence) => new Date(start + (sequence - 1) * day).getUTCDay())
    expect(weekly.slice(1)).toEqual([0, 0, 0])
  })

  it('of many on one day: the last', () => {
    const copies = Array.from({ length: 40 }, (_, at) => ({ sequence: at + 1, madeAt: start + at * 600_000 / 4 }))
    expect(sequences(copiesToKeep(copies))).toEqual([40])
  })

  it('of few: all', () => {
    expect(copiesToKeep([])).toEqual([])
    expect(sequences(copiesToKeep(daily(3)))).toEqual([3, 2, 1])
  })

  it('of a PC that is used once a month: all of the last eleven', () => {
    const monthly = Array.from({ length: 20 }, (_, at) => ({ sequence: at + 1, madeAt: start + at * 30 * day }))
    expect(sequences(copiesToKeep(monthly))).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
  })

  const copies = fc.uniqueArray(fc.record({ sequence: fc.nat(1_000), madeAt: fc.integer({ min: 0, max: 4_000 * day }) }), { selector: ({ sequence }) => sequence, maxLength: 80 })

  it('never more than eleven, always the newest by sequence whatever the clock said, and again the same', () => {
    fc.assert(
      fc.property(copies, (all) => {
        const found = copiesToKeep(all)
        expect(found.length).toBeLessThanOrEqual(kept.days + kept.weeks)
        if (all.length > 0) expect(found[0]?.sequence).toBe(Math.max(...sequences(all)))
        expect(copiesToKeep(found)).toEqual(found)
      })
    )
  })

  it('a clock that was ten years ahead for a day takes one place, not all', () => {
    const wild = [...daily(5), { sequence: 6, madeAt: start + 3650 * day }, ...daily(12).slice(6).map((copy) => ({ ...copy, sequence: copy.sequence + 1 }))]
    expect(sequences(copiesToKeep(wild)).slice(0, 7)).toEqual([13, 12, 11, 10, 9, 8, 6])
  })
})

describe('when a copy is too old', () => {
  it('after a week, counted from the opening when there is none', () => {
    expect(copyIsStale(start, start, start + staleCopyMs)).toBe(false)
    expect(copyIsStale(start, start, start + staleCopyMs + 1)).toBe(true)
    expect(copyIsStale(null, start, start + day)).toBe(false)
    expect(copyIsStale(null, start, start + staleCopyMs + 1)).toBe(true)
  })
})
