import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetSignUp, forgetSignUpLater, nameInPassword, signUpForms, signUpInput, spreadProblems, stepOf } from '@/features/account/sign-up'

const fill = () => {
  const forms = signUpForms()
  Object.assign(forms.first.values, {
    email: 'mary@parish.org',
    confirmEmail: 'mary@parish.org',
    password: 'Lantern7oak',
    confirmPassword: 'Lantern7oak',
    acceptTerms: true
  })
  Object.assign(forms.second.values, {
    question1: 'first-school',
    answer1: 'Saint Brigid',
    question2: 'childhood-street',
    answer2: 'Alder Lane',
    question3: 'favorite-pet',
    answer3: 'Biscuit'
  })
  Object.assign(forms.third.values, {
    firstName: 'Mary',
    lastName: 'Keane',
    street: '12 Chapel Road',
    city: 'Austin',
    state: 'TX',
    zip: '78701',
    phone: '(512) 555-0142',
    passcode: '4813',
    confirmPasscode: '4813',
    verificationCode: 'PSALM'
  })
  return forms
}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
})
afterEach(() => {
  forgetSignUp()
  vi.useRealTimers()
})

describe('creating an account', () => {
  it('asks main with exactly what the three pages hold', () => {
    const forms = fill()
    expect([forms.first.validate(), forms.second.validate(), forms.third.validate()]).toEqual([true, true, true])
    expect(signUpInput(forms, 'challenge-1')).toEqual({
      ...forms.first.values,
      questions: [
        { questionId: 'first-school', answer: 'Saint Brigid' },
        { questionId: 'childhood-street', answer: 'Alder Lane' },
        { questionId: 'favorite-pet', answer: 'Biscuit' }
      ],
      ...forms.third.values,
      challengeId: 'challenge-1'
    })
  })

  it('leads to the page of the first wrong field', () => {
    expect(stepOf({ zip: { code: 'ZIP_INVALID' }, email: { code: 'EMAIL_INVALID' } })).toBe(1)
    expect(stepOf({ zip: { code: 'ZIP_INVALID' }, answer2: { code: 'ANSWER_EMPTY' } })).toBe(2)
    expect(stepOf({ verificationCode: { code: 'VERIFICATION_CODE_WRONG' } })).toBe(3)
    expect(stepOf({ somethingElse: { code: 'REQUIRED' } })).toBe(3)
  })

  it('gives each page its problems in words, and keeps every value', () => {
    const forms = fill()
    spreadProblems(forms, { email: { code: 'EMAIL_INVALID' }, firstName: { code: 'REQUIRED' } })
    expect(forms.first.errors).toEqual({ email: 'Enter one e-mail address, like name@parish.org.' })
    expect(forms.second.errors).toEqual({})
    expect(forms.third.errors).toEqual({ firstName: 'Enter your first name.' })
    expect(forms.first.values.password).toBe('Lantern7oak')
  })

  it('finds the name in the password once the name is known, as a matter of page 1', () => {
    const forms = fill()
    expect(nameInPassword(forms)).toBeNull()
    forms.first.values.password = 'Keane12345'
    expect(nameInPassword(forms)).toEqual({ code: 'PASSWORD_CONTAINS_NAME' })
    expect(forms.third.validate()).toBe(true)
  })

  it('outlasts a look into Help, and is gone ten minutes after somebody walked away', () => {
    fill()
    forgetSignUpLater()
    vi.advanceTimersByTime(9 * 60_000)
    expect(signUpForms().first.values.email).toBe('mary@parish.org')
    vi.advanceTimersByTime(60 * 60_000)
    expect(signUpForms().first.values.email).toBe('mary@parish.org')
    forgetSignUpLater()
    vi.advanceTimersByTime(10 * 60_000)
    expect(signUpForms().first.values).toEqual({ email: '', confirmEmail: '', password: '', confirmPassword: '', acceptTerms: false })
  })
})
