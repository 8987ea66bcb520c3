import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedStep } from '@rules/expected-step'
import facilities from '../../../resources/service/facilities.json'

const at = (text: string): number => Date.parse(`${text}:00Z`)
const iso = (ms: number | undefined): string => (ms === undefined ? 'never' : new Date(ms).toISOString().slice(0, 16))
const rulesOf = (id: string) => {
  const found = facilities.find((facility) => facility.id === id)
  if (found === undefined) throw new Error(`no facility ${id}`)
  return found
}
// 24 November 2026 is a Tuesday, the 27th a Friday.
const tuesday = at('2026-11-24T10:00')
const friday = at('2026-11-27T10:00')

describe('when the next step of a letter usually has happened', () => {
  it.each([
    ['an hour at Cedar State', 'cedar-state', 'submitted', tuesday, '2026-11-24T11:00', { count: 1, unit: 'hour' }],
    ['five days at Bay State Prison, weekends too', 'bay-state-prison', 'screening', tuesday, '2026-11-29T10:00', { count: 5, unit: 'day' }],
    ['an instant one is called an hour', 'elm-county-jail', 'submitted', tuesday, '2026-11-24T11:00', { count: 1, unit: 'hour' }],
    ['printed letters on working days', 'north-reception', 'submitted', friday, '2026-12-01T10:00', { count: 2, unit: 'workingDay' }],
    ['a held letter: two working days', 'cedar-state', 'held', friday, '2026-12-01T10:00', { count: 2, unit: 'workingDay' }],
    ['a held letter where everything waits longer', 'st-dismas-womens', 'held', tuesday, '2026-12-04T10:00', { count: 10, unit: 'day' }],
    ['an approved letter is on the screen within the hour', 'cedar-state', 'approved', tuesday, '2026-11-24T11:00', { count: 1, unit: 'hour' }],
    ['an approved letter on paper: a working day', 'north-reception', 'approved', friday, '2026-11-30T10:00', { count: 1, unit: 'workingDay' }]
  ] as const)('%s', (_what, facility, state, since, by, usual) => {
    const expected = expectedStep(state, since, rulesOf(facility), false)
    expect(iso(expected?.by)).toBe(by)
    expect(expected?.usual).toEqual(usual)
  })

  it('a held photo waits as long as its facility says', () => {
    const slow = { delay: { hours: 1, workingDays: false }, holdPhotosWorkingDays: 5 }
    expect(expectedStep('held', tuesday, slow, true)).toEqual({ by: at('2026-12-01T10:00'), usual: { count: 5, unit: 'workingDay' } })
    expect(expectedStep('held', tuesday, slow, false)?.usual).toEqual({ count: 2, unit: 'workingDay' })
  })

  it.each(['queued', 'sending', 'delivered', 'replied', 'rejected', 'undeliverable', 'refused', 'cancelled'] as const)('%s: nobody can say', (state) => {
    expect(expectedStep(state, tuesday, rulesOf('cedar-state'), false)).toBeNull()
  })

  it('says nothing for a facility whose rules are not known', () => {
    expect(expectedStep('held', tuesday, null, false)).toBeNull()
  })

  it('is never before the state began, and never counts to nothing', () => {
    const delay = fc.record({ hours: fc.integer({ min: 0, max: 24 * 30 }), workingDays: fc.boolean() })
    const since = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) })
    fc.assert(
      fc.property(fc.constantFrom('submitted', 'screening', 'held', 'approved'), since, delay, (state, from, rule) => {
        const expected = expectedStep(state, from, { delay: rule }, false)
        expect(expected?.by).toBeGreaterThan(from)
        expect(expected?.usual.count).toBeGreaterThanOrEqual(1)
      })
    )
  })
})
