import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPasscodePair } from '@rules/passcode'
import { policyPresets } from '@rules/password-policy'
import { checkName, checkPerson, displayPhone, isStateCode, normaliseName, normalisePhone, states, zipFitsState, type Person } from '@rules/person'
import { checkQuestions, normaliseAnswer, securityQuestions } from '@rules/security-questions'
import { checkSignUp, checkSignUpPage1, checkSignUpPage2, checkSignUpPage3, type SignUp } from '@rules/sign-up'
import { currentTerms } from '@rules/terms'

const person: Person = {
  firstName: 'Mary',
  lastName: 'Keane',
  street: '12 Chapel Street',
  city: 'Austin',
  state: 'TX',
  zip: '78701',
  phone: '(512) 555-0123'
}
const questions = [
  { questionId: 'mother-maiden-name', answer: 'Doyle' },
  { questionId: 'favorite-pet', answer: 'Biscuit' },
  { questionId: 'birth-town', answer: 'Galway' }
] as const
const form: SignUp = {
  ...person,
  email: 'reader@parish.org',
  confirmEmail: 'reader@parish.org',
  password: 'LanternHill7',
  confirmPassword: 'LanternHill7',
  acceptTerms: true,
  questions,
  passcode: '4821',
  confirmPasscode: '4821',
  verificationCode: 'PSALM'
}
const policy = policyPresets.cheatSheet
const check = (change: Partial<SignUp>): unknown => checkSignUp({ ...form, ...change }, policy)

describe('checkSignUp', () => {
  it('lets the whole form through', () => {
    expect(check({})).toEqual({})
  })

  it.each<[string, Partial<SignUp>, unknown]>([
    ['bad address', { email: 'a@b', confirmEmail: 'a@b' }, { email: { code: 'EMAIL_INVALID' } }],
    ['repeat differs', { confirmEmail: 'other@parish.org' }, { confirmEmail: { code: 'EMAILS_DIFFER' } }],
    ['repeat differs by case', { confirmEmail: 'Reader@parish.org' }, { confirmEmail: { code: 'EMAILS_DIFFER' } }],
    ['password repeat differs', { confirmPassword: 'LanternHill8' }, { confirmPassword: { code: 'PASSWORDS_DIFFER' } }],
    ['password repeat differs by a space', { confirmPassword: 'LanternHill7 ' }, { confirmPassword: { code: 'PASSWORDS_DIFFER' } }],
    ['terms unticked', { acceptTerms: false }, { acceptTerms: { code: 'TERMS_NOT_ACCEPTED' } }],
    ['password holds the first name', { password: 'Mary-Lantern7', confirmPassword: 'Mary-Lantern7' }, { password: { code: 'PASSWORD_CONTAINS_NAME' } }],
    ['password holds the e-mail', { password: 'Reader-Lamp7', confirmPassword: 'Reader-Lamp7' }, { password: { code: 'PASSWORD_CONTAINS_EMAIL' } }],
    ['the checklist comes before the name', { password: 'Mary7', confirmPassword: 'Mary7' }, { password: { code: 'PASSWORD_TOO_SHORT', params: { min: 8, have: 5 } } }],
    ['passcode', { passcode: '0000', confirmPasscode: '0000' }, { passcode: { code: 'PASSCODE_INVALID' } }],
    [
      'year of birth as passcode',
      { questions: [questions[0], questions[1], { questionId: 'birth-date', answer: 'May 2, 1951' }], passcode: '1951', confirmPasscode: '1951' },
      { passcode: { code: 'PASSCODE_IN_ANSWER' } }
    ],
    ['no verification code', { verificationCode: ' ' }, { verificationCode: { code: 'REQUIRED' } }],
    [
      'answer is the password',
      { questions: [questions[0], questions[1], { questionId: 'birth-town', answer: 'lanternhill7' }] },
      { answer3: { code: 'ANSWER_IS_PASSWORD' } }
    ]
  ])('%s', (_what, change, found) => {
    expect(check(change)).toEqual(found)
  })

  it('an empty form names every field but the repeats', () => {
    const empty = Object.fromEntries(Object.keys(form).map((key) => [key, ''])) as unknown as SignUp
    expect(Object.keys(checkSignUp({ ...empty, acceptTerms: false, questions: [] }, policy)).sort()).toEqual(
      [
        'email', 'password', 'acceptTerms', 'question1', 'question2', 'question3', 'answer1', 'answer2', 'answer3', 'firstName', 'lastName', 'street', 'city', 'state', 'zip',
        'phone', 'passcode', 'verificationCode'
      ].sort()
    )
  })

  it('is the union of the three pages', () => {
    const some = fc.constantFrom('', 'Mary', 'a@b', '4821', 'LanternHill7', 'reader@parish.org', 'TX', '78701', '<b>')
    const anyForm = fc.record({
      email: some, confirmEmail: some, password: some, confirmPassword: some, acceptTerms: fc.boolean(), firstName: some, lastName: some, street: some, city: some, state: some,
      zip: some, phone: some, passcode: some, confirmPasscode: some, verificationCode: some, questions: fc.array(fc.record({ questionId: some, answer: some }), { maxLength: 3 })
    })
    fc.assert(
      fc.property(anyForm, (one) => {
        expect(checkSignUp(one, policy)).toEqual({ ...checkSignUpPage3(one, one), ...checkSignUpPage2(one), ...checkSignUpPage1(one, policy) })
      })
    )
  })
})

