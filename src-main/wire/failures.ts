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

/** Statuses that are the service's last word on a request with a key (reliability.md §5). */
const finalStatuses: readonly number[] = [400, 402, 403, 404, 410, 413, 422]

/**
 * Whether a refusal of something that costs is for good. After every other one the same key is asked about again: giving a
 * reservation back on an answer that is not surely final could spend it twice. Without a session the service has not looked.
 */
export const isFinal = ({ status, code }: Pick<WireFailure, 'status' | 'code'>): boolean => finalStatuses.includes(status) && code !== 'UNAUTHENTICATED'
