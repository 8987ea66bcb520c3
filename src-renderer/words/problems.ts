/** One sentence for everything that can be wrong with one field. Those that bad-inputs.md gives are used word for word. */
import type { Problem, ProblemCode, Problems } from '@contract/problem-codes'
import { counted, formatCount } from './plural'

type Params = NonNullable<Problem['params']>
type Say = (params: Params) => string

const num = (params: Params, ...keys: readonly string[]): number | null => {
  for (const key of keys) {
    const value = params[key]
    if (typeof value === 'number') return value
  }
  return null
}
const text = (params: Params, key: string, otherwise: string): string => {
  const value = params[key]
  return value === undefined || value === '' ? otherwise : String(value)
}

const passcode = 'Passcode: 4 digits, not 0000 or 1234, typed twice.'
const distinct = 'Choose three different questions and answers.'

const tooShort: Say = (params) => {
  const min = num(params, 'min') ?? 8
  const have = num(params, 'have')
  return `Use at least ${counted(min, 'character')}${have === null ? '' : ` (you have ${have})`}.`
}

const tooLong =
  (what: string): Say =>
  (params) => {
    const limit = num(params, 'limit', 'max')
    const have = num(params, 'have')
    const over = num(params, 'over') ?? (limit !== null && have !== null ? have - limit : null)
    if (limit === null) return `${what} is too long.`
    return `${counted(limit, 'character')} is the limit${over === null ? '' : `: ${formatCount(over)} too many`}.`
  }

const bodyTooLong: Say = (params) => {
  const limit = num(params, 'limit') ?? 20_000
  const over = num(params, 'over')
  return `${counted(limit, 'character')} is the limit${over === null ? '' : `: ${formatCount(over)} too many (marked)`}.`
}

const tooManyPhotos: Say = (params) => {
  const over = num(params, 'over')
  return `${counted(num(params, 'limit') ?? 5, 'photo')} is the most this facility takes${over === null ? '' : `: remove ${over}`}.`
}
const photosNotTaken: Say = (params) => `This facility takes no photos: remove ${num(params, 'over') === 1 ? 'it' : 'them'} to send the letter.`
const tooManyLines: Say = (params) => {
  const limit = num(params, 'limit') ?? 100
  const over = num(params, 'over')
  return `${counted(limit, 'line')} is the limit here${over === null ? '' : `: ${formatCount(over)} too many`}.`
}

const numberFormat: Say = (params) =>
  `This number does not fit ${text(params, 'facility', text(params, 'state', 'this facility'))}'s format, e.g. ${text(params, 'example', '01234567')}.`

const needsSpecial: Say = (params) => `Use at least one of the signs ${[...text(params, 'specials', '!@#$%^&*()')].join(' ')}.`

const words: { readonly [C in ProblemCode]: string | Say } = {
  REQUIRED: 'Please fill this in.',
  TOO_LONG: tooLong('This'),
  EMAIL_INVALID: 'Enter one e-mail address, like name@parish.org.',
  EMAILS_DIFFER: 'The two addresses differ.',
  PASSWORD_EMPTY: 'Choose a password.',
  PASSWORD_TOO_SHORT: tooShort,
  PASSWORD_TOO_LONG: (params) => `Use at most ${counted(num(params, 'max') ?? 64, 'character')}.`,
  PASSWORD_NEEDS_LETTER: 'Use at least one letter.',
  PASSWORD_NEEDS_UPPER: 'Use at least one capital letter (A to Z).',
  PASSWORD_NEEDS_LOWER: 'Use at least one small letter (a to z).',
  PASSWORD_NEEDS_DIGIT: 'Use at least one number (0 to 9).',
  PASSWORD_NEEDS_SPECIAL: needsSpecial,
  PASSWORD_TOO_COMMON: 'Too common: thieves try this one first.',
  PASSWORD_CONTAINS_NAME: 'Leave your name out of the password.',
  PASSWORD_CONTAINS_EMAIL: 'Leave your e-mail address out of the password.',
  PASSWORD_USED_BEFORE: 'You used this password before. Choose a new one.',
  PASSWORDS_DIFFER: 'The two passwords differ.',
  TERMS_NOT_ACCEPTED: 'Please read and accept the Terms.',
  QUESTION_UNKNOWN: 'Choose a question from the list.',
  QUESTIONS_NOT_DISTINCT: distinct,
  ANSWER_EMPTY: 'Type an answer to this question.',
  ANSWER_TOO_SHORT: 'Use an answer of at least 2 letters.',
  ANSWERS_NOT_DISTINCT: distinct,
  ANSWER_IS_QUESTION: 'The answer may not repeat the question.',
  ANSWER_IS_PASSWORD: 'The answer may not be your password.',
  NAME_INVALID: 'Enter the name with letters, as on an envelope.',
  STATE_INVALID: 'Choose a state from the list.',
  ZIP_INVALID: 'Enter a ZIP code of 5 digits, like 78701.',
  ZIP_STATE_MISMATCH: 'This ZIP code is not in the state you chose. Check both.',
  PHONE_INVALID: 'Enter a phone number with area code, like (512) 555-0142.',
  PHONE_GETS_CODES: 'The codes of your second step go to the number before. Switch the second step off in Security, then change the number.',
  PASSCODE_INVALID: passcode,
  PASSCODE_IN_ANSWER: 'These four digits stand in one of your answers, like a year of birth. Choose others.',
  PASSCODES_DIFFER: passcode,
  VERIFICATION_CODE_WRONG: 'These are not the signs in the picture. Look at the new picture and type them again.',
  SEARCH_TOO_SHORT: 'Type at least 2 letters of the name, or the whole number.',
  FACILITY_INVALID: 'Choose a facility from the list.',
  NUMBER_FORMAT: numberFormat,
  PACKAGE_MISSING: 'Choose a package.',
  CARD_NUMBER_INVALID: 'Check the card number.',
  CARD_NOT_A_TEST_CARD: 'This is a practice shop. Use test card 4242 4242 4242 4242.',
  CARD_EXPIRY_INVALID: 'Expiry is month/year, not in the past.',
  CARD_CODE_INVALID: '3 or 4 digits on the card.',
  RECIPIENT_MISSING: 'Choose who the letter is for.',
  SUBJECT_EMPTY: 'Write a subject, a few words are enough.',
  SUBJECT_TOO_LONG: tooLong('The subject'),
  BODY_EMPTY: 'Write something before sending.',
  BODY_TOO_LONG: bodyTooLong,
  BODY_TOO_MANY_LINES: tooManyLines,
  PHOTOS_TOO_MANY: tooManyPhotos,
  PHOTOS_NOT_TAKEN: photosNotTaken,
  INVITATION_CODE_WRONG: 'That code is not right. Copy it from the Service post.'
}

export const problemSentence = (problem: Problem): string => {
  const sentence = words[problem.code]
  return typeof sentence === 'string' ? sentence : sentence(problem.params ?? {})
}

/** Sentences by field name, ready for the fields and the error summary. */
export const problemSentences = (problems: Problems | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(problems ?? {}).flatMap(([field, problem]) => (problem ? [[field, problemSentence(problem)]] : [])))
