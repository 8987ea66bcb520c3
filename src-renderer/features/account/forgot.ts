/** What is typed on the way to a new password: in memory, so that the code can be fetched from the Service post meanwhile. */
import { computed, ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Problem, Problems } from '@contract/problem-codes'
import { checkEmailPair } from '@rules/email'
import { checkPassword, normalisePassword } from '@rules/password-policy'
import { checkQuestions } from '@rules/security-questions'
import { useForm } from '@/composables/use-form'
import { usePasswordRulesStore } from '@/stores/password-rules'
import { problemSentence } from '@/words/problems'
import { keepForms } from './kept-forms'

const initial = {
  code: '',
  question1: '',
  answer1: '',
  question2: '',
  answer2: '',
  question3: '',
  answer3: '',
  secondStep: '',
  newPassword: '',
  confirmPassword: ''
}
type Values = typeof initial
export type ForgotField = keyof Values
type Answers = CommandCall<'accounts.forgotFinish'>['answers']

/** Under the advice the questions are not asked, and whoever has a second step shows a code of it in their place. */
const secondStepAnswer = 'second-step'

const answersOf = (values: Readonly<Values>, asksQuestions: boolean): Answers =>
  asksQuestions
    ? [
        { questionId: values.question1, answer: values.answer1 },
        { questionId: values.question2, answer: values.answer2 },
        { questionId: values.question3, answer: values.answer3 }
      ]
    : [
        { questionId: secondStepAnswer, answer: values.secondStep.trim() },
        { questionId: '', answer: '' },
        { questionId: '', answer: '' }
      ]

const found = (field: ForgotField, problem: Problem | null): Problems<ForgotField> => (problem ? { [field]: problem } : {})

const words = (problem: Problem, field: string): string => (problem.code === 'REQUIRED' && field === 'code' ? 'Type the code from the e-mail.' : problemSentence(problem))

const makeForms = () => {
  const rules = usePasswordRulesStore()
  const email = useForm({
    id: 'forgot',
    initial: { email: '' },
    words: problemSentence,
    check: ({ email: typed }): Problems<'email'> => {
      const { email: problem } = checkEmailPair(typed, typed)
      return problem ? { email: problem } : {}
    }
  })
  const reset = useForm({
    id: 'forgot',
    initial,
    words,
    check: (values): Problems<ForgotField> => {
      // Length and shape only: whether an answer is right is for the service to say, and it never says which.
      const questions = rules.asksQuestions ? checkQuestions(answersOf(values, true)) : {}
      return {
        ...found('code', values.code.trim() === '' ? { code: 'REQUIRED' } : null),
        ...questions,
        ...found('newPassword', checkPassword(rules.policy, values.newPassword, { email: email.values.email })),
        ...found('confirmPassword', normalisePassword(values.newPassword) === normalisePassword(values.confirmPassword) ? null : { code: 'PASSWORDS_DIFFER' })
      }
    }
  })
  return {
    email,
    reset,
    /** The first page was sent; the same answer for every address. */
    asked: ref(false),
    asksQuestions: computed(() => rules.asksQuestions),
    input: (): CommandCall<'accounts.forgotFinish'> => ({
      email: email.values.email.trim(),
      code: reset.values.code.trim(),
      answers: answersOf(reset.values, rules.asksQuestions),
      newPassword: reset.values.newPassword,
      confirmPassword: reset.values.confirmPassword
    })
  }
}

const kept = keepForms(makeForms)
export const forgotForms = kept.use
export const forgetForgot = kept.forget
export const forgetForgotLater = kept.forgetLater
export type ForgotForms = ReturnType<typeof makeForms>
