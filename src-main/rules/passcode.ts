import type { Problems } from '../contract/problem-codes'
import { collectProblems, problem } from './problems'

const refused: ReadonlySet<string> = new Set(['0000', '1234'])

/**
 * The 4-digit passcode and its repetition: the digits 0 to 9 only, not 0000, not 1234.
 * @returns PASSCODE_INVALID on `passcode`, PASSCODES_DIFFER on `confirmPasscode`
 * Source: S0 step 8; bad-inputs.md (Sign-up).
 */
export const checkPasscodePair = (passcode: string, confirm: string): Problems<'passcode' | 'confirmPasscode'> =>
  collectProblems({
    passcode: /^[0-9]{4}$/.test(passcode) && !refused.has(passcode) ? null : problem('PASSCODE_INVALID'),
    confirmPasscode: passcode === confirm ? null : problem('PASSCODES_DIFFER')
  })
