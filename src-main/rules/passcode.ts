import type { Problem, Problems } from '../contract/problem-codes'
import { collectProblems, problem } from './problems'
import type { SecurityAnswer } from './security-questions'

const refused: ReadonlySet<string> = new Set(['0000', '1234'])

/**
 * The 4-digit passcode and its repetition: the digits 0 to 9 only, not 0000, not 1234, and not the year of birth, which one of the questions asks
 * for, nor other digits of an answer.
 * @param answers the three answers, where they are at hand: kept are only their hashes
 * @returns PASSCODE_INVALID or PASSCODE_IN_ANSWER on `passcode`, PASSCODES_DIFFER on `confirmPasscode`
 * Source: S0 step 8; bad-inputs.md (Sign-up); reliability.md §4 (year of birth refused).
 */
export const checkPasscodePair = (passcode: string, confirm: string, answers: readonly SecurityAnswer[] = []): Problems<'passcode' | 'confirmPasscode'> =>
  collectProblems({
    passcode: checkPasscode(passcode, answers),
    confirmPasscode: passcode === confirm ? null : problem('PASSCODES_DIFFER')
  })

const checkPasscode = (passcode: string, answers: readonly SecurityAnswer[]): Problem | null => {
  if (!/^[0-9]{4}$/.test(passcode) || refused.has(passcode)) return problem('PASSCODE_INVALID')
  return answers.some(({ answer }) => answer.includes(passcode)) ? problem('PASSCODE_IN_ANSWER') : null
}
