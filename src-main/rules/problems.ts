import type { Problem, ProblemCode, Problems } from '../contract/problem-codes'
import { countCodePoints, isBlank, oneLine } from './text'

/** A problem with the figures its sentence needs. */
export const problem = (code: ProblemCode, params?: Readonly<Record<string, string | number>>): Problem =>
  params === undefined ? { code } : { code, params }

/**
 * Keeps the fields that have something wrong.
 * @param checks one answer for each field; null where nothing is wrong
 * @returns the problems by field; empty when every answer is null
 */
export const collectProblems = <Field extends string>(checks: { readonly [F in Field]: Problem | null }): Problems<Field> =>
  Object.fromEntries(Object.entries(checks).filter(([, found]) => found !== null)) as Problems<Field>

/**
 * A line that must be filled in and stay within a length.
 * @param max most characters (code points)
 * @returns REQUIRED, TOO_LONG {max, have} or null
 */
export const checkLine = (text: string, max: number): Problem | null => {
  if (isBlank(text)) return problem('REQUIRED')
  const have = countCodePoints(oneLine(text))
  return have > max ? problem('TOO_LONG', { max, have }) : null
}
