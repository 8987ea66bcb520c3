import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetForgot, forgotForms } from '@/features/account/forgot'
import { forgetEverythingTyped } from '@/features/account/kept-forms'
import { usePasswordRulesStore } from '@/stores/password-rules'

const fill = () => {
  const forms = forgotForms()
  forms.email.values.email = ' mary@parish.org '
  Object.assign(forms.reset.values, {
    code: ' 245651 ',
    question1: 'first-school',
    answer1: 'Saint Brigid',
    question2: 'childhood-street',
    answer2: 'Alder Lane',
    question3: 'favorite-pet',
    answer3: 'Biscuit',
    newPassword: 'Harbor9window',
    confirmPassword: 'Harbor9window'
  })
  return forms
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(forgetForgot)

describe('a forgotten password', () => {
  it('asks main with the address, the code, three answers and the new password twice', () => {
    const forms = fill()
    expect([forms.email.validate(), forms.reset.validate()]).toEqual([true, true])
    expect(forms.input()).toEqual({
      email: 'mary@parish.org',
      code: '245651',
      answers: [
        { questionId: 'first-school', answer: 'Saint Brigid' },
        { questionId: 'childhood-street', answer: 'Alder Lane' },
        { questionId: 'favorite-pet', answer: 'Biscuit' }
      ],
      newPassword: 'Harbor9window',
      confirmPassword: 'Harbor9window'
    })
  })

  it('looks at the shape only, and says what is missing', () => {
    const { reset } = fill()
    Object.assign(reset.values, { code: ' ', question2: 'first-school', answer3: '', newPassword: 'short', confirmPassword: 'other' })
    expect(reset.validate()).toBe(false)
    expect(Object.keys(reset.errors)).toEqual(['code', 'question2', 'answer3', 'newPassword', 'confirmPassword'])
    expect(reset.errors.code).toBe('Type the code from the e-mail.')
  })

  it('asks for a code of the second step where questions count for nothing', () => {
    usePasswordRulesStore().asksQuestions = false
    const forms = fill()
    Object.assign(forms.reset.values, { question1: '', answer1: '', secondStep: ' 7SEH-JUW5 ' })
    expect(forms.reset.validate()).toBe(true)
    expect(forms.input().answers).toEqual([
      { questionId: 'second-step', answer: '7SEH-JUW5' },
      { questionId: '', answer: '' },
      { questionId: '', answer: '' }
    ])
  })

  it('is kept while the code is fetched, and gone when somebody has signed in', () => {
    fill()
    expect(forgotForms().reset.values.answer1).toBe('Saint Brigid')
    forgetEverythingTyped()
    expect(forgotForms().reset.values.answer1).toBe('')
  })
})
