import * as z from 'zod'

/** How the service says no. The status carries the retry rule, the code the reason. */
export const failureCodes = [
  'BAD_REQUEST',
  'INVALID',
  'UNAUTHENTICATED',
  'SIGN_IN_REFUSED',
  'ACCOUNT_LOCKED',
  'CHECK_EMAIL',
  'TERMS_NEEDED',
  'PASSWORD_CHANGE_NEEDED',
  'CODE_REFUSED',
  'SIGN_IN_AGAIN',
  'PASSWORD_REFUSED',
  'NOT_ALLOWED',
  'LAST_COORDINATOR',
  'RULES_CONTRADICT',
  'RESET_REFUSED',
  'NOT_FOUND',
  'NOT_ENOUGH_STAMPS',
  'CARD_DECLINED',
  'CARD_INSUFFICIENT',
  'PRICE_CHANGED',
  'CONSENT_MISSING',
  'CONTACT_UNAVAILABLE',
  'INVITATION_NEEDED',
  'TOO_LONG',
  'KEY_REUSED',
  'KEY_VOID',
  'TOO_MANY_REQUESTS',
  'TROUBLE'
] as const
export type FailureCode = (typeof failureCodes)[number]

export const failureSchema = z.object({
  ok: z.literal(false),
  status: z.int().min(400).max(599),
  code: z.enum(failureCodes),
  /** Field problems in the words of contract/problem-codes (sent as plain strings: the wire knows nothing of ours). */
  problems: z.record(z.string(), z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })).optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional()
})
export type WireFailure = z.infer<typeof failureSchema>

/** Statuses after which the same request may succeed (reliability.md §5). */
export const isWorthRetrying = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500
