import { describe, expect, it } from 'vitest'
import { errorCodes } from '@contract/error-codes'
import { failureSentence, failureWords } from '@/words/errors'

const isSentence = (text: string): boolean => /^[A-Z0-9].*[.!?]$/.test(text)
const mentionsMachinery = (text: string): boolean => /undefined|null|NaN|\[object|[A-Z]{2,}_[A-Z]/.test(text)

describe('words for failures', () => {
  it.each(errorCodes)('%s: a sentence and a next step, also when no figures came along', (code) => {
    const { sentence, next } = failureWords({ code })
    expect(isSentence(sentence)).toBe(true)
    expect(isSentence(next)).toBe(true)
    expect(mentionsMachinery(`${sentence} ${next}`)).toBe(false)
  })

  it('no two codes share a sentence', () => {
    const sentences = errorCodes.map((code) => failureWords({ code }).sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  it('says the sign-in sentences word for word, with the tries that are left', () => {
    expect(failureWords({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 1 } })).toEqual({
      sentence: 'That e-mail and password do not match.',
      next: 'One try left.'
    })
    expect(failureWords({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } }).next).toBe('2 tries left.')
    expect(failureWords({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })).toEqual({
      sentence: 'Locked for 15 minutes, or ask your coordinator.',
      next: 'The time counts while Epistle is open. Your drafts and letters are safe and wait for you.'
    })
    expect(failureWords({ code: 'ACCOUNT_LOCKED', params: { minutes: 0.4 } }).sentence).toContain('1 minute,')
    expect(failureSentence({ code: 'ACCOUNT_LOCKED' })).not.toContain('minute')
  })

  it('tells a wrong password, a missing and a damaged mailbox apart', () => {
    const name = { name: 'Mary Keane' }
    expect(failureWords({ code: 'MAILBOX_MISSING', params: name }).sentence).toBe("We can't find Mary Keane's letters on this PC. Restore a backup.")
    expect(failureWords({ code: 'MAILBOX_DAMAGED', params: name }).sentence).toBe("The file with Mary Keane's letters on this PC is damaged.")
    for (const code of ['MAILBOX_MISSING', 'MAILBOX_DAMAGED'] as const) {
      expect(failureWords({ code, params: name }).next).toContain('The password is not the trouble')
      expect(failureSentence({ code })).toContain('your letters')
    }
  })

  it('says how many passcodes are left, and what happens then', () => {
    expect(failureSentence({ code: 'PASSCODE_REFUSED', params: { triesLeft: 1 } })).toBe(
      'That passcode is not right. One try left, then you are signed out. Your drafts are kept.'
    )
    expect(failureSentence({ code: 'PASSCODE_REFUSED', params: { triesLeft: 2 } })).toContain('2 tries left')
  })

  it('says how many stamps are short, in the singular too', () => {
    expect(failureSentence({ code: 'NOT_ENOUGH_STAMPS', params: { need: 2, have: 1 } })).toBe(
      'You need 2 stamps and have 1. Buy stamps or save for later.'
    )
    expect(failureWords({ code: 'NOT_ENOUGH_STAMPS', params: { need: 1, have: 0 } }).sentence).toBe('You need 1 stamp and have none.')
  })

  it('names the person concerned', () => {
    expect(failureWords({ code: 'ALREADY_A_CONTACT', params: { name: 'Daniel Reyes' } }).sentence).toBe('Already in your list: Daniel Reyes.')
    expect(failureWords({ code: 'LETTERS_WAITING', params: { count: 1, name: 'Daniel Reyes' } }).sentence).toBe(
      '1 letter is still waiting for Daniel Reyes.'
    )
    expect(failureWords({ code: 'LETTERS_WAITING', params: { count: 3, name: 'Daniel Reyes' } }).sentence).toBe(
      '3 letters are still waiting for Daniel Reyes.'
    )
    expect(failureWords({ code: 'CONTACT_UNAVAILABLE', params: { name: 'Daniel Reyes', reason: 'released' } }).sentence).toBe(
      'Daniel Reyes is not at this facility any more (released).'
    )
  })
})
