import { describe, expect, it } from 'vitest'
import { endedWords } from '@/features/account/ended-words'
import { mailboxWays, mailboxWords } from '@/features/account/duties/mailbox-ways'
import { codeHints, isMethod, isPosted, methodCards, whereTo } from '@/features/account/second-step-words'
import { lastSignInWords } from '@/features/home/last-sign-in'
import { leftInWords } from '@/features/lock/idle-words'
import { strengthWords } from '@/words/password-strength'

const sense = { now: Date.parse('2026-11-24T10:44:00Z'), timeZone: 'UTC' }
const at = Date.parse('2026-11-22T09:20:00Z')

describe('news about the last sign-in', () => {
  it('says when it was, and that nobody else tried', () => {
    expect(lastSignInWords({ at, failuresSince: 0 }, sense)).toMatchObject({ tone: 'info', title: 'You last signed in on Sunday at 9:20.' })
    expect(lastSignInWords({ at: sense.now - 3_600_000, failuresSince: 0 }, sense)?.title).toBe('You last signed in today at 9:44.')
  })

  it('warns about failed tries, and counts them', () => {
    expect(lastSignInWords({ at, failuresSince: 1 }, sense)).toMatchObject({ tone: 'warn', title: 'There was a failed try to sign in' })
    expect(lastSignInWords({ at, failuresSince: 3 }, sense)?.title).toBe('There were 3 failed tries to sign in')
    expect(lastSignInWords({ at: null, failuresSince: 2 }, sense)?.text).toContain('first sign-in')
  })

  it('has nothing to say about a new account that was left in peace', () => {
    expect(lastSignInWords({ at: null, failuresSince: 0 }, sense)).toBeNull()
  })
})

describe('the second step', () => {
  const step = { outcome: 'secondStep', attemptId: 't', methods: ['email', 'printed'], emailHint: 'm•••@parish.org', phoneHint: null } as const

  it('offers the ways there are, with where a code would go', () => {
    expect(methodCards(step).map(({ value, detail }) => [value, detail])).toEqual([
      ['email', 'To m•••@parish.org.'],
      ['printed', 'From the list you printed. Each code works once.']
    ])
    expect(whereTo(step, 'email')).toBe('m•••@parish.org')
    expect(whereTo(step, 'text')).toBe('')
  })

  it('sends codes by post only, and has a hint for each way', () => {
    expect((['totp', 'email', 'text', 'printed'] as const).filter(isPosted)).toEqual(['email', 'text'])
    for (const hint of Object.values(codeHints)) expect(hint).toMatch(/^\w.*\.$/)
    expect(isMethod('totp') && !isMethod('toString')).toBe(true)
  })
})

describe('letters that do not open', () => {
  it('sealed letters have four ways, a missing or damaged file only a backup or a new beginning', () => {
    expect(mailboxWays('sealed').map(({ value }) => value)).toEqual(['recoveryCode', 'oldPassword', 'coordinator', 'empty'])
    for (const trouble of ['missing', 'damaged'] as const) expect(mailboxWays(trouble).map(({ value }) => value)).toEqual(['backup', 'empty'])
    expect(mailboxWays('missing').at(-1)?.detail).not.toContain('kept aside')
  })

  it('each trouble has its own words, and none blames the password', () => {
    const all = Object.values(mailboxWords)
    expect(new Set(all.map(({ title }) => title)).size).toBe(3)
    expect(mailboxWords.missing.why('Mary Keane')).toContain("We can't find Mary Keane's letters on this PC. Restore a backup.")
    expect(mailboxWords.damaged.why('Mary Keane')).toContain('Your password is right')
  })
})

describe('leaving and coming back', () => {
  it('says how long is left in a few steps, and never ticks', () => {
    const said = Array.from({ length: 61 }, (_, second) => leftInWords(60_000 - second * 1_000))
    expect(said[0]).toBe('One minute is left.')
    expect(said.at(-1)).toBe('A few seconds are left.')
    expect(said.filter((words, index) => index > 0 && words !== said[index - 1])).toHaveLength(3)
  })

  it('a session that ended by itself has words', () => {
    for (const { title, text } of Object.values(endedWords)) expect(`${title}. ${text}`).not.toMatch(/undefined|[A-Z]{2,}_/)
  })
})

describe('how hard a password is to guess', () => {
  it('is said in a word, and always with advice', () => {
    for (const score of [0, 1, 2, 3, 4]) {
      const { level, name, advice } = strengthWords({ score, advice: '' }, 14)
      expect(level).toBe(score)
      expect(name).not.toBe('')
      expect(advice).toMatch(/\.$/)
    }
    expect(strengthWords({ score: 0, advice: 'This is a commonly used password' }, 9).advice).toBe('This is a commonly used password.')
  })

  it('advises twelve characters even where fewer would do', () => {
    expect(strengthWords({ score: 3, advice: '' }, 11).advice).toContain('Twelve characters')
    expect(strengthWords({ score: 4, advice: '' }, 12).advice).not.toContain('Twelve')
  })

  it('names of the parish and of the person count for little', async () => {
    const { estimate } = await import('@/composables/strength-estimator')
    expect(estimate('StMary2024', []).score).toBeLessThan(3)
    expect(estimate('jimboyle1A', ['Jim', 'Boyle']).score).toBeLessThan(3)
    expect(estimate('Password1', []).score).toBe(0)
    expect(estimate('kettle-orchard-ferry-41', []).score).toBe(4)
  })
})