describe('security questions', () => {
  it('are twelve, with different ids and texts', () => {
    expect(new Set(securityQuestions.map((one) => one.id)).size).toBe(12)
    expect(new Set(securityQuestions.map((one) => one.text)).size).toBe(12)
  })

  const [first, second, third] = questions
  it.each<[string, Parameters<typeof checkQuestions>[0], unknown]>([
    ['same question twice', [first, { ...second, questionId: first.questionId }, third], { question2: { code: 'QUESTIONS_NOT_DISTINCT' } }],
    ['question not chosen', [first, second, { ...third, questionId: '' }], { question3: { code: 'QUESTION_UNKNOWN' } }],
    ['unknown question', [{ ...first, questionId: '__proto__' }, second, third], { question1: { code: 'QUESTION_UNKNOWN' } }],
    ['empty answer', [{ ...first, answer: '' }, second, third], { answer1: { code: 'ANSWER_EMPTY' } }],
    ['only spaces', [{ ...first, answer: '  ' }, second, third], { answer1: { code: 'ANSWER_EMPTY' } }],
    ['only zero-width', [{ ...first, answer: '\u200b\u200b' }, second, third], { answer1: { code: 'ANSWER_EMPTY' } }],
    ['answer = question', [first, { ...second, answer: 'what is the name of your favorite pet' }, third], { answer2: { code: 'ANSWER_IS_QUESTION' } }],
    ['answer = another chosen question', [first, { ...second, answer: 'In what town were you born?' }, third], { answer2: { code: 'ANSWER_IS_QUESTION' } }],
    ['answer = password', [first, { ...second, answer: 'LanternHill7' }, third], { answer2: { code: 'ANSWER_IS_PASSWORD' } }],
    [
      'three equal answers',
      [first, { ...second, answer: 'DOYLE ' }, { ...third, answer: 'dóyle' }],
      { answer2: { code: 'ANSWERS_NOT_DISTINCT' }, answer3: { code: 'ANSWERS_NOT_DISTINCT' } }
    ],
    ['one character', [{ ...first, answer: 'D' }, second, third], { answer1: { code: 'ANSWER_TOO_SHORT', params: { min: 2, have: 1 } } }],
    ['only a question mark', [{ ...first, answer: '?' }, second, third], { answer1: { code: 'ANSWER_TOO_SHORT', params: { min: 2, have: 1 } } }],
    ['too long', [{ ...first, answer: 'd'.repeat(201) }, second, third], { answer1: { code: 'TOO_LONG', params: { max: 200, have: 201 } } }],
    ['three good ones', [first, second, third], {}]
  ])('%s', (_what, chosen, found) => {
    expect(checkQuestions(chosen, 'LanternHill7')).toEqual(found)
  })

  it('answers are compared without case, accents and spaces at the ends', () => {
    expect(normaliseAnswer('  José   O’Neill ')).toBe("jose o'neill")
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => normaliseAnswer(normaliseAnswer(typed)) === normaliseAnswer(typed)), { numRuns: 1_000 })
  })
})

