import { describe, expect, it } from 'vitest'
import { appealText, type AppealFacts } from '@/words/appeal'
import { arrivalWords, dayInWords, firstLetterWords, lateWords, movedWords, prayedWords } from '@/words/correspondence'
import { daysWords, monthWords, rateWords, shortMonth, usedWords } from '@/words/figures'

const sense = { now: Date.parse('2026-11-26T12:00Z'), timeZone: 'UTC' }
const at = (text: string): number => Date.parse(`${text}T10:00Z`)

describe('dates of a conversation', () => {
  it('by when, and that it is over', () => {
    expect(dayInWords(at('2026-12-03'), sense)).toBe('Thursday 3 December')
    expect(dayInWords(at('2027-01-04'), sense)).toBe('Monday 4 January 2027')
    expect(arrivalWords({ by: at('2026-12-03') }, false, sense)).toBe('Expected by Thursday 3 December')
    expect(arrivalWords({ by: at('2026-11-20') }, true, sense)).toBe('Was expected by Friday 20 November')
    expect([lateWords(1), lateWords(12)]).toEqual(['1 working day late', '12 working days late'])
    expect(movedWords('River Federal', at('2026-05-03'), sense)).toBe('Moved to River Federal, 3 May')
    expect([0, 1, 3].map(prayedWords)).toEqual(['Not prayed for yet', 'Prayed for once', 'Prayed for 3 times'])
    expect(firstLetterWords('mayArrive')).toContain('may still arrive')
  })
})

describe('a letter of appeal', () => {
  const facts: AppealFacts = {
    letter: { contactName: 'Daniel Reyes', number: '448213', facilityName: 'Cedar State', subject: 'A riddle', confirmedAt: at('2026-11-02'), receiptNumber: 'R-77', state: 'rejected', stateSince: at('2026-11-05'), reason: 'gang' },
    author: { name: 'Mary Keane', email: 'mary@parish.org' },
    today: at('2026-11-26'),
    expectedBy: null
  }
  it('names the facility, the person, the letter, the day and the reason', () => {
    const text = appealText(facts, sense)
    for (const part of ['26 November 2026', 'Cedar State', 'Daniel Reyes (448213)', 'receipt R-77', '“A riddle”', 'On 5 November 2026', 'signs of a gang', 'Mary Keane\nmary@parish.org']) expect(text).toContain(part)
  })
  it.each([
    ['undeliverable', 'transferred', 'moved to another facility'],
    ['rejected', null, 'No reason was given.']
  ] as const)('%s (%s)', (state, reason, part) => {
    expect(appealText({ ...facts, letter: { ...facts.letter, state, reason } }, sense)).toContain(part)
  })
  it('of a letter that is late says by when it was expected', () => {
    const letter = { ...facts.letter, state: 'screening', reason: null, receiptNumber: null } as const
    const text = appealText({ ...facts, letter, expectedBy: at('2026-11-10') }, sense)
    expect(text).toContain('by 10 November 2026')
    expect(text).not.toMatch(/undefined|null/)
  })
})

describe('figures', () => {
  const none = { letters: 0, answered: 0, delivered: 0, medianDays: null, stamps: 0, credits: 0, replies: 0 }
  it('reads as a person would say it', () => {
    expect(monthWords(2026 * 12 + 10)).toBe('November 2026')
    expect(shortMonth(2026 * 12 + 8)).toBe('Sep 26')
    expect(rateWords(none)).toBe('–')
    expect(rateWords({ ...none, letters: 3, answered: 2 })).toBe('67 %')
    expect([null, 0, 1, 5].map((medianDays) => daysWords({ ...none, medianDays }))).toEqual(['–', 'same day', '1 day', '5 days'])
    expect(usedWords({ stamps: 12, credits: 0 })).toBe('12')
    expect(usedWords({ stamps: 12, credits: 1 })).toBe('12 and 1 credit')
    expect(usedWords({ stamps: 0, credits: 3 })).toBe('3 credits')
  })
})
