import { describe, expect, it } from 'vitest'
import { clockTime, dayName, fullDate, lastHere, listTime, savedAt, shortDate, whenInSentence } from '@/words/dates'

const at = (text: string): number => Date.parse(text)
// Monday 23 November 2026, nine in the morning in Chicago.
const sense = { now: at('2026-11-23T15:00:00Z'), timeZone: 'America/Chicago' }

describe('words for times', () => {
  it('says the time without a leading zero, midnight included', () => {
    expect(clockTime(at('2026-11-23T16:44:00Z'), sense)).toBe('10:44')
    expect(clockTime(at('2026-11-23T15:20:00Z'), sense)).toBe('9:20')
    expect(clockTime(at('2026-11-23T06:05:00Z'), sense)).toBe('0:05')
    expect(clockTime(at('2026-11-23T20:05:00Z'), sense)).toBe('14:05')
  })

  it('names the day as one would: today, yesterday, the weekday, then the date', () => {
    expect(dayName(at('2026-11-23T07:00:00Z'), sense)).toBe('Today')
    expect(dayName(at('2026-11-23T05:59:00Z'), sense)).toBe('Yesterday')
    expect(dayName(at('2026-11-24T07:00:00Z'), sense)).toBe('Tomorrow')
    expect(dayName(at('2026-11-17T18:00:00Z'), sense)).toBe('Tuesday')
    expect(dayName(at('2026-11-16T18:00:00Z'), sense)).toBe('16 Nov')
    expect(dayName(at('2025-09-16T18:00:00Z'), sense)).toBe('16 Sep 2025')
  })

  it('keeps its days when the clocks change', () => {
    // In Chicago the clocks went back on 1 November 2026.
    const after = { now: at('2026-11-01T18:00:00Z'), timeZone: 'America/Chicago' }
    expect(dayName(at('2026-11-01T05:30:00Z'), after)).toBe('Today')
    expect(dayName(at('2026-11-01T04:30:00Z'), after)).toBe('Yesterday')
    expect(dayName(at('2026-10-26T18:00:00Z'), after)).toBe('Monday')
  })

  it('fits lists, sentences and the saved state', () => {
    expect(listTime(at('2026-11-23T16:44:00Z'), sense)).toBe('Today 10:44')
    expect(listTime(at('2026-11-18T16:44:00Z'), sense)).toBe('Wednesday')
    expect(whenInSentence(at('2026-11-22T15:20:00Z'), sense)).toBe('yesterday at 9:20')
    expect(whenInSentence(at('2026-11-12T15:20:00Z'), sense)).toBe('on 12 Nov')
    expect(savedAt(at('2026-11-23T16:42:00Z'), sense)).toBe('Saved 10:42')
    expect(savedAt(at('2026-11-22T16:42:00Z'), sense)).toBe('Saved yesterday')
    expect(savedAt(at('2026-11-02T16:42:00Z'), sense)).toBe('Saved 2 Nov')
    expect(shortDate(at('2026-11-18T16:42:00Z'), sense)).toBe('18 Nov')
    expect(fullDate(at('2026-11-23T15:00:00Z'), sense)).toBe('Monday, 23 November 2026, 9:00')
  })

  it('says when somebody was last here', () => {
    expect(lastHere(null, sense)).toBe('Not here yet')
    expect(lastHere(at('2026-11-23T14:00:00Z'), sense)).toBe('Last here today')
    expect(lastHere(at('2026-11-22T14:00:00Z'), sense)).toBe('Last here yesterday')
    expect(lastHere(at('2026-11-17T14:00:00Z'), sense)).toBe('Last here on Tuesday')
    expect(lastHere(at('2026-11-11T14:00:00Z'), sense)).toBe('Last here on 11 November')
    expect(lastHere(at('2025-11-11T14:00:00Z'), sense)).toBe('Last here on 11 November 2025')
    // A service clock that was fast-forwarded, or a PC clock that was put back, does not make people travellers in time.
    expect(lastHere(at('2027-01-01T14:00:00Z'), sense)).toBe('Last here today')
  })
})
