import { useForm, type Form } from '@/composables/use-form'
import type { Problem } from '@contract/problem-codes'
import { beforeEach, describe, expect, it, vi } from 'vitest'

interface Values {
  email: string
  confirmEmail: string
  zip: string
}

const check = (values: Readonly<Values>) => ({
  ...(values.email === '' && { email: { code: 'REQUIRED' } as const }),
  ...(values.confirmEmail !== values.email && { confirmEmail: { code: 'EMAILS_DIFFER' } as const }),
  ...(values.zip.length !== 5 && { zip: { code: 'ZIP_INVALID', params: { length: values.zip.length } } as const })
})
const words = (problem: Problem, field: string): string => `${field}: ${problem.code} ${problem.params?.['length'] ?? ''}`.trim()

let form: Form<Values>
beforeEach(() => {
  form = useForm<Values>({ id: 'f', initial: { email: '', confirmEmail: 'x@y.org', zip: '' }, check, words })
})

describe('useForm', () => {
  it('says nothing while a form is filled in for the first time', () => {
    form.values.zip = '1'
    form.values.email = ''
    expect(form.errors).toEqual({})
    expect(form.summary).toEqual({ items: [], attempt: 0 })
  })

  it('shows every problem on submit, in page order, in the same words twice, and does not act', async () => {
    const act = vi.fn()
    expect(await form.submit(act)).toBe(false)
    expect(act).not.toHaveBeenCalled()
    expect(form.errors).toEqual({
      email: 'email: REQUIRED',
      confirmEmail: 'confirmEmail: EMAILS_DIFFER',
      zip: 'zip: ZIP_INVALID 0'
    })
    expect(form.summary.items).toEqual([
      { id: 'f-email', text: 'email: REQUIRED' },
      { id: 'f-confirmEmail', text: 'confirmEmail: EMAILS_DIFFER' },
      { id: 'f-zip', text: 'zip: ZIP_INVALID 0' }
    ])
    expect(form.summary.attempt).toBe(1)
  })

  it('asks for focus again on every refusal', () => {
    form.validate()
    form.validate()
    expect(form.summary.attempt).toBe(2)
  })

  it('judges a field in error again as it changes', () => {
    form.validate()
    form.values.zip = '123'
    expect(form.errors.zip).toBe('zip: ZIP_INVALID 3')
    form.values.zip = '12345'
    expect(form.errors.zip).toBeUndefined()
    expect(form.summary.attempt).toBe(1)
  })

  it('lets a change in one field clear the error of another that depends on it', () => {
    form.validate()
    form.values.email = 'x@y.org'
    expect(form.errors).toEqual({ zip: 'zip: ZIP_INVALID 0' })
  })

  it('gives no field a new error before the next submit', () => {
    form.values.zip = '12345'
    form.validate()
    form.values.zip = ''
    expect(form.errors.zip).toBeUndefined()
    form.validate()
    expect(form.errors.zip).toBe('zip: ZIP_INVALID 0')
  })

  it('acts with plain values when nothing is wrong', async () => {
    Object.assign(form.values, { email: 'x@y.org', zip: '12345' })
    const act = vi.fn()
    expect(await form.submit(act)).toBe(true)
    expect(act).toHaveBeenCalledExactlyOnceWith({ email: 'x@y.org', confirmEmail: 'x@y.org', zip: '12345' })
    expect(() => structuredClone(act.mock.calls[0]?.[0])).not.toThrow()
  })

  it('acts once however often it is submitted while under way', async () => {
    Object.assign(form.values, { email: 'x@y.org', zip: '12345' })
    let finish = (): void => undefined
    const act = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)))
    const first = form.submit(act)
    expect(form.busy).toBe(true)
    expect(await form.submit(act)).toBe(false)
    finish()
    expect(await first).toBe(true)
    expect(act).toHaveBeenCalledTimes(1)
    expect(form.busy).toBe(false)
  })

  it('is usable again after an action that failed', async () => {
    Object.assign(form.values, { email: 'x@y.org', zip: '12345' })
    await expect(form.submit(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
    expect(form.busy).toBe(false)
    expect(form.values.zip).toBe('12345')
  })

  it('keeps a problem from main until its own field is edited', () => {
    Object.assign(form.values, { email: 'x@y.org', zip: '12345' })
    form.setProblems({ email: { code: 'EMAIL_INVALID' } })
    expect(form.summary).toEqual({ items: [{ id: 'f-email', text: 'email: EMAIL_INVALID' }], attempt: 1 })
    form.values.zip = '54321'
    expect(form.errors.email).toBe('email: EMAIL_INVALID')
    form.values.email = 'z@y.org'
    expect(form.errors).toEqual({})
  })

  it('drops problems from main on the next submit', () => {
    Object.assign(form.values, { email: 'x@y.org', zip: '12345' })
    form.setProblems({ zip: { code: 'ZIP_STATE_MISMATCH' } })
    expect(form.validate()).toBe(true)
    expect(form.errors).toEqual({})
  })

  it('shows a problem that belongs to no field here, without a link', () => {
    form.setProblems({ other: { code: 'CARD_EXPIRY_INVALID' }, email: { code: 'REQUIRED' } })
    expect(form.summary.items).toEqual([
      { id: 'f-email', text: 'email: REQUIRED' },
      { id: undefined, text: 'other: CARD_EXPIRY_INVALID' }
    ])
  })

  it('never drops what was typed', () => {
    form.values.zip = ' 12 '
    form.validate()
    form.setProblems({ zip: { code: 'ZIP_INVALID' } })
    form.clearProblems()
    expect(form.values.zip).toBe(' 12 ')
    expect(form.errors).toEqual({})
  })

  it('binds a field part both ways', () => {
    form.field('zip')['onUpdate:modelValue']('9')
    form.validate()
    expect(form.field('zip')).toMatchObject({ id: 'f-zip', modelValue: '9', error: 'zip: ZIP_INVALID 1' })
    expect(form.fieldId('email')).toBe('f-email')
  })

  it('goes back to the start, or to given values, without problems', () => {
    form.validate()
    form.reset({ email: 'a@b.org', confirmEmail: '', zip: '1' })
    expect(form.values).toEqual({ email: 'a@b.org', confirmEmail: '', zip: '1' })
    expect(form.errors).toEqual({})
    form.reset()
    expect(form.values).toEqual({ email: '', confirmEmail: 'x@y.org', zip: '' })
  })
})
