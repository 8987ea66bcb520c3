import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCents } from '@rules/money'
import { stateName, walletIdOf } from '@rules/wallet'
import { addDelay, addWorkingDays, addWorkingHours, isWorkingDay } from '@rules/working-days'

it.each([
  [500, '$5.00'],
  [1350, '$13.50'],
  [0, '$0.00'],
  [5, '$0.05'],
  [100_000, '$1,000.00'],
  [123_456_789, '$1,234,567.89'],
  [-500, '-$5.00']
])('%i cents are %s', (cents, shown) => {
  expect(formatCents(cents)).toBe(shown)
})

it('formatCents agrees with the language of the country', () => {
  const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
  fc.assert(fc.property(fc.integer(), (cents) => formatCents(cents) === dollars.format(cents / 100).replace('-$0.00', '$0.00')))
})

describe('working days', () => {
  const at = (text: string): number => Date.parse(`${text}:00Z`)
  // 23 November 2026 is a Monday.
  it.each([
    ['Monday and one', '2026-11-23T10:00', 1, '2026-11-24T10:00'],
    ['Friday and one', '2026-11-27T10:00', 1, '2026-11-30T10:00'],
    ['Friday and two', '2026-11-27T10:00', 2, '2026-12-01T10:00'],
    ['Monday and five', '2026-11-23T10:00', 5, '2026-11-30T10:00'],
    ['Monday and ten', '2026-11-23T10:00', 10, '2026-12-07T10:00'],
    ['Saturday and none', '2026-11-28T10:00', 0, '2026-11-30T00:00'],
    ['Saturday and one', '2026-11-28T10:00', 1, '2026-12-01T00:00'],
    ['Sunday night and one', '2026-11-29T23:59', 1, '2026-12-01T00:00'],
    ['across the year', '2026-12-31T09:00', 1, '2027-01-01T09:00']
  ])('%s', (_what, from, days, to) => {
    expect(new Date(addWorkingDays(at(from), days)).toISOString()).toBe(new Date(at(to)).toISOString())
  })

  it('hours stand still over the weekend', () => {
    expect(addWorkingHours(at('2026-11-27T20:00'), 6)).toBe(at('2026-11-30T02:00'))
    expect(addWorkingHours(at('2026-11-27T20:00'), 4)).toBe(at('2026-11-30T00:00'))
    expect(addWorkingHours(at('2026-11-23T20:00'), 0.5)).toBe(at('2026-11-23T20:30'))
    expect(addWorkingHours(at('2026-11-23T20:00'), -5)).toBe(at('2026-11-23T20:00'))
  })

  it('a delay counts working days only where the facility says so', () => {
    expect(addDelay(at('2026-11-27T10:00'), { hours: 24, workingDays: true })).toBe(at('2026-11-30T10:00'))
    expect(addDelay(at('2026-11-27T10:00'), { hours: 24, workingDays: false })).toBe(at('2026-11-28T10:00'))
  })

  const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) })
  const hours = fc.integer({ min: 0, max: 24 * 60 })
  it('ends on a working day, never before, in order, and adds up', () => {
    fc.assert(
      fc.property(moment, hours, hours, (from, one, other) => {
        const to = addWorkingHours(from, one)
        expect(isWorkingDay(to)).toBe(true)
        expect(to - from).toBeGreaterThanOrEqual(one * 3_600_000)
        expect(addWorkingHours(from + 1, one)).toBeGreaterThanOrEqual(to)
        expect(addWorkingHours(to, other)).toBe(addWorkingHours(from, one + other))
      })
    )
  })
})

it('a wallet belongs to a state or to one facility', () => {
  expect(walletIdOf({ id: 'cedar', state: 'TX', walletScope: 'state' })).toBe(walletIdOf({ id: 'other', state: 'TX', walletScope: 'state' }))
  expect(walletIdOf({ id: 'cedar', state: 'TX', walletScope: 'facility' })).not.toBe(walletIdOf({ id: 'other', state: 'TX', walletScope: 'facility' }))
  expect(stateName('TX')).toBe('Texas')
  expect(stateName('??')).toBe('??')
})
