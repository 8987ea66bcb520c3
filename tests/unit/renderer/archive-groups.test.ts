/** The headings of a list by time, and where the stretches of a very long list begin. */
import { describe, expect, it } from 'vitest'
import type { ArchiveRow } from '@contract/views'
import { headingOf } from '@/features/archive/heading'
import { rangeOfMonth, rangeOfYear, rangeWords, recentRange } from '@/features/archive/ranges'
import { segmentAt, segmentSize } from '@/features/archive/segments'
import { timeGroup } from '@/words/groups'
import { years } from '@/words/years'

/** Thursday, 26 November 2026, in the afternoon. */
const sense = { now: Date.UTC(2026, 10, 26, 15), timeZone: 'UTC' }
const at = (year: number, month: number, day: number, hour = 12): number => Date.UTC(year, month - 1, day, hour)

describe('groups by time', () => {
  it.each([
    [at(2026, 11, 26, 0), 'Today'],
    [at(2026, 11, 25, 23), 'Yesterday'],
    [at(2026, 11, 24), 'This week'],
    [at(2026, 11, 23, 0), 'This week'],
    [at(2026, 11, 22, 23), 'Last week'],
    [at(2026, 11, 16), 'Last week'],
    [at(2026, 11, 15), 'Earlier this month'],
    [at(2026, 11, 1), 'Earlier this month'],
    [at(2026, 10, 31), 'October 2026'],
    [at(2025, 11, 26), 'November 2025'],
    [at(2026, 11, 26, 23), 'Today'],
    [at(2026, 11, 28), 'Later'],
    [at(2026, 12, 2), 'Later']
  ])('%s', (ms, words) => {
    expect(timeGroup(ms, sense)).toBe(words)
  })

  it('a day is a day of this PC, not of Greenwich', () => {
    const late = Date.UTC(2026, 10, 26, 4)
    expect([timeGroup(late, { ...sense, timeZone: 'America/Chicago' }), timeGroup(late, sense)]).toEqual(['Yesterday', 'Today'])
  })

  it('walking back in time, no group comes twice', () => {
    const seen: string[] = []
    for (let hours = -30; hours < 24 * 500; hours += 3) {
      const group = timeGroup(sense.now - hours * 3_600_000, sense)
      if (group !== seen.at(-1)) seen.push(group)
    }
    expect(new Set(seen).size).toBe(seen.length)
expect(seen.slice(0, 6)).toEqual(['Later', 'Today', 'Yesterday', 'This week', 'Last week', 'Earlier this month'])
  })
})

describe('headings', () => {
  const row = (entryId: number, name: string, confirmedAt: number): ArchiveRow =>
    ({ kind: 'letter', entryId, letter: { contactName: name, confirmedAt, subject: '', excerpt: '' } }) as unknown as ArchiveRow
  const old = row(2, 'Daniel Reyes', at(2020, 3, 4))
  it('stand above the first row and where the group changes', () => {
    expect(headingOf(old, null, true, 'time', false)).toBe('March 2020')
    expect(headingOf(old, row(3, 'Luis', at(2020, 3, 5)), false, 'time', false)).toBeNull()
    expect(headingOf(old, row(3, 'Luis', at(2020, 4, 5)), false, 'time', false)).toBe('March 2020')
    expect(headingOf(old, row(3, 'Luis', at(2020, 3, 5)), false, 'person', false)).toBe('Daniel Reyes')
    expect(headingOf(old, row(3, 'Luis', at(2020, 3, 5)), false, 'person', true), 'a search is by time').toBeNull()
  })
  it('wait for the row before', () => {
    expect(headingOf(old, null, false, 'time', false)).toBeNull()
  })
})

describe('stretches', () => {
  it('cover every row of any list', () => {
    for (const length of [0, 1, segmentSize, segmentSize + 1, 1_000_000])
      for (const index of [0, 1, segmentSize - 1, segmentSize, length - 1].filter((each) => each >= 0 && each < length)) {
        const from = segmentAt(index, length)
        expect(from).toBeLessThanOrEqual(index)
        expect(index - from).toBeLessThan(Math.max(length <= segmentSize ? length : segmentSize, 1))
      }
  })
})

describe('ranges', () => {
  it('are said as years and months where they are such', () => {
    const year = rangeOfYear(2025)
    const month = rangeOfMonth(2025, 3)
    expect([rangeWords(year.from, year.until), rangeWords(month.from, month.until), rangeWords(null, null)]).toEqual(['2025', 'March 2025', 'Any time'])
    expect(rangeWords(month.from, year.until)).toBe('1 March 2025 to 31 December 2025')
    const week = recentRange(7, new Date(2026, 10, 26, 15).getTime())
    expect(rangeWords(week.from, week.until)).toBe('20 November 2026 to 26 November 2026')
  })
})

describe('years to choose from', () => {
  it('go back to the oldest letter, however old it is', () => {
    expect(years(null, sense.now)).toEqual([2026])
    expect(years({ year: 2024, month: 6 }, sense.now)).toEqual([2026, 2025, 2024])
    expect(years({ year: 1962, month: 12 }, sense.now)).toHaveLength(65)
    expect(years({ year: 2027, month: 2 }, sense.now), 'a clock that was ahead').toEqual([2026])
  })
})
