/** The rules for passwords in words: as a live checklist beside a field, and as sentences for who chooses them. */
import { acceptedPasswordLength, passwordRules } from '@rules/password-policy'
import type { CannotCombine, PasswordPolicy, PasswordRuleName } from '@rules/password-policy'
import { counted } from './plural'

type Params = Readonly<Record<string, string | number>>
export type PasswordLine = { readonly id: string; readonly text: string; readonly met: boolean }

const lines: { readonly [R in PasswordRuleName]: (params: Params) => string } = {
  length: ({ min = 0, max = acceptedPasswordLength }) =>
    Number(max) >= acceptedPasswordLength ? `At least ${min} characters` : min === max ? `Exactly ${min} characters` : `${min} to ${max} characters`,
  letter: () => 'One letter',
  upper: () => 'One capital letter (A to Z)',
  lower: () => 'One small letter (a to z)',
  digit: () => 'One number (0 to 9)',
  special: ({ specials }) => `One of the signs ${[...String(specials)].join(' ')}`
}

/** The policy's rules in words, ticked for what is typed so far. */
export const passwordLines = (policy: PasswordPolicy, password: string): readonly PasswordLine[] =>
  passwordRules(policy, password).map(({ rule, met, params }) => ({ id: rule, met, text: lines[rule](params) }))

/** All of a policy in words: what a password needs, which earlier ones may not come back, when a new one is suggested. */
export const policySentences = (policy: PasswordPolicy): readonly string[] => [
  ...passwordRules(policy, '').map(({ rule, params }) => `${lines[rule](params)}.`),
  ...(policy.historyDepth > 0 ? [`None of the last ${counted(policy.historyDepth, 'password')} again.`] : []),
  ...(policy.rotationReminderDays > 0 ? [`A friendly reminder after ${counted(policy.rotationReminderDays, 'day')}; nobody is forced.`] : [])
]

const cannot: { readonly [R in CannotCombine]: string } = {
  none: 'Choose at least one set of rules.',
  lengths: 'These rules contradict each other: one asks for more characters than another allows.',
  specials: 'These rules contradict each other: they have no sign in common that would count for all of them.',
  classes: 'These rules contradict each other: the password would be too short for everything it must contain.'
}

const isReason = (reason: string): reason is CannotCombine => Object.hasOwn(cannot, reason)

/** Why no password could follow all the chosen rules. */
export const contradictionWords = (reason: string): string =>
  isReason(reason) ? cannot[reason] : 'These rules contradict each other: no password could follow them all.'
