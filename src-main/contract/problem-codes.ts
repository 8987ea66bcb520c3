/**
 * What can be wrong with one field. The rules answer with these codes, the renderer turns each into one sentence
 * (src-renderer/words/problems.ts), so the words live in one place and main never sends prose.
 */
export const problemCodes = [
  'REQUIRED',
  'TOO_LONG',
  'EMAIL_INVALID',
  'EMAILS_DIFFER',
  'PASSWORD_EMPTY',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_NEEDS_LETTER',
  'PASSWORD_NEEDS_UPPER',
  'PASSWORD_NEEDS_LOWER',
  'PASSWORD_NEEDS_DIGIT',
  'PASSWORD_NEEDS_SPECIAL',
  'PASSWORD_TOO_COMMON',
  'PASSWORD_CONTAINS_NAME',
  'PASSWORD_CONTAINS_EMAIL',
  'PASSWORD_USED_BEFORE',
  'PASSWORDS_DIFFER',
  'TERMS_NOT_ACCEPTED',
  'QUESTION_UNKNOWN',
  'QUESTIONS_NOT_DISTINCT',
  'ANSWER_EMPTY',
  'ANSWER_TOO_SHORT',
  'ANSWERS_NOT_DISTINCT',
  'ANSWER_IS_QUESTION',
  'ANSWER_IS_PASSWORD',
  'NAME_INVALID',
  'STATE_INVALID',
  'ZIP_INVALID',
  'ZIP_STATE_MISMATCH',
  'PHONE_INVALID',
  'PHONE_GETS_CODES',
  'PASSCODE_INVALID',
  'PASSCODE_IN_ANSWER',
  'PASSCODES_DIFFER',
  'VERIFICATION_CODE_WRONG',
  'SEARCH_TOO_SHORT',
  'FACILITY_INVALID',
  'NUMBER_FORMAT',
  'PACKAGE_MISSING',
  'CARD_NUMBER_INVALID',
  'CARD_NOT_A_TEST_CARD',
  'CARD_EXPIRY_INVALID',
  'CARD_CODE_INVALID',
  'RECIPIENT_MISSING',
  'SUBJECT_EMPTY',
  'SUBJECT_TOO_LONG',
  'BODY_EMPTY',
  'BODY_TOO_LONG',
  'BODY_TOO_MANY_LINES',
  'PHOTOS_TOO_MANY',
  'PHOTOS_NOT_TAKEN',
  'INVITATION_CODE_WRONG'
] as const

export type ProblemCode = (typeof problemCodes)[number]

/** One thing wrong with one field; `params` carries the figures its sentence needs (limits, counts, an example). */
export type Problem = {
  readonly code: ProblemCode
  readonly params?: Readonly<Record<string, string | number>>
}

/** Problems by field name. An empty object means nothing is wrong. */
export type Problems<Field extends string = string> = { readonly [F in Field]?: Problem }
