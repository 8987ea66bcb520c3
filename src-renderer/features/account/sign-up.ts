/**
 * What a person is typing while creating an account: one form per page. It lives in memory only, outlasts a look into
 * Help, the Service post or Settings, and is forgotten as soon as the account exists or the person goes elsewhere.
 */
import type { CommandCall } from '@contract/commands'
import type { Problem, Problems } from '@contract/problem-codes'
import { checkSignUpPage1, checkSignUpPage2, checkSignUpPage3 } from '@rules/sign-up'
import { useForm } from '@/composables/use-form'
import { usePasswordRulesStore } from '@/stores/password-rules'
import { problemSentence } from '@/words/problems'
import { keepForms } from './kept-forms'

const page1 = { email: '', confirmEmail: '', password: '', confirmPassword: '', acceptTerms: false }
const page2 = { question1: '', answer1: '', question2: '', answer2: '', question3: '', answer3: '' }
const page3 = {
  firstName: '',
  lastName: '',
  street: '',
  city: '',
  state: '',
  zip: '',
  phone: '',
  passcode: '',
  confirmPasscode: '',
  verificationCode: ''
}
type Page2 = typeof page2

const questionsOf = (values: Readonly<Page2>): CommandCall<'accounts.create'>['questions'] => [
  { questionId: values.question1, answer: values.answer1 },
  { questionId: values.question2, answer: values.answer2 },
  { questionId: values.question3, answer: values.answer3 }
]

/** What to enter, where "Please fill this in." would leave one guessing which field is meant. */
const wanted: Readonly<Record<string, string>> = {
  firstName: 'Enter your first name.',
  lastName: 'Enter your last name.',
  street: 'Enter your street address.',
  city: 'Enter your city.',
  state: 'Choose your state.',
  zip: 'Enter your ZIP code.',
  phone: 'Enter your phone number.',
  verificationCode: 'Enter the verification code.'
}

const words = (problem: Problem, field: string): string =>
  (problem.code === 'REQUIRED' ? wanted[field] : undefined) ?? problemSentence(problem)

const makeForms = () => {
  const rules = usePasswordRulesStore()
  const first = useForm({ id: 'sign-up', initial: page1, words, check: (values) => checkSignUpPage1(values, rules.policy) })
  const second = useForm({
    id: 'sign-up',
    initial: page2,
    words,
    check: (values) => checkSignUpPage2({ questions: questionsOf(values), password: first.values.password })
  })
  const third = useForm({
    id: 'sign-up',
    initial: page3,
    words,
    check: (values) => {
      // The name is first known here; a password that contains it is a matter of page 1 (see `nameInPassword`).
      const { password: _elsewhere, ...here } = checkSignUpPage3(values, { ...first.values, questions: questionsOf(second.values) })
      return here
    }
  })
  return { first, second, third }
}

export type SignUpForms = ReturnType<typeof makeForms>
export type SignUpStep = 1 | 2 | 3

const kept = keepForms(makeForms)
export const signUpForms = kept.use
export const forgetSignUp = kept.forget
export const forgetSignUpLater = kept.forgetLater

export const signUpInput = (forms: SignUpForms, challengeId: string): CommandCall<'accounts.create'> => ({
  ...forms.first.values,
  questions: questionsOf(forms.second.values),
  ...forms.third.values,
  challengeId
})

/** With the name known, page 1 may have something to mend. */
export const nameInPassword = (forms: SignUpForms): Problem | null => checkSignUpPage3(forms.third.values, { ...forms.first.values, questions: questionsOf(forms.second.values) }).password ?? null

/** The page on which the first of these problems can be mended. */
export const stepOf = (problems: Problems): SignUpStep => {
  const has = (page: object): boolean => Object.keys(page).some((field) => problems[field])
  if (has(page1)) return 1
  return has(page2) ? 2 : 3
}

/** Gives each page its own problems (what belongs to no field goes to the last); a page without any is left in peace. */
export const spreadProblems = (forms: SignUpForms, problems: Problems): void => {
  const entries = Object.entries(problems)
  const parts = [
    [forms.first, entries.filter(([field]) => field in page1)],
    [forms.second, entries.filter(([field]) => field in page2)],
    [forms.third, entries.filter(([field]) => !(field in page1) && !(field in page2))]
  ] as const
  for (const [form, found] of parts) if (found.length > 0) form.setProblems(Object.fromEntries(found))
}