describe('passcode', () => {
  it.each(['', '482', '48211', 'abcd', '٤٨٢١', '４８２１', '0000', '1234', ' 4821', '48 1', '4821\n'])('%j is refused', (passcode) => {
    expect(checkPasscodePair(passcode, passcode)).toEqual({ passcode: { code: 'PASSCODE_INVALID' } })
  })
  it.each(['1948', 'March 14, 1948', '03141948', 'in 1948.'])('the year in the answer %j is refused', (answer) => {
    const answers = [{ questionId: 'birth-date', answer }]
    expect(checkPasscodePair('1948', '1948', answers)).toEqual({ passcode: { code: 'PASSCODE_IN_ANSWER' } })
    expect(checkPasscodePair('1949', '1949', answers)).toEqual({})
  })
  it('repeat differs', () => {
    expect(checkPasscodePair('4821', '4812')).toEqual({ confirmPasscode: { code: 'PASSCODES_DIFFER' } })
  })
  it('every other four digits pass', () => {
    const refused = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0')).filter((code) => 'passcode' in checkPasscodePair(code, code))
    expect(refused).toEqual(['0000', '1234'])
  })
})

describe('person', () => {
  it.each<[string, Partial<Person>, unknown]>([
    ['no first name', { firstName: '' }, { firstName: { code: 'REQUIRED' } }],
    ['spaces', { lastName: '  ' }, { lastName: { code: 'REQUIRED' } }],
    ['zero-width name', { firstName: '\u200b' }, { firstName: { code: 'REQUIRED' } }],
    ['101 characters', { firstName: 'x'.repeat(101) }, { firstName: { code: 'TOO_LONG', params: { max: 100, have: 101 } } }],
    ['100 characters', { firstName: 'x'.repeat(100) }, {}],
    ['only emoji', { firstName: '😀' }, { firstName: { code: 'NAME_INVALID' } }],
    ['line break', { lastName: 'Kea\nne' }, { lastName: { code: 'NAME_INVALID' } }],
    ['no street', { street: '' }, { street: { code: 'REQUIRED' } }],
    ['no city', { city: '' }, { city: { code: 'REQUIRED' } }],
    ['no state', { state: '' }, { state: { code: 'REQUIRED' } }],
    ['unknown state', { state: 'ZZ' }, { state: { code: 'STATE_INVALID' } }],
    ['state in words', { state: 'Texas' }, { state: { code: 'STATE_INVALID' } }],
    ['ZIP empty', { zip: '' }, { zip: { code: 'REQUIRED' } }],
    ['ZIP letters', { zip: 'ABCDE' }, { zip: { code: 'ZIP_INVALID' } }],
    ['foreign post code', { zip: 'SW1A 1AA' }, { zip: { code: 'ZIP_INVALID' } }],
    ['German post code elsewhere', { zip: '10115' }, { zip: { code: 'ZIP_STATE_MISMATCH', params: { zip: '10115', state: 'TX' } } }],
    ['ZIP 00000', { zip: '00000' }, { zip: { code: 'ZIP_INVALID' } }],
    ['ZIP of another state', { zip: '02139' }, { zip: { code: 'ZIP_STATE_MISMATCH', params: { zip: '02139', state: 'TX' } } }],
    ['ZIP+4', { zip: '78701-1234' }, {}],
    ['full-width ZIP', { zip: '７８７０１' }, {}],
    ['no phone', { phone: '' }, { phone: { code: 'REQUIRED' } }],
    ['short phone', { phone: '555-0123' }, { phone: { code: 'PHONE_INVALID' } }],
    ['phone in words', { phone: 'call me' }, { phone: { code: 'PHONE_INVALID' } }],
    ['two phones', { phone: '512-555-0123 / 512-555-0124' }, { phone: { code: 'PHONE_INVALID' } }],
    ['HTML is a name like others', { firstName: '<b>Mary</b>' }, {}]
  ])('%s', (_what, change, found) => {
    expect(checkPerson({ ...person, ...change })).toEqual(found)
  })

  it('names keep their letters', () => {
    expect(normaliseName(' Siobha\u0301n\u200b  O’Brien ')).toBe('Siobhán O’Brien')
    for (const name of ["D'Angelo", 'Anne-Marie', 'Nguyễn', '王', 'محمد', 'Ж']) expect(checkName(name)).toBeNull()
  })

  it.each([
    ['(512) 555-0123', '+15125550123'],
    ['512.555.0123', '+15125550123'],
    ['1 512 555 0123', '+15125550123'],
    ['+1 512 555 0123', '+15125550123'],
    ['５１２５５５０１２３', '+15125550123'],
    ['+44 20 7946 0018', '+442079460018']
  ])('phone %s is %s', (typed, stored) => {
    expect(normalisePhone(typed)).toBe(stored)
    expect(normalisePhone(displayPhone(stored))).toBe(stored)
  })
  it.each(['', '123', '0000000000', '111-111-1111', 'call 512 555 0123', '1-800-FLOWERS', '512-555-0123 ext 4', '5'.repeat(500)])('phone %j is refused', (typed) => {
    expect(normalisePhone(typed)).toBeNull()
  })
  it('shows a US number as people write it', () => {
    expect(displayPhone('+15125550123')).toBe('(512) 555-0123')
    expect(displayPhone('odd')).toBe('odd')
  })
})

