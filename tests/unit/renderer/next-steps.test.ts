import { describe, expect, it } from 'vitest'
import type { LetterState } from '@contract/views'
import { byWords, isUnderWay, nextInShort, nextStep, type NextLetter } from '@/words/next-steps'
import { failureCodes } from '../../../src-main/wire/failures'
import screeningWords from '../../../resources/service/screening-words.json'

// A Tuesday.
const now = Date.parse('2026-11-24T10:00:00Z')
const sense = { now, timeZone: 'UTC' }
const hours = (count: number): number => now + count * 3_600_000
const letter = (state: LetterState, more: Partial<NextLetter> = {}): NextLetter => ({
  state,
  reason: null,
  asking: false,
  stateSince: now,
  expected: null,
  answersByPost: false,
  ...more
})
const say = (state: LetterState, more: Partial<NextLetter> = {}, line: 'online' | 'offline' | 'unknown' = 'online'): string => {
  const { why, next } = nextStep(letter(state, more), line, sense)
  return `${why} ${next}`.trim()
}

describe('what happens next with a letter', () => {
  it('waiting: by itself, once, when the line is back', () => {
    expect(say('queued')).toBe('It goes by itself in a moment.')
    expect(say('queued', {}, 'offline')).toBe('It goes by itself, once, when the line is back. You can take it back until then.')
  })

  it('sending: the first try is said as a try, every later one as a question that cannot send twice', () => {
    expect(say('sending')).toBe('Epistle is handing it to the service. It cannot go twice.')
    expect(say('sending', { asking: true })).toBe('Epistle is asking the service whether it has this letter. It cannot go twice.')
    expect(say('sending', { asking: true }, 'offline')).toContain('When it is back, Epistle asks')
  })

  it('after a day without an answer: what Epistle does, that it cannot go twice, and what a person can do', () => {
    const dayAgo = hours(-24) - 1
    expect(say('sending', { asking: true, stateSince: dayAgo })).toBe(
      'The service has not answered for more than a day. Epistle goes on asking by itself; it cannot go twice, and its stamps stay set aside. If the internet works on this PC, tell your coordinator. Please do not write it again.'
    )
    expect(say('sending', { asking: true, stateSince: dayAgo }, 'offline')).toContain('more than a day')
    expect(say('sending', { asking: true, stateSince: hours(-24) })).not.toContain('more than a day')
    expect(say('queued', { stateSince: dayAgo }, 'offline')).toMatch(/^This PC has not reached the service for more than a day: look whether the internet works here\. It goes by itself/)
    expect(say('queued', { stateSince: dayAgo }, 'online')).toBe('It goes by itself in a moment.')
  })

  it('in a long list: a few words where something is to come or to be done, and nothing elsewhere', () => {
    const short = (state: LetterState, more: Partial<NextLetter> = {}, line: 'online' | 'offline' = 'online'): string => nextInShort(letter(state, more), line, sense)
    const expected = { by: Date.parse('2026-12-01T10:00:00Z'), usual: { count: 5, unit: 'workingDay' } } as const
    expect(short('queued', {}, 'offline')).toBe('Goes by itself when the line is back.')
    expect(short('sending', { asking: true })).toBe('Epistle goes on asking; it cannot go twice.')
    expect(short('held', { expected })).toBe('Usually answered by Tuesday, 1 Dec.')
    expect(short('held', { expected: { ...expected, by: now - 1 } })).toBe('Takes longer than usual; you need not do anything.')
    expect(short('rejected')).toContain('open it')
    expect(short('undeliverable')).toContain('open it')
    expect((['submitted', 'screening', 'approved', 'delivered', 'replied', 'cancelled'] as const).map((state) => short(state)).join('')).toBe('')
  })

  it('held: who looks at it, how long that takes, and by when', () => {
    const expected = { by: Date.parse('2026-12-01T10:00:00Z'), usual: { count: 5, unit: 'workingDay' } } as const
    expect(say('held', { expected })).toBe(
      'Somebody at the facility looks at it. The facility usually answers within 5 working days: by Tuesday, 1 Dec.'
    )
    expect(say('held', { expected, reason: 'gang' })).toContain('a sign of a gang')
    expect(say('held', { expected: { ...expected, by: now - 1 } })).toContain('longer than usual (5 working days). You need not do anything.')
  })

  it('with photos: who looks at them, that one was taken out, and to leave it out the next time', () => {
    const expected = { by: Date.parse('2026-12-01T10:00:00Z'), usual: { count: 2, unit: 'workingDay' } } as const
    const short = (more: Partial<NextLetter>): string => nextInShort(letter('held', { reason: 'photos', ...more }), 'online', sense)
    expect(say('held', { expected, reason: 'photos' })).toBe(
      'Somebody at the facility looks at its photos first. The facility usually answers within 2 working days: by Tuesday, 1 Dec.'
    )
    expect(short({ expected })).toBe('Somebody looks at its photos; usually answered by Tuesday, 1 Dec.')
    expect(short({ expected: { ...expected, by: now - 1 } })).toBe('Takes longer than usual; you need not do anything.')
    expect(short({})).toBe('Somebody at the facility looks at its photos.')
    expect(say('approved', { reason: 'photo_removed', expected })).toBe('The facility took a photo out; your words went on. It usually arrives within 2 working days: by Tuesday, 1 Dec.')
    expect(say('rejected', { reason: 'photo_collage' })).toBe(
      'Several pictures in one photo are not allowed. Your words are kept here: press What to do, then Fix and resend, without that photo. The stamps it used are not given back.'
    )
    expect(say('rejected', { reason: 'attachment_not_allowed' })).toMatch(/^What went with it, such as a photo, is not allowed there\. .* without that photo\./)
    expect(say('rejected', { reason: 'nudity' })).toMatch(/^The reviewers found nudity in it\. Your words are kept here/)
  })

  it.each([
    ['today, an hour', hours(3), 'hour', 'by 13:00'],
    ['today, a day', hours(3), 'day', 'by this evening'],
    ['tomorrow, an hour', hours(20), 'hour', 'by tomorrow, 6:00'],
    ['tomorrow, days', hours(24), 'day', 'by tomorrow'],
    ['next week', hours(24 * 7), 'workingDay', 'by Tuesday, 1 Dec'],
    ['next year', Date.parse('2027-01-04T10:00:00Z'), 'day', 'by Monday, 4 Jan 2027']
  ] as const)('%s', (_what, by, unit, words) => {
    expect(byWords({ by, usual: { count: 1, unit } }, sense)).toBe(words)
  })

  it('an answer comes to the Inbox, or by post where that is the rule', () => {
    expect(say('delivered')).toContain('Inbox')
    expect(say('delivered', { answersByPost: true })).toContain('on paper')
  })

  it.each([
    'queued',
    'sending',
    'submitted',
    'screening',
    'held',
    'approved',
    'delivered',
    'replied',
    'rejected',
    'undeliverable',
    'refused',
    'cancelled'
  ] satisfies LetterState[])('%s: whole sentences, also without a reason or a date', (state) => {
    for (const line of ['online', 'offline', 'unknown'] as const) {
      const { next } = nextStep(letter(state), line, sense)
      expect(next).toMatch(/^[A-Z].*\.$/)
      expect(next).not.toMatch(/undefined|null|_/)
    }
  })

  const reviewers = [...new Set(screeningWords.map(({ reason }) => reason)), 'photo_collage', 'language_not_reviewable', 'attachment_not_allowed', 'over_the_limit']
  it.each(reviewers)('not delivered for %s: why, and that the words are kept', (reason) => {
    const { why, next } = nextStep(letter('rejected', { reason }), 'online', sense)
    expect(why).toMatch(/^[A-Z].*\.$/)
    expect(next).toContain('What to do')
  })

  it.each(['transferred', 'released', 'suspended', 'unknown_id', 'unknown id'])('came back, %s: its own why and its own way on', (reason) => {
    const { why, next } = nextStep(letter('undeliverable', { reason }), 'online', sense)
    expect(why).not.toBe('It could not be given to the person.')
    expect(next).toContain('Your words are kept here.')
  })

  /** What the service can answer to a letter and mean it: the rest is retried or belongs to other calls. */
  const final = ['BAD_REQUEST', 'INVALID', 'TERMS_NEEDED', 'NOT_FOUND', 'NOT_ENOUGH_STAMPS', 'PRICE_CHANGED', 'CONSENT_MISSING', 'CONTACT_UNAVAILABLE', 'INVITATION_NEEDED', 'TOO_LONG', 'KEY_REUSED', 'KEY_VOID'] as const
  it.each(final)('refused with %s: its own why, nothing was used, and how to go on', (reason) => {
    expect(failureCodes).toContain(reason)
    const { why, next } = nextStep(letter('refused', { reason }), 'online', sense)
    expect(why).not.toBe('The service did not take it.')
    expect(next).toMatch(/^Nothing was used\..*Change and send again/)
  })

  it.each(failureCodes)('no code of the service leaves a person without a way on: %s', (reason) => {
    expect(say('refused', { reason })).toContain('Nothing was used.')
  })

  it('a list tells only of what is still under way', () => {
    expect(isUnderWay('held')).toBe(true)
    expect(isUnderWay('rejected')).toBe(true)
    expect(isUnderWay('delivered')).toBe(false)
  })
})
