import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardBrand, checkBilling, checkCard, last4, normaliseCardNumber, testCards, type Card } from '@rules/card'

const now = Date.UTC(2026, 10, 23, 15)
const good: Card = { number: '4242 4242 4242 4242', expiry: '11/28', securityCode: '123', name: 'Mary Keane' }
const check = (change: Partial<Card>): unknown => checkCard({ ...good, ...change }, now)
const wrongNumber = { number: { code: 'CARD_NUMBER_INVALID' } }
const notATestCard = { number: { code: 'CARD_NOT_A_TEST_CARD', params: { example: '4242 4242 4242 4242' } } }
const wrongExpiry = { expiry: { code: 'CARD_EXPIRY_INVALID' } }

describe('card number', () => {
  it.each([
    ['empty', '', wrongNumber],
    ['12 digits', '424242424242', wrongNumber],
    ['20 digits', '42424242424242424242', wrongNumber],
    ['letters', 'abcd efgh ijkl mnop', wrongNumber],
    ['Luhn wrong', '4242 4242 4242 4241', wrongNumber],
    ['all zeros', '0000000000000000', wrongNumber],
    ['real-looking, not a test card', '4539578763621486', notATestCard],
    ['spaces', '4242 4242 4242 4242', {}],
    ['dashes', '4242-4242-4242-4242', {}],
    ['en dashes', '4242–4242–4242–4242', {}],
    ['full-width digits', '４２４２４２４２４２４２４２４２', {}],
    ['pasted with text', 'Card: 4242 4242 4242 4242', wrongNumber],
    ['pasted with a line break', '4242 4242\n4242 4242', {}],
    ['Arabic digits', '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢', wrongNumber]
  ])('%s', (_what, number, found) => {
    expect(check({ number })).toEqual(found)
  })

  it.each(testCards)('$label is accepted', ({ number }) => {
    expect(check({ number, securityCode: cardBrand(number) === 'American Express' ? '1234' : '123' })).toEqual({})
  })

  it('there is a test card for every outcome, none twice', () => {
    expect(new Set(testCards.map((card) => card.outcome))).toEqual(new Set(['approved', 'declined', 'insufficient', 'timeout', 'duplicate']))
    expect(new Set(testCards.map((card) => card.number)).size).toBe(testCards.length)
    expect(testCards[0]).toMatchObject({ number: '4242424242424242', outcome: 'approved' })
  })

  it('no other number passes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{12,19}$/), (number) => {
        fc.pre(!testCards.some((card) => card.number === number))
        expect(check({ number })).toHaveProperty('number')
      }),
      { numRuns: 1_000 }
    )
  })

  it('brand and last four are all that is kept', () => {
    expect(cardBrand('4242 4242 4242 4242')).toBe('Visa')
    expect(cardBrand('5555-5555-5555-4444')).toBe('Mastercard')
    expect(cardBrand('378282246310005')).toBe('American Express')
    expect(cardBrand('')).toBe('Card')
    expect(cardBrand('text')).toBe('Card')
    expect(last4('4242 4242 4242 4242')).toBe('4242')
    expect(normaliseCardNumber('４２–42 ')).toBe('4242')
  })
})

describe('expiry, on 23 November 2026', () => {
  it.each(['', '13/30', '00/30', '10/26', '12/47', '11/2047', '1/3', 'text', 'Nov 28', '11/028', '11/', '/28', '11.28', '1128x', '-1/28', '٠١/٢٨', '11/28/30'])('%j is refused', (expiry) => {
    expect(check({ expiry })).toEqual(wrongExpiry)
  })
  it.each(['11/26', '11/2026', '12/26', '1/30', '01/30', '01 / 30', '01-30', '１１／２８', ' 11/28 ', '11/46'])('%j is accepted', (expiry) => {
    expect(check({ expiry })).toEqual({})
  })
  it('last month is refused and this month accepted on every day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2025-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (day) => {
        const written = (months: number): string => {
          const at = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1))
          return `${String(at.getUTCMonth() + 1).padStart(2, '0')}/${at.getUTCFullYear()}`
        }
        const at = (months: number): unknown => checkCard({ ...good, expiry: written(months) }, day.getTime())
        expect(at(-1)).toEqual(wrongExpiry)
        expect(at(0)).toEqual({})
        expect(at(240)).toEqual({})
        expect(at(241)).toEqual(wrongExpiry)
      })
    )
  })
})

describe('security code', () => {
  it.each(['', '12', '12345', 'abc', '   ', '1 2', '1234', '-12', '١٢٣'])('%j is refused for Visa', (securityCode) => {
    expect(check({ securityCode })).toEqual({ securityCode: { code: 'CARD_CODE_INVALID', params: { digits: 3 } } })
  })
  it('Amex with a 3-digit code', () => {
    expect(check({ number: '378282246310005', securityCode: '123' })).toEqual({ securityCode: { code: 'CARD_CODE_INVALID', params: { digits: 4 } } })
  })
  it('3 or 4 digits while the brand is not known', () => {
    expect(check({ number: '', securityCode: '1234' })).toEqual(wrongNumber)
    expect(check({ number: '', securityCode: '12' })).toEqual({ ...wrongNumber, securityCode: { code: 'CARD_CODE_INVALID' } })
  })
  it('full-width digits', () => {
    expect(check({ securityCode: '１２３' })).toEqual({})
  })
})

describe('name and billing address', () => {
  it.each([
    ['empty', '', { code: 'REQUIRED' }],
    ['spaces', '  ', { code: 'REQUIRED' }],
    ['200 characters', 'x'.repeat(200), { code: 'TOO_LONG', params: { max: 100, have: 200 } }],
    ['digits', '4242 4242', { code: 'NAME_INVALID' }],
    ['digits in it', 'Mary 4242', { code: 'NAME_INVALID' }],
    ['only emoji', '😀', { code: 'NAME_INVALID' }]
  ])('name: %s', (_what, name, found) => {
    expect(check({ name })).toEqual({ name: found })
  })

  const billing = { street: '12 Chapel Street', city: 'Austin', state: 'TX', zip: '78701' }
  it.each([
    ['good', {}, {}],
    ['ZIP empty', { zip: '' }, { zip: { code: 'REQUIRED' } }],
    ['ZIP letters', { zip: 'ABCDE' }, { zip: { code: 'ZIP_INVALID' } }],
    ['foreign post code', { zip: 'D02 X285' }, { zip: { code: 'ZIP_INVALID' } }],
    ['state missing', { state: '' }, { state: { code: 'REQUIRED' } }],
    ['state and ZIP disagree', { zip: '90210' }, { zip: { code: 'ZIP_STATE_MISMATCH', params: { zip: '90210', state: 'TX' } } }],
    ['no street', { street: ' ' }, { street: { code: 'REQUIRED' } }],
    ['no city', { city: '' }, { city: { code: 'REQUIRED' } }]
  ])('billing: %s', (_what, change, found) => {
    expect(checkBilling({ ...billing, ...change })).toEqual(found)
  })
})
