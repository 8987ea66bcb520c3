import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Problem, Problems } from '../contract/problem-codes'
import { checkLine, collectProblems, problem } from './problems'
import { isStateCode, zipFitsState } from './states'
import { isBlank, oneLine, plainWidth } from './text'

export { isStateCode, states, zipFitsState, type UsState } from './states'

export type Address = { readonly street: string; readonly city: string; readonly state: string; readonly zip: string }

export type Person = Address & { readonly firstName: string; readonly lastName: string; readonly phone: string }

export type AddressField = 'street' | 'city' | 'state' | 'zip'
export type PersonField = AddressField | 'firstName' | 'lastName' | 'phone'

/** Most characters. */
const longestName = 100
const longestStreet = 200
const longestCity = 100

/**
 * Name, home address and phone number of whoever signs up.
 * @returns REQUIRED or TOO_LONG {max, have} on any line; NAME_INVALID, STATE_INVALID, ZIP_INVALID, ZIP_STATE_MISMATCH {zip, state}, PHONE_INVALID
 * Source: S0 step 8.
 */
export const checkPerson = (person: Person): Problems<PersonField> => ({
  ...collectProblems({ firstName: checkName(person.firstName), lastName: checkName(person.lastName) }),
  ...checkAddress(person),
  ...collectProblems({ phone: isBlank(person.phone) ? problem('REQUIRED') : normalisePhone(person.phone) === null ? problem('PHONE_INVALID') : null })
})

/**
 * A US postal address: sign-up and the card's billing address share it.
 * @returns REQUIRED, TOO_LONG, STATE_INVALID, ZIP_INVALID, ZIP_STATE_MISMATCH {zip, state}
 * Source: S0 steps 8 and 11; bad-inputs.md (Card form).
 */
export const checkAddress = ({ street, city, state, zip }: Address): Problems<AddressField> =>
  collectProblems({
    street: checkLine(street, longestStreet),
    city: checkLine(city, longestCity),
    state: isBlank(state) ? problem('REQUIRED') : isStateCode(state) ? null : problem('STATE_INVALID'),
    zip: checkZip(zip, state)
  })

const checkZip = (text: string, state: string): Problem | null => {
  if (isBlank(text)) return problem('REQUIRED')
  const zip = normaliseZip(text)
  if (!/^[0-9]{5}(?:-[0-9]{4})?$/.test(zip) || zip.startsWith('000')) return problem('ZIP_INVALID')
  return isStateCode(state) && !zipFitsState(zip, state) ? problem('ZIP_STATE_MISMATCH', { zip, state }) : null
}

/** A ZIP code as it is stored: plain digits and hyphen, no spaces. */
export const normaliseZip = (text: string): string => plainWidth(text).replace(/ /g, '')

/**
 * A person's first or last name. Whatever is written is kept and shown as plain text; it needs one letter of any script.
 * @returns REQUIRED, TOO_LONG {max, have}, NAME_INVALID (line breaks, controls, no letter) or null
 */
export const checkName = (text: string): Problem | null => {
  const line = checkLine(text, longestName)
  if (line !== null) return line
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text.trim()) || !/\p{L}/u.test(text) ? problem('NAME_INVALID') : null
}

/** A name as it is stored: one line, NFC, no invisible spaces. */
export const normaliseName = (text: string): string => oneLine(text.replace(/[\u00ad\u200b\u2060\ufeff]/g, ''))

/**
 * A phone number in E.164 form; numbers without a country code are taken as US ones.
 * @returns e.g. `+15125550123`, or null when this is not one telephone number
 * Source: S0 step 8.
 */
export const normalisePhone = (text: string): string | null => {
  const found = parsePhoneNumberFromString(plainWidth(text).trim(), { defaultCountry: 'US', extract: false })
  return found !== undefined && found.isValid() && found.ext === undefined ? found.number : null
}

/**
 * A stored number as people write it: `(512) 555-0123`, numbers abroad with their country code.
 * @param e164 what {@link normalisePhone} returned
 */
export const displayPhone = (e164: string): string => {
  const found = parsePhoneNumberFromString(e164)
  if (found === undefined) return e164
  return found.countryCallingCode === '1' ? found.formatNational() : found.formatInternational()
}
