import { describe, expect, it } from 'vitest'
import { problemCodes } from '@contract/problem-codes'
import { problemSentence, problemSentences } from '@/words/problems'

describe('words for problems', () => {
  it.each(problemCodes)('%s has a sentence, also when no figures came along', (code) => {
    const sentence = problemSentence({ code })
    expect(sentence.length).toBeGreaterThan(8)
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|[A-Z]{2,}_[A-Z]/)
    expect(sentence).toMatch(/[.)]$/)
  })

  it('counts', () => {
    expect(problemSentence({ code: 'PASSWORD_TOO_SHORT', params: { min: 8, have: 7 } })).toBe('Use at least 8 characters (you have 7).')
    expect(problemSentence({ code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 312 } })).toBe(
      '20,000 characters is the limit: 312 too many (marked).'
    )
    expect(problemSentence({ code: 'SUBJECT_TOO_LONG', params: { limit: 200, over: 1 } })).toBe('200 characters is the limit: 1 too many.')
  })

  it('shows an example of the number a facility wants', () => {
    expect(problemSentence({ code: 'NUMBER_FORMAT', params: { facility: 'Cedar State', example: '448213' } })).toBe(
      "This number does not fit Cedar State's format, e.g. 448213."
    )
  })

  it('gives sentences by field and leaves out fields that are right', () => {
    expect(problemSentences({ email: { code: 'EMAIL_INVALID' } })).toEqual({ email: 'Enter one e-mail address, like name@parish.org.' })
    expect(problemSentences(undefined)).toEqual({})
  })
})
