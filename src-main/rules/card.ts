import cardValidator from 'card-validator'
import type { Problem, Problems } from '../contract/problem-codes'
import { checkAddress, type Address, type AddressField } from './person'
import { checkLine, collectProblems, problem } from './problems'
import { plainWidth } from './text'

export type CardOutcome = 'approved' | 'declined' | 'insufficient' | 'timeout' | 'duplicate'

/**
 * The only cards the practice shop takes: numbers that card companies publish for testing and never issue
 * (Stripe's and Braintree's testing pages). The number decides what happens.
 */
export const testCards: readonly { readonly number: string; readonly outcome: CardOutcome; readonly label: string }[] = [
  { number: '4242424242424242', outcome: 'approved', label: 'Visa, approved' },
  { number: '4111111111111111', outcome: 'approved', label: 'Visa, approved' },
  { number: '5555555555554444', outcome: 'approved', label: 'Mastercard, approved' },
  { number: '378282246310005', outcome: 'approved', label: 'American Express, approved (4-digit code)' },
  { number: '6011111111111117', outcome: 'approved', label: 'Discover, approved' },
  { number: '4000000000000002', outcome: 'declined', label: 'Visa, declined' },
  { number: '4000000000009995', outcome: 'insufficient', label: 'Visa, not enough money' },
  { number: '4000000000000119', outcome: 'timeout', label: 'Visa, the answer gets lost on the way' },
  { number: '5105105105105100', outcome: 'duplicate', label: 'Mastercard, the charge is sent twice' }
]

const exampleCard = '4242 4242 4242 4242'
const longestCardName = 100
const yearsAhead = 20

/**
 * A card number as digits: spaces, hyphens and full-width digits put right. Text stays, so that it can be refused.
 * Source: bad-inputs.md (Card form).
 */
export const normaliseCardNumber = (text: string): string => plainWidth(text).replace(/[ \p{Cf}-]/gu, '')

/** The brand to show and to keep, e.g. `Visa`; `Card` when no brand fits. */
export const cardBrand = (number: string): string => cardValidator.number(normaliseCardNumber(number)).card?.niceType ?? 'Card'

/** The last four digits: all of a number that is ever kept. */
export const last4 = (number: string): string => normaliseCardNumber(number).slice(-4)

export type Card = { readonly number: string; readonly expiry: string; readonly securityCode: string; readonly name: string }

/**
 * A card for the practice shop.
 * @param now the time, milliseconds UTC
 * @returns CARD_NUMBER_INVALID (not a card number) or CARD_NOT_A_TEST_CARD {example} on `number`; CARD_EXPIRY_INVALID; CARD_CODE_INVALID
 * {digits}; REQUIRED, TOO_LONG {max, have} or NAME_INVALID on `name`
 * Source: S0 step 11; domain.md, Stamps and money; bad-inputs.md (Card form).
 */
export const checkCard = ({ number, expiry, securityCode, name }: Card, now: number): Problems<'number' | 'expiry' | 'securityCode' | 'name'> =>
  collectProblems({
    number: checkCardNumber(number),
    expiry: isExpiryAhead(expiry, now) ? null : problem('CARD_EXPIRY_INVALID'),
    securityCode: checkSecurityCode(number, securityCode),
    name: checkCardName(name)
  })

/**
 * The card's billing address.
 * @returns see {@link checkAddress}
 * Source: S0 step 11 (card and billing information).
 */
export const checkBilling = (billing: Address): Problems<AddressField> => checkAddress(billing)

const checkCardNumber = (text: string): Problem | null => {
  const number = normaliseCardNumber(text)
  if (!/^[0-9]{12,19}$/.test(number) || !cardValidator.number(number).isValid) return problem('CARD_NUMBER_INVALID')
  return testCards.some((card) => card.number === number) ? null : problem('CARD_NOT_A_TEST_CARD', { example: exampleCard })
}

const checkSecurityCode = (number: string, text: string): Problem | null => {
  const code = plainWidth(text).trim()
  const digits = cardValidator.number(normaliseCardNumber(number)).card?.code.size
  const fits = digits === undefined ? /^[0-9]{3,4}$/.test(code) : /^[0-9]+$/.test(code) && code.length === digits
  return fits ? null : problem('CARD_CODE_INVALID', digits === undefined ? undefined : { digits })
}

const checkCardName = (name: string): Problem | null => checkLine(name, longestCardName) ?? (/\p{Nd}/u.test(name) || !/\p{L}/u.test(name) ? problem('NAME_INVALID') : null)

/** Month and year as on the card (`11/26`, `11/2026`, `1/27`), this month or later, at most 20 years ahead; months in UTC. */
const isExpiryAhead = (text: string, now: number): boolean => {
  const found = /^(\d{1,2}) ?[/-] ?(\d{4}|\d{2})$/.exec(plainWidth(text).trim())
  if (found === null) return false
  const month = Number(found[1])
  const year = Number(found[2]) + (found[2]?.length === 2 ? 2000 : 0)
  if (month < 1 || month > 12) return false
  const today = new Date(now)
  const monthsAhead = (year - today.getUTCFullYear()) * 12 + (month - 1 - today.getUTCMonth())
  return monthsAhead >= 0 && monthsAhead <= yearsAhead * 12
}
