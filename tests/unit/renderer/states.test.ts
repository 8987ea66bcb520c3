import { describe, expect, it } from 'vitest'
import type { LetterState, PersonStatus, PurchaseState } from '@contract/views'
import { contactWords, letterEventWords, letterStateWords, personStatusWords, purchaseWords, reasonWords } from '@/words/states'

const now = Date.parse('2026-11-20T15:00:00Z')
const sense = { now, timeZone: 'UTC' }
const letter = (state: LetterState, reason: string | null = null, stateSince = now) => letterStateWords({ state, reason, stateSince }, sense)

const letterStates: { readonly [S in LetterState]: string } = {
  queued: 'Waiting to send',
  sending: 'Sending now',
  submitted: 'Sent',
  screening: 'In review',
  held: 'Held for review since today',
  approved: 'Approved',
  delivered: 'Delivered',
  replied: 'Answered today',
  rejected: 'Not delivered',
  undeliverable: 'Came back',
  refused: 'Needs your attention',
  cancelled: 'Taken back'
}

describe('a letter in words', () => {
  it.each(Object.entries(letterStates))('%s: %s', (state, words) => {
    const said = letter(state as LetterState)
    expect(said.words).toBe(words)
    expect(said.icon).toBeTruthy()
    expect(letterEventWords({ state: state as LetterState, reason: null })).toMatch(/^[A-Z]/)
  })

  it('says after a day that it still waits, or is still tried, and since when', () => {
    const before = Date.parse('2026-11-17T09:00:00Z')
    expect(letter('sending', null, before)).toMatchObject({ words: 'Still trying to send, since Tuesday', tone: 'warn' })
    expect(letter('queued', null, before).words).toBe('Still waiting to send, since Tuesday')
    expect(letter('sending', null, now - 86_400_000).words).toBe('Sending now')
  })

  it('says since when it is held and on which day it was answered', () => {
    expect(letter('held', null, Date.parse('2026-11-17T09:00:00Z')).words).toBe('Held for review since Tuesday')
    expect(letter('held', null, Date.parse('2026-11-04T09:00:00Z')).words).toBe('Held for review since 4 Nov')
    expect(letter('replied', null, Date.parse('2026-11-12T09:00:00Z')).words).toBe('Answered 12 Nov')
  })

  it('says why it was not delivered', () => {
    expect(letter('rejected', 'photo_collage').words).toBe('Not delivered: photo collage')
    expect(letter('undeliverable', 'transferred').words).toBe('Came back: moved to another facility')
    expect(letter('refused', 'PRICE_CHANGED').words).toBe('Needs your attention: the price changed')
    expect(reasonWords(null)).toBe('')
    expect(reasonWords('Third-party contact')).toBe('contact for somebody else')
    expect(letterEventWords({ state: 'rejected', reason: 'lyrics' })).toBe('Not delivered: lyrics')
  })

  it('says what became of its photos, on the row and in its history', () => {
    expect(letter('held', 'photos', Date.parse('2026-11-17T09:00:00Z')).words).toBe('Held for review since Tuesday')
    expect(letterEventWords({ state: 'held', reason: 'photos' })).toBe('Held for review: somebody looks at the photos first')
    expect(letter('approved', 'photo_removed')).toMatchObject({ words: 'Approved: a photo was taken out', tone: 'ok' })
    expect(letterEventWords({ state: 'approved', reason: 'photo_removed' })).toBe('Approved: a photo was taken out')
    expect(letter('rejected', 'attachment_not_allowed').words).toBe('Not delivered: a photo or attachment that is not allowed')
    expect(letter('rejected', 'nudity').words).toBe('Not delivered: nudity')
  })

  it('never says by tone alone: bad and warn words differ from good ones', () => {
    const tones = new Map(Object.keys(letterStates).map((state) => [state, letter(state as LetterState).tone]))
    expect(tones.get('rejected')).toBe('bad')
    expect(tones.get('held')).toBe('warn')
    expect(tones.get('delivered')).toBe('ok')
  })
})

describe('people and purchases in words', () => {
  it('says how a contact stands', () => {
    expect(contactWords({ standing: 'ready', status: 'active' }).words).toBe('You can write')
    expect(contactWords({ standing: 'invited', status: 'active' }).words).toBe('Waiting for the invitation code')
    expect(contactWords({ standing: 'unavailable', status: 'released' }).words).toBe('Released')
    expect(contactWords({ standing: 'unavailable', status: 'active' }).words).toBe('Cannot get letters now')
  })

  it.each(['active', 'transferred', 'released', 'suspended'] satisfies PersonStatus[])('has words for %s', (status) => {
    expect(personStatusWords(status)).toMatch(/^[A-Z]/)
  })

  it.each(['pending', 'added', 'declined', 'cancelled'] satisfies PurchaseState[])('has words for a purchase that is %s', (state) => {
    expect(purchaseWords(state).words).not.toBe('')
  })
})
