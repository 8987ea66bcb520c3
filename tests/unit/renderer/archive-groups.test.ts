/** The headings of a list by time, where the stretches of a very long list begin, and rows of lists that are mixed. */
import { describe, expect, it } from 'vitest'
import type { ArchiveRow } from '@contract/views'
import { headingOf } from '@/features/archive/heading'
import { lineOf, placeOf } from '@/features/archive/line'
import { listName, shownIn } from '@/features/archive/lists-shown'
import { monthsOf, rangeOfMonth, rangeOfYear, rangeWords, recentRange } from '@/features/archive/ranges'
import { segmentAt, segmentSize } from '@/features/archive/segments'
import { filterCount, filtersToSend, noFilters } from '@/stores/archive-box'
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

describe('what somebody else wrote, in a list', () => {
  const letter = { kind: 'letter', letter: { letterId: 'l1', contactName: 'Daniel Reyes', photoCount: 2 } } as unknown as ArchiveRow
  const reply = { kind: 'reply', message: { messageId: 'r1', contactName: 'Daniel Reyes', read: false } } as unknown as ArchiveRow
  const older = (direction: 'sent' | 'received'): ArchiveRow => ({ kind: 'imported', imported: { messageId: 'i1', personName: 'Ana Pham', direction, photoCount: 1 } }) as unknown as ArchiveRow

  it('is to somebody or from them, in words, with how many photos', () => {
    expect([letter, reply, older('sent'), older('received')].map((row) => [lineOf(row).direction, lineOf(row).name, lineOf(row).photos])).toEqual([
      ['To', 'Daniel Reyes', 2],
      ['From', 'Daniel Reyes', 0],
      ['To', 'Ana Pham', 1],
      ['From', 'Ana Pham', 1]
    ])
  })

  it('leads back to the list it was found in, whichever it belongs to', () => {
    expect([placeOf(letter, 'sent').query, placeOf(reply, 'inbox').query, placeOf(older('received'), 'inbox').query]).toEqual([{}, {}, {}])
    expect([placeOf(reply, 'sent').query, placeOf(older('received'), 'sent').query]).toEqual([{ from: 'sent' }, { from: 'sent' }])
    expect(placeOf(letter, 'inbox')).toEqual({ name: 'sent-letter', params: { letterId: 'l1' }, query: { from: 'inbox' } })
  })

  it('is named as what it is, and may be of any month in which somebody wrote', () => {
    expect([listName('sent', null), listName('inbox', null), listName('sent', 'either'), listName('sent', 'them'), listName('inbox', 'me'), listName('inbox', 'them')]).toEqual([
      'Sent letters',
      'Answers',
      'Letters and answers',
      'Answers',
      'Sent letters',
      'Answers'
    ])
    expect([shownIn('inbox', 'either'), shownIn('inbox', null), shownIn('inbox', 'me')]).toEqual([['sent', 'inbox'], ['inbox'], ['sent']])
    const months = monthsOf([[{ year: 2026, month: 3, entries: 1 }, { year: 2025, month: 12, entries: 4 }], [{ year: 2026, month: 11, entries: 2 }, { year: 2026, month: 3, entries: 9 }]])
    expect(months.map(({ year, month }) => [year, month])).toEqual([[2026, 11], [2026, 3], [2025, 12]])
  })
})

describe('filters', () => {
  it('count each choice once, photos and writer among them, and none of them are none', () => {
    expect(filterCount(noFilters)).toBe(0)
    expect(filterCount({ ...noFilters, photos: true, writtenBy: 'either' })).toBe(2)
    expect(filtersToSend({ ...noFilters, photos: true, writtenBy: 'them' })).toMatchObject({ photos: true, writtenBy: 'them', contactIds: [] })
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
