import { describe, expect, it } from 'vitest'
import { activityEvents } from '@contract/activity'
import type { ActivityEntry } from '@contract/views'
import { byDay } from '@/features/security/by-day'
import { activityKindWords, activityWords, needsALook } from '@/words/activity'

const sense = { now: Date.parse('2026-11-22T12:00:00Z'), timeZone: 'UTC' }
const events = Object.keys(activityEvents)
const say = (event: string, details: ActivityEntry['details'] = {}): string => activityWords({ event, details }, sense)

/** Every figure and name that any writer of the log adds. */
const everything = {
  name: 'Daniel Reyes',
  by: 'Rose Amari',
  device: 'Office PC',
  method: 'totp',
  minutes: 15,
  count: 10,
  version: '1',
  document: 'terms',
  event: 'signedIn',
  at: Date.parse('2026-11-21T10:00:00Z'),
  on: 'yes',
  role: 'coordinator',
  coordinator: 'yes',
  presets: 'cheatSheet',
  release: 'timed',
  stamps: 20,
  cents: 500,
  wallet: 'Texas',
  last4: '4242',
  reason: 'price_changed'
}

describe('words for the activity log', () => {
  it.each(events)('%s: a sentence, with all its figures and with none', (event) => {
    for (const details of [{}, everything]) {
      const sentence = say(event, details)
      expect(sentence).toMatch(/^[A-Z\d].*[.?]$/)
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object|[a-z][A-Z]|_| {2}/)
    }
  })

  it('says who, where and how', () => {
    expect(say('signedIn', { device: 'Office PC' })).toBe('Signed in on Office PC.')
    expect(say('secondStepPassed', { method: 'email' })).toBe('The second step was passed, with a code by e-mail.')
    expect(say('stampsBought', { stamps: 20, cents: 500, wallet: 'Texas' })).toBe('20 stamps to use in Texas were bought for $5.00.')
    expect(say('letterConfirmed', { name: 'Daniel Reyes', stamps: 1 })).toBe('A letter to Daniel Reyes was confirmed (1 stamp).')
    expect(say('termsAccepted', { version: 'eMessaging 1' })).toBe('You accepted the eMessaging terms, version 1.')
    expect(say('termsAccepted', { document: 'terms', version: '1' })).toBe('You accepted the Terms and Conditions, version 1.')
    expect(say('accountLocked', { minutes: 15 })).toBe('Your account was locked for 15 minutes after three wrong tries.')
  })

  it('tells the person concerned and the coordinator apart', () => {
    expect(say('personDisabled', { name: 'Daniel Reyes' })).toBe('You switched the account of Daniel Reyes off.')
    expect(say('personDisabled', { name: 'Daniel Reyes', by: 'Rose Amari' })).toBe('Rose Amari switched your account off.')
    expect(say('roleChanged', { name: 'Daniel Reyes', coordinator: 'yes' })).toBe('You made Daniel Reyes a coordinator.')
    expect(say('roleChanged', { name: 'Daniel Reyes', role: 'volunteer', by: 'Rose Amari' })).toBe('Rose Amari ended your role as a coordinator.')
    expect(say('accountCreated', { by: 'Rose Amari' })).toBe('Rose Amari made this account for you.')
  })

  it('says what was reported, and when it had happened', () => {
    expect(say('reportedNotMe', { event: 'signedIn', at: Date.parse('2026-11-21T10:00:00Z') })).toBe(
      'You reported: "This was not me" about a sign-in of Saturday, 21 November 2026, 10:00.'
    )
    expect(say('reportedNotMe')).toBe('You reported: "This was not me".')
  })

  it('keeps a name that is written from right to left in its place', () => {
    expect(say('contactAdded', { name: '\u05d3\u05e0\u05d9\u05d0\u05dc' })).toBe('You added \u2068\u05d3\u05e0\u05d9\u05d0\u05dc\u2069 to your contacts.')
  })

  it('has words for a line of a later version, and for names that are no events', () => {
    for (const event of ['somethingNew', 'constructor', '__proto__', '']) expect(say(event)).toMatch(/^Something was noted/)
  })

  it('points at what deserves a second look, and names every kind', () => {
    expect(events.filter(needsALook)).toEqual(expect.arrayContaining(['signInFailed', 'accountLocked', 'passcodeRefused', 'secondStepFailed']))
    expect(needsALook('signedIn')).toBe(false)
    for (const kind of new Set(Object.values(activityEvents))) expect(activityKindWords[kind]).toMatch(/^[A-Z]/)
  })
})

describe('the log by day', () => {
  const entry = (entryId: string, at: string): ActivityEntry => ({ entryId, seq: 1, at: Date.parse(at), kind: 'signIn', event: 'signedIn', details: {}, canReport: false })

  it('puts neighbours of one day together and keeps the order, also when the clock was wrong', () => {
    const entries = [entry('d', '2026-11-22T09:00:00Z'), entry('c', '2026-11-22T08:00:00Z'), entry('b', '2026-11-21T23:59:00Z'), entry('a', '2026-11-22T07:00:00Z')]
    expect(byDay(entries, sense).map((day) => day.map(({ entryId }) => entryId).join(''))).toEqual(['dc', 'b', 'a'])
    expect(byDay([], sense)).toEqual([])
  })
})
