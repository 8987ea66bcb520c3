import type { FailureCode, WireFailure } from '../wire/failures'

/** What a handler decided: the reply, or why not. `line` asks the line to misbehave once (test cards). */
export type Outcome<Reply> =
  | { readonly ok: true; readonly reply: Reply; readonly line?: 'loseAnswer' | 'repeat' }
  | ({ readonly ok: false } & Refusal)

export type Refusal = {
  readonly code: FailureCode
  readonly problems?: NonNullable<WireFailure['problems']>
  readonly params?: NonNullable<WireFailure['params']>
}

/** One status for each code, so that the caller's retry table can be read as it stands (reliability.md §5). */
export const statusOf = {
  BAD_REQUEST: 400,
  INVALID: 422,
  UNAUTHENTICATED: 401,
  SIGN_IN_REFUSED: 403,
  ACCOUNT_LOCKED: 403,
  CHECK_EMAIL: 409,
  TERMS_NEEDED: 403,
  PASSWORD_CHANGE_NEEDED: 403,
  CODE_REFUSED: 403,
  SIGN_IN_AGAIN: 403,
  PASSWORD_REFUSED: 403,
  NOT_ALLOWED: 403,
  LAST_COORDINATOR: 409,
  RULES_CONTRADICT: 422,
  RESET_REFUSED: 403,
  NOT_FOUND: 404,
  NOT_ENOUGH_STAMPS: 402,
  CARD_DECLINED: 402,
  CARD_INSUFFICIENT: 402,
  PRICE_CHANGED: 422,
  CONSENT_MISSING: 422,
  CONTACT_UNAVAILABLE: 410,
  INVITATION_NEEDED: 403,
  TOO_LONG: 413,
  KEY_REUSED: 422,
  KEY_VOID: 410,
  TOO_MANY_REQUESTS: 429,
  TROUBLE: 500
} as const satisfies Record<FailureCode, number>

export const done = <Reply>(reply: Reply): Outcome<Reply> => ({ ok: true, reply })

export const refuse = (code: FailureCode, extras: Omit<Refusal, 'code'> = {}): { readonly ok: false } & Refusal => ({ ok: false, code, ...extras })

/** @returns the text that leaves the service for a decision */
export const envelope = (outcome: Outcome<unknown>): string => {
  if (outcome.ok) return JSON.stringify({ ok: true, reply: outcome.reply })
  const { code, problems, params } = outcome
  return JSON.stringify({ ok: false, status: statusOf[code], code, problems, params } satisfies Record<keyof WireFailure, unknown>)
}

type Found = { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }

/** @returns what the rules found, as it travels; undefined when nothing is wrong */
export const problemsFrom = (found: Readonly<Record<string, Found | undefined>>): NonNullable<Refusal['problems']> | undefined => {
  const problems = Object.entries(found).flatMap(([field, problem]) =>
    problem === undefined ? [] : [[field, { code: problem.code, ...(problem.params === undefined ? {} : { params: { ...problem.params } }) }] as const]
  )
  return problems.length === 0 ? undefined : Object.fromEntries(problems)
}
