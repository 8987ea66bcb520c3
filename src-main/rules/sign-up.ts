import type { Problem, Problems } from '../contract/problem-codes'
import { checkEmailPair } from './email'
import { checkPasscodePair } from './passcode'
import { checkPassword, containsName, normalisePassword, type PasswordPolicy } from './password-policy'
import { checkPerson, type Person, type PersonField } from './person'
import { collectProblems, problem } from './problems'
import { checkQuestions, type SecurityAnswer } from './security-questions'
import { isBlank } from './text'

/** S0 steps 4 to 6. */
export type SignUpPage1 = {
  readonly email: string
  readonly confirmEmail: string
  readonly password: string
  readonly confirmPassword: string
  readonly acceptTerms: boolean
}

/** S0 step 7. */
export type SignUpPage2 = { readonly questions: readonly SecurityAnswer[] }

/** S0 step 8. */
export type SignUpPage3 = Person & { readonly passcode: string; readonly confirmPasscode: string; readonly verificationCode: string }

export type SignUp = SignUpPage1 & SignUpPage2 & SignUpPage3

export type SignUpField1 = 'email' | 'confirmEmail' | 'password' | 'confirmPassword' | 'acceptTerms'
export type SignUpField2 = 'question1' | 'answer1' | 'question2' | 'answer2' | 'question3' | 'answer3'
export type SignUpField3 = PersonField | 'passcode' | 'confirmPasscode' | 'verificationCode'
export type SignUpField = SignUpField1 | SignUpField2 | SignUpField3

/**
 * Page 1: e-mail twice, password twice, terms.
 * @param policy the password policy in force
 * Source: S0 steps 4-6, S1 (policy).
 */
export const checkSignUpPage1 = (page: SignUpPage1, policy: PasswordPolicy): Problems<SignUpField1> => ({
  ...checkEmailPair(page.email, page.confirmEmail),
  ...collectProblems({
    password: checkPassword(policy, page.password, { email: page.email }),
    confirmPassword: samePassword(page.password, page.confirmPassword) ? null : problem('PASSWORDS_DIFFER'),
    acceptTerms: page.acceptTerms ? null : problem('TERMS_NOT_ACCEPTED')
  })
})

/**
 * Page 2: three questions and answers.
 * @param page the three pairs, and the password of page 1, which no answer may repeat
 * Source: S0 step 7.
 */
export const checkSignUpPage2 = (page: SignUpPage2 & { readonly password: string }): Problems<SignUpField2> =>
  checkQuestions(page.questions, page.password)

/**
 * Page 3: who it is, the passcode, the verification code (only whether it was filled in: the service knows the right one).
 * @param earlier what pages 1 and 2 hold. The name is first known here, so a password that contains it is reported here, as
 * PASSWORD_CONTAINS_NAME on `password`: the page leads back to page 1.
 * Source: S0 step 8; ASVS 6.2.11.
 */
export const checkSignUpPage3 = (
  page: SignUpPage3,
  earlier: Pick<SignUpPage1, 'email' | 'password'> & SignUpPage2
): Problems<SignUpField3 | 'password'> => ({
  ...checkPerson(page),
  ...checkPasscodePair(page.passcode, page.confirmPasscode, earlier.questions),
  ...collectProblems({
    verificationCode: isBlank(page.verificationCode) ? problem('REQUIRED') : null,
    password: nameInPassword(page, earlier.password)
  })
})

/**
 * The whole form, as the app and the service check it again before an account exists.
 * @returns the union of the three pages' problems
 * Source: S0 steps 4-8; ASVS 2.2.2 (never trust the window's own check).
 */
export const checkSignUp = (form: SignUp, policy: PasswordPolicy): Problems<SignUpField> => ({
  ...checkSignUpPage3(form, form),
  ...checkSignUpPage2(form),
  // Last, so that the checklist's own line about the password comes before the one about the name.
  ...checkSignUpPage1(form, policy)
})

const samePassword = (one: string, other: string): boolean => normalisePassword(one) === normalisePassword(other)

const nameInPassword = (person: Person, password: string): Problem | null =>
  containsName(password, person) ? problem('PASSWORD_CONTAINS_NAME') : null
