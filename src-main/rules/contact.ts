import type { FacilityRules } from '../contract/facility'
import type { Problem, Problems } from '../contract/problem-codes'
import type { PersonStatus } from '../contract/views'
import { checkName } from './person'
import { collectProblems, problem } from './problems'
import { isStateCode } from './states'
import { isBlank, oneLine, plainWidth } from './text'

type IdMask = Pick<FacilityRules['idMask'], 'pattern' | 'example'>

/** No facility's number is nearly as long; longer input is not worth a comparison. */
const longestNumber = 40
/**
 * The fewest letters of a directory search. Only a lone Latin letter is too short: half a facility begins with it. A lone sign
 * finds nobody and is no error (bad-inputs.md, Contacts); a lone character of another script can be a whole name.
 */
const shortestQuery = 2

/**
 * A person's ID number as their facility writes it: plain-width digits, capitals, no spaces, hyphens where the facility's
 * example has them. Leading zeros stay; an O is never turned into a zero.
 * @param mask the facility's `idMask` (`pattern`: a regular expression for the whole number)
 * @param text as typed or pasted
 * @returns the number; text that fits no way comes back without spaces and hyphens, to be refused by {@link checkNumber}
 * Source: S0 step 10 (name or ID number); domain.md, Simulated facilities; bad-inputs.md (Contacts).
 */
export const normaliseNumber = (mask: IdMask, text: string): string => {
  if (text.length > longestNumber * 2) return text
  const compact = plainWidth(text).replace(/[\p{Cf}\s-]/gu, '').toUpperCase()
  if (fits(mask.pattern, compact)) return compact
  const hyphenated = hyphenate(mask.example, compact)
  return fits(mask.pattern, hyphenated) ? hyphenated : compact
}

/**
 * Whether a number has the form its facility uses.
 * @returns NUMBER_FORMAT {facility, example} or null
 * Source: bad-inputs.md (Contacts: "This number does not fit STATE's format, e.g. 01234567.").
 */
export const checkNumber = (facility: Pick<FacilityRules, 'name' | 'idMask'>, text: string): Problem | null =>
  fits(facility.idMask.pattern, normaliseNumber(facility.idMask, text))
    ? null
    : problem('NUMBER_FORMAT', { facility: facility.name, example: facility.idMask.example })

const fits = (pattern: string, number: string): boolean => {
  if (number === '' || number.length > longestNumber) return false
  try {
    return new RegExp(`^(?:${pattern})$`).test(number)
  } catch {
    // A pattern the service published wrongly fits nothing; it must not take the page down.
    return false
  }
}

/** Puts hyphens where the example has them: `12345-678` turns 12345678 into 12345-678. */
const hyphenate = (example: string, compact: string): string => {
  let used = 0
  const shaped = Array.from(example, (sign) => (sign === '-' || sign === ' ' ? sign : (compact[used++] ?? ''))).join('')
  return used === compact.length ? shaped : compact
}

/** First and last name in one line, for lists and headings. */
export const fullName = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }): string =>
  oneLine(`${firstName} ${lastName}`)

/**
 * A contact's name as the facility wrote it. `=cmd()`, HTML and right-to-left text are names like others: kept, shown as plain text.
 * @returns NAME_INVALID (nothing to see, no letter, a line break or control, over 100 characters) or null
 * Source: bad-inputs.md (Contacts: "Enter the name as the facility writes it.").
 */
export const checkContactName = (text: string): Problem | null => (checkName(text) === null ? null : problem('NAME_INVALID'))

export type DirectoryQuery = { readonly query: string; readonly state: string; readonly facilityId: string }

/**
 * A search for a person: name or ID number, state, facility.
 * @param facilities when given, the facility must be one of them and in the chosen state
 * @returns SEARCH_TOO_SHORT {min} on `query`, STATE_INVALID on `state`, FACILITY_INVALID on `facilityId`
 * Source: S0 step 10.
 */
export const checkDirectoryQuery = (
  { query, state, facilityId }: DirectoryQuery,
  facilities?: readonly Pick<FacilityRules, 'id' | 'state'>[]
): Problems<'query' | 'state' | 'facilityId'> => {
  const known = facilities === undefined || facilities.some((facility) => facility.id === facilityId && facility.state === state)
  return collectProblems({
    query: isBlank(query) || /^\p{Script=Latin}$/u.test(oneLine(query)) ? problem('SEARCH_TOO_SHORT', { min: shortestQuery }) : null,
    state: isStateCode(state) ? null : problem('STATE_INVALID'),
    facilityId: isBlank(facilityId) || !known ? problem('FACILITY_INVALID') : null
  })
}

/**
 * Why somebody cannot get letters at this facility now.
 * @returns the `reason` of CONTACT_UNAVAILABLE; null for somebody who can
 * Source: domain.md, Messages (undeliverable: transferred, released, suspended).
 */
export const unavailableReason = (status: PersonStatus): Exclude<PersonStatus, 'active'> | null => (status === 'active' ? null : status)