describe('states', () => {
  it('have different codes and names; the fifty, the District, five territories, three military', () => {
    expect(states).toHaveLength(59)
    expect(new Set(states.map((state) => state.code)).size).toBe(59)
    expect(new Set(states.map((state) => state.name)).size).toBe(59)
    expect(isStateCode('TX')).toBe(true)
    expect(isStateCode('tx')).toBe(false)
  })

  // A city hall or well-known post office of every state and territory.
  it.each([
    ['AL', '36104'], ['AK', '99801'], ['AZ', '85007'], ['AR', '72201'], ['CA', '95814'], ['CO', '80202'], ['CT', '06103'], ['DE', '19901'], ['DC', '20500'], ['FL', '32301'],
    ['GA', '30303'], ['HI', '96813'], ['ID', '83702'], ['IL', '62701'], ['IN', '46225'], ['IA', '50309'], ['KS', '66603'], ['KY', '40601'], ['LA', '70802'], ['ME', '04330'],
    ['MD', '21401'], ['MA', '02201'], ['MI', '48933'], ['MN', '55102'], ['MS', '39205'], ['MO', '65101'], ['MT', '59623'], ['NE', '68502'], ['NV', '89701'], ['NH', '03301'],
    ['NJ', '08608'], ['NM', '87501'], ['NY', '12207'], ['NC', '27601'], ['ND', '58501'], ['OH', '43215'], ['OK', '73102'], ['OR', '97301'], ['PA', '17101'], ['RI', '02903'],
    ['SC', '29217'], ['SD', '57501'], ['TN', '37219'], ['TX', '78701'], ['UT', '84111'], ['VT', '05602'], ['VA', '23219'], ['WA', '98507'], ['WV', '25301'], ['WI', '53703'],
    ['WY', '82001'], ['PR', '00901'], ['VI', '00802'], ['GU', '96910'], ['MP', '96950'], ['AS', '96799'], ['AA', '34011'], ['AE', '09012'], ['AP', '96201'],
    ['NY', '06390'], ['NY', '00501'], ['TX', '88510'], ['TX', '73301'], ['WY', '83414'], ['VA', '20101'], ['GA', '39901'], ['MA', '05501']
  ])('%s %s', (state, zip) => {
    expect(zipFitsState(zip, state)).toBe(true)
  })

  it('a prefix nobody claims passes', () => {
    expect(zipFitsState('21301', 'MD')).toBe(true)
    expect(zipFitsState('34301', 'TX')).toBe(false)
    expect(zipFitsState('71599', 'TX')).toBe(true)
  })
})

it('terms have versions', () => {
  expect(currentTerms).toEqual({ terms: '1', emessaging: '1' })
})
