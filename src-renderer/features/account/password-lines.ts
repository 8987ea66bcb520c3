import { passwordRules } from '@rules/password-policy'
import type { PasswordPolicy, PasswordRuleName } from '@rules/password-policy'
import type { Rule } from '@/ui/rule-progress'

const lines: { readonly [R in PasswordRuleName]: (params: Readonly<Record<string, string | number>>) => string } = {
  length: ({ min }) => `At least ${min} characters`,
  letter: () => 'One letter',
  upper: () => 'One capital letter (A to Z)',
  lower: () => 'One small letter (a to z)',
  digit: () => 'One number (0 to 9)',
  special: ({ specials }) => `One of the signs ${[...String(specials)].join(' ')}`
}

/** The policy's rules in words, ticked for what is typed so far. */
export const passwordLines = (policy: PasswordPolicy, password: string): readonly Rule[] =>
  passwordRules(policy, password).map(({ rule, met, params }) => ({ id: rule, met, text: lines[rule](params) }))
