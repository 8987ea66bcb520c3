import type { Problem } from '../contract/problem-codes'
import { isCommon } from './password-blocklist'
import { problem } from './problems'
import { countCodePoints, foldLetters, isBlank } from './text'

/** What a password must be: data, not code (domain.md, Identity). Lengths in characters (code points after NFC). */
export type PasswordPolicy = {
  readonly minLength: number
  readonly maxLength: number
  readonly letter: boolean
  readonly upper: boolean
  readonly lower: boolean
  readonly digit: boolean
  readonly special: boolean
  /** The signs that count as special. */
  readonly specials: string
  /** How many earlier passwords may not come back, 0 to 12. */
  readonly historyDepth: number
  /** Days until a friendly reminder to change it; 0 is never. Never forced. */
  readonly rotationReminderDays: number
}

/** The longest password read at all, in characters (domain.md, Identity). */
export const acceptedPasswordLength = 64

/** The seed's own specials (S1). */
const facilitySpecials = '!@#$%^&*()'
/** Every sign on a US keyboard, for the policy whose source (S2) only says "symbols". */
const keyboardSpecials = '!@#$%^&*()-_=+[]{}\\|;:\'",.<>/?`~'

/**
 * `cheatSheet` is S0 step 5; `facility` is S1's Password Reset Policy to the letter; `advice` is S2's Use a Strong, Unique Password.
 * History: default 5, facility 12 (S1: the last 1-12). Reminder: S2, every few months; 180 days where nothing stricter is chosen (reliability.md §4, Expiry).
 */
export const policyPresets = {
  cheatSheet: {
    minLength: 8,
    maxLength: acceptedPasswordLength,
    letter: false,
    upper: true,
    lower: true,
    digit: true,
    special: false,
    specials: '',
    historyDepth: 5,
    rotationReminderDays: 180
  },
  facility: {
    minLength: 6,
    maxLength: 12,
    letter: true,
    upper: false,
    lower: false,
    digit: true,
    special: true,
    specials: facilitySpecials,
    historyDepth: 12,
    rotationReminderDays: 0
  },
  advice: {
    minLength: 12,
    maxLength: acceptedPasswordLength,
    letter: false,
    upper: true,
    lower: true,
    digit: true,
    special: true,
    specials: keyboardSpecials,
    historyDepth: 5,
    rotationReminderDays: 90
  }
} as const satisfies Readonly<Record<string, PasswordPolicy>>

export type PolicyPreset = keyof typeof policyPresets

/** `none`: nothing to combine. `lengths`: no length suits all. `specials`: no sign suits all. `classes`: too short for all its classes. */
export type CannotCombine = 'none' | 'lengths' | 'specials' | 'classes'

export type CombinedPolicy =
  | { readonly ok: true; readonly policy: PasswordPolicy }
  | { readonly ok: false; readonly reason: CannotCombine }

/**
 * One policy that satisfies several at once: a password the result accepts, each of them accepts.
 * @param list the policies in force
 * @returns the strictest common policy, or why there is none
 * Source: domain.md, Identity (`combine: all` refuses an empty intersection and says why).
 */
export const combinePolicies = (list: readonly PasswordPolicy[]): CombinedPolicy => {
  if (list.length === 0) return { ok: false, reason: 'none' }
  const some = (rule: (policy: PasswordPolicy) => boolean): boolean => list.some(rule)
  const special = some((policy) => policy.special)
  const reminders = list.map((policy) => policy.rotationReminderDays).filter((days) => days > 0)
  const policy: PasswordPolicy = {
    minLength: Math.max(...list.map((one) => one.minLength)),
    maxLength: Math.min(acceptedPasswordLength, ...list.map((one) => one.maxLength)),
    letter: some((one) => one.letter),
    upper: some((one) => one.upper),
    lower: some((one) => one.lower),
    digit: some((one) => one.digit),
    special,
    specials: special ? commonSpecials(list.filter((one) => one.special)) : '',
    historyDepth: Math.max(...list.map((one) => one.historyDepth)),
    rotationReminderDays: reminders.length === 0 ? 0 : Math.min(...reminders)
  }
  if (policy.minLength > policy.maxLength) return { ok: false, reason: 'lengths' }
  if (special && policy.specials === '') return { ok: false, reason: 'specials' }
  if (classCount(policy) > policy.maxLength) return { ok: false, reason: 'classes' }
  return { ok: true, policy }
}

const commonSpecials = (list: readonly PasswordPolicy[]): string =>
  Array.from(new Set(list[0]?.specials ?? ''))
    .filter((sign) => list.every((one) => one.specials.includes(sign)))
    .join('')

const classCount = (policy: PasswordPolicy): number =>
  [policy.upper, policy.lower, policy.letter && !policy.upper && !policy.lower, policy.digit, policy.special].filter(Boolean).length

