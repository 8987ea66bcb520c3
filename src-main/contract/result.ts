import type { ErrorCode } from './error-codes'
import type { Problems } from './problem-codes'

/** An expected failure as a value: what went wrong, the fields concerned, the figures its sentence needs. */
export type Failure = {
  readonly ok: false
  readonly code: ErrorCode
  readonly problems?: Problems
  readonly params?: Readonly<Record<string, string | number>>
}

export type Success<T> = { readonly ok: true; readonly value: T }

/** What every command answers with. Thrown errors are bugs and cross the bridge only as `INTERNAL`. */
export type Result<T> = Success<T> | Failure

export const success = <T>(value: T): Success<T> => ({ ok: true, value })

export const failure = (
  code: ErrorCode,
  more: { readonly problems?: Problems; readonly params?: Readonly<Record<string, string | number>> } = {}
): Failure => ({ ok: false, code, ...more })

/** The failure for wrong fields. */
export const invalid = (problems: Problems): Failure => failure('INVALID', { problems })