/**
 * A password as it is compared and hashed: NFC and nothing else, so that it opens the door from every keyboard. Never trimmed.
 * Source: NIST SP 800-63B-4, 3.1.1.2 (normalise Unicode); bad-inputs.md (NFD form accepted, trailing space is not).
 */
export const normalisePassword = (password: string): string => password.normalize('NFC')

export type PasswordRuleName = 'length' | 'letter' | 'upper' | 'lower' | 'digit' | 'special'

export type PasswordRule = {
  readonly rule: PasswordRuleName
  readonly met: boolean
  /** Length: `min`, `max`, `have` in characters. Special: `specials`. */
  readonly params: Readonly<Record<string, string | number>>
}

/**
 * The policy's lines with a tick or not, for the list that lives beside the field.
 * @param password as typed so far
 * @returns only the lines this policy has, length first
 * Source: S0 step 5, S1; product.md (rules ticked live).
 */
export const passwordRules = (policy: PasswordPolicy, password: string): readonly PasswordRule[] => {
  const text = normalisePassword(password)
  const have = countCodePoints(text)
  const max = Math.min(policy.maxLength, acceptedPasswordLength)
  const specials = Array.from(policy.specials)
  const lines: readonly (PasswordRule & { readonly wanted: boolean })[] = [
    { rule: 'length', wanted: true, met: have >= policy.minLength && have <= max, params: { min: policy.minLength, max, have } },
    { rule: 'letter', wanted: policy.letter && !policy.upper && !policy.lower, met: /\p{L}/u.test(text), params: {} },
    { rule: 'upper', wanted: policy.upper, met: /\p{Lu}/u.test(text), params: {} },
    { rule: 'lower', wanted: policy.lower, met: /\p{Ll}/u.test(text), params: {} },
    { rule: 'digit', wanted: policy.digit, met: /[0-9]/.test(text), params: {} },
    { rule: 'special', wanted: policy.special, met: specials.some((sign) => text.includes(sign)), params: { specials: policy.specials } }
  ]
  return lines.filter((line) => line.wanted).map(({ rule, met, params }) => ({ rule, met, params }))
}

/** Who is choosing: their own name and address may not be in the password. */
export type PasswordContext = { readonly email?: string | undefined; readonly firstName?: string | undefined; readonly lastName?: string | undefined }

/**
 * The first thing wrong with a new password: empty, then the checklist in its order, then what would be guessed.
 * @returns PASSWORD_EMPTY, PASSWORD_TOO_SHORT {min, have}, PASSWORD_TOO_LONG {max, have}, PASSWORD_NEEDS_…, PASSWORD_CONTAINS_EMAIL,
 * PASSWORD_CONTAINS_NAME, PASSWORD_TOO_COMMON or null
 * Source: S0 step 5, S1 (presets); ASVS 6.2.4, 6.2.11 (blocklist and context words).
 */
export const checkPassword = (policy: PasswordPolicy, password: string, context: PasswordContext = {}): Problem | null => {
  if (isBlank(password)) return problem('PASSWORD_EMPTY')
  const unmet = passwordRules(policy, password).find((line) => !line.met)
  if (unmet !== undefined) return unmetProblem(unmet)
  const [local = ''] = (context.email ?? '').split('@')
  if (contains(password, [local])) return problem('PASSWORD_CONTAINS_EMAIL')
  if (containsName(password, context)) return problem('PASSWORD_CONTAINS_NAME')
  if (contains(password, wordsOf(local))) return problem('PASSWORD_CONTAINS_EMAIL')
  return isCommon(password) ? problem('PASSWORD_TOO_COMMON') : null
}

/**
 * Whether a password contains the person's own first or last name (three letters and longer, any case, accents aside).
 * Source: ASVS 6.2.11.
 */
export const containsName = (password: string, { firstName = '', lastName = '' }: PasswordContext): boolean =>
  contains(password, `${firstName} ${lastName}`.split(/[\s\-']+/))

const unmetProblem = ({ rule, params }: PasswordRule): Problem => {
  switch (rule) {
    case 'length': {
      const { min = 0, max = 0, have = 0 } = params
      return have < min ? problem('PASSWORD_TOO_SHORT', { min, have }) : problem('PASSWORD_TOO_LONG', { max, have })
    }
    case 'letter':
      return problem('PASSWORD_NEEDS_LETTER')
    case 'upper':
      return problem('PASSWORD_NEEDS_UPPER')
    case 'lower':
      return problem('PASSWORD_NEEDS_LOWER')
    case 'digit':
      return problem('PASSWORD_NEEDS_DIGIT')
    case 'special':
      return problem('PASSWORD_NEEDS_SPECIAL', params)
  }
}

/** Words of four letters and more in the part before the @: `mary.keane` has two. */
const wordsOf = (local: string): readonly string[] => local.split(/[._+-]/).filter((word) => word.length >= 4)

const contains = (password: string, words: readonly string[]): boolean => {
  const text = foldLetters(password)
  return words.map((word) => foldLetters(word).trim()).some((word) => countCodePoints(word) >= 3 && text.includes(word))
}
