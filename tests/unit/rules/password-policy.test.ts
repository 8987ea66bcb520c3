import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acceptedPasswordLength,
  checkPassword,
  combinePolicies,
  normalisePassword,
  passwordRules,
  policyPresets,
  type PasswordPolicy,
  type PolicyPreset
} from '@rules/password-policy'
import { countCodePoints } from '@rules/text'

const { cheatSheet, facility, advice } = policyPresets
const presets = Object.entries(policyPresets) as readonly (readonly [PolicyPreset, PasswordPolicy])[]
const mary = { email: 'mary.keane@parish.org', firstName: 'Mary', lastName: "O'Brien-Doyle" }

describe('the list of bad inputs, cheat sheet policy', () => {
  it.each([
    ['empty', '', { code: 'PASSWORD_EMPTY' }],
    ['7 characters', 'Lantrn7', { code: 'PASSWORD_TOO_SHORT', params: { min: 8, have: 7 } }],
    ['no digit', 'LanternHill', { code: 'PASSWORD_NEEDS_DIGIT' }],
    ['no upper', 'lanternhill7', { code: 'PASSWORD_NEEDS_UPPER' }],
    ['no lower', 'LANTERNHILL7', { code: 'PASSWORD_NEEDS_LOWER' }],
    ['129 characters', `Aa1${'x'.repeat(126)}`, { code: 'PASSWORD_TOO_LONG', params: { max: 64, have: 129 } }],
    ['65 characters', `Lantern7${'hill '.repeat(11)}xy`, { code: 'PASSWORD_TOO_LONG', params: { max: 64, have: 65 } }],
    ['on the blocklist', 'Password1', { code: 'PASSWORD_TOO_COMMON' }],
    ['on the blocklist, disguised', 'P@ssw0rd1!', { code: 'PASSWORD_TOO_COMMON' }],
    ['contains the first name', 'xxMARYlantern7', { code: 'PASSWORD_CONTAINS_NAME' }],
    ['contains part of the last name', 'Obrien7Lantern-Brien', { code: 'PASSWORD_CONTAINS_NAME' }],
    ['contains the e-mail', 'mary.keane@parish.orgA1', { code: 'PASSWORD_CONTAINS_EMAIL' }],
    ['contains part of the e-mail', 'Lantern7keane', { code: 'PASSWORD_CONTAINS_EMAIL' }],
    ['only spaces', '        ', { code: 'PASSWORD_EMPTY' }],
    ['11 emoji', '😀😁😂🤣😃😄😅😆😉😊😋', { code: 'PASSWORD_NEEDS_UPPER' }],
    ['7 emoji count 7', '😀😁😂🤣😃😄😅', { code: 'PASSWORD_TOO_SHORT', params: { min: 8, have: 7 } }],
    ['Arabic digits are no digits', 'LanternHill٧', { code: 'PASSWORD_NEEDS_DIGIT' }]
  ])('%s', (_what, password, found) => {
    expect(checkPassword(cheatSheet, password, mary)).toEqual(found)
  })

  it('11 emoji are 11 characters to the advice', () => {
    expect(checkPassword(advice, '😀😁😂🤣😃😄😅😆😉😊😋')).toEqual({ code: 'PASSWORD_TOO_SHORT', params: { min: 12, have: 11 } })
  })

  it.each(['LanternHill7', 'Lantern hill 7', ' LanternHill7 ', 'Über7Laternen', 'Ёлка7зимой', 'x'.repeat(61) + 'Yz7'])('%j is accepted', (password) => {
    expect(checkPassword(cheatSheet, password, mary)).toBeNull()
  })

  it('names of one or two letters are not held against anybody', () => {
    expect(checkPassword(cheatSheet, 'LanternHill7', { firstName: 'Al', lastName: 'Hi', email: 'l@parish.org' })).toBeNull()
  })
})

describe('facility policy (S1 to the letter)', () => {
  it.each([
    ['5 characters', 'lan7!', { code: 'PASSWORD_TOO_SHORT', params: { min: 6, have: 5 } }],
    ['13 characters', 'lanternhill7!', { code: 'PASSWORD_TOO_LONG', params: { max: 12, have: 13 } }],
    ['no letter', '482913!', { code: 'PASSWORD_NEEDS_LETTER' }],
    ['no digit', 'lantern!', { code: 'PASSWORD_NEEDS_DIGIT' }],
    ['no special', 'lantern7', { code: 'PASSWORD_NEEDS_SPECIAL', params: { specials: '!@#$%^&*()' } }],
    ['another special', 'lantern7-', { code: 'PASSWORD_NEEDS_SPECIAL', params: { specials: '!@#$%^&*()' } }],
    ['common word with a tail', 'dragon1!', { code: 'PASSWORD_TOO_COMMON' }]
  ])('%s', (_what, password, found) => {
    expect(checkPassword(facility, password)).toEqual(found)
  })
  it.each([...'!@#$%^&*()'])('accepts %s', (special) => {
    expect(checkPassword(facility, `lantrn7${special}`)).toBeNull()
  })
  it('remembers 12', () => {
    expect(facility.historyDepth).toBe(12)
  })
})

describe('advice policy (S2)', () => {
  it('wants all four and 12', () => {
    expect(passwordRules(advice, '').map((line) => line.rule)).toEqual(['length', 'upper', 'lower', 'digit', 'special'])
    expect(checkPassword(advice, 'LanternHill7')).toMatchObject({ code: 'PASSWORD_NEEDS_SPECIAL' })
    expect(checkPassword(advice, 'LanternHill7-')).toBeNull()
    expect(advice.rotationReminderDays).toBe(90)
  })
})

// One suite, run against every preset.
describe.each(presets)('policy %s', (_name, policy) => {
  const unit = fc.constantFrom('a', 'B', 'q', 'Z', '7', '4', '!', '#', '-', ' ', 'é', 'Ж', '語', '😀')
  const password = fc.string({ unit, maxLength: 80 })

  it('has sane figures', () => {
    expect(policy.minLength).toBeLessThanOrEqual(policy.maxLength)
    expect(policy.maxLength).toBeLessThanOrEqual(acceptedPasswordLength)
    expect(policy.historyDepth).toBeGreaterThanOrEqual(0)
    expect(policy.historyDepth).toBeLessThanOrEqual(12)
    expect(policy.special).toBe(policy.specials !== '')
  })

  it('takes 40 lengths in 4 scripts exactly within its limits', () => {
    const body = ['kzwvmhpj', 'ßñüöłåęš', 'Жищфцьюя', '😀🎹🚜🦉🌲🍞🕯🛶'].map((signs) => Array.from(signs))
    for (let length = 4; length < 44; length++) {
      for (const signs of body) {
        const start = 'Q7!z'
        const text = start + Array.from({ length: length - 4 }, (_, i) => signs[(i * 3) % signs.length]).join('')
        const code = checkPassword(policy, text)?.code ?? null
        const due = length < policy.minLength ? 'PASSWORD_TOO_SHORT' : length > policy.maxLength ? 'PASSWORD_TOO_LONG' : null
        expect([text, code]).toEqual([text, due])
      }
    }
  })

  it('refuses when a line is not ticked, and only then or for guessing', () => {
    fc.assert(
      fc.property(password, (text) => {
        const ticked = passwordRules(policy, text).every((line) => line.met)
        const code = checkPassword(policy, text)?.code ?? null
        if (code === null) expect(ticked).toBe(true)
        if (ticked) expect([null, 'PASSWORD_TOO_COMMON']).toContain(code)
      }),
      { numRuns: 2_000 }
    )
  })

  it('does not depend on how an accent was typed', () => {
    fc.assert(
      fc.property(password, (text) => {
        expect(checkPassword(policy, text.normalize('NFD'))).toEqual(checkPassword(policy, text.normalize('NFC')))
        expect(normalisePassword(text.normalize('NFD'))).toBe(normalisePassword(text))
      })
    )
  })

  it('never trims', () => {
    expect(normalisePassword(' Lantern7 ')).toBe(' Lantern7 ')
  })

  it('tells the length', () => {
    fc.assert(
      fc.property(password, (text) => {
        expect(passwordRules(policy, text)[0]?.params).toEqual({ min: policy.minLength, max: policy.maxLength, have: countCodePoints(text.normalize('NFC')) })
      })
    )
  })

  it('each of its lines can be switched on and off', () => {
    for (const rule of ['upper', 'lower', 'digit', 'special'] as const) {
      const off = { ...policy, [rule]: false, letter: false, specials: '' }
      expect(passwordRules(off, '').some((line) => line.rule === rule)).toBe(false)
      const on = { ...policy, [rule]: true, specials: '!' }
      expect(passwordRules(on, '').find((line) => line.rule === rule)?.met).toBe(false)
    }
  })
})

describe('combinePolicies', () => {
  const policy: fc.Arbitrary<PasswordPolicy> = fc.record({
    minLength: fc.integer({ min: 1, max: 15 }),
    maxLength: fc.integer({ min: 8, max: 64 }),
    letter: fc.boolean(),
    upper: fc.boolean(),
    lower: fc.boolean(),
    digit: fc.boolean(),
    special: fc.boolean(),
    specials: fc.constantFrom('!@#$%^&*()', '!-', '#', '-_'),
    historyDepth: fc.integer({ min: 0, max: 12 }),
    rotationReminderDays: fc.constantFrom(0, 90, 180)
  })
  const password = fc.string({ unit: fc.constantFrom('a', 'k', 'B', 'Q', '7', '2', '!', '#', '-', '語'), minLength: 4, maxLength: 30 })

  it('accepts only what each of them accepts', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 3 }), password, (list, text) => {
        const combined = combinePolicies(list)
        if (!combined.ok || checkPassword(combined.policy, text) !== null) return
        accepted++
        for (const one of list) expect(checkPassword(one, text)).toBeNull()
      }),
      { numRuns: 5_000 }
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it('keeps the longest history and the earliest reminder', () => {
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 3 }), (list) => {
        const combined = combinePolicies(list)
        if (!combined.ok) return
        expect(combined.policy.historyDepth).toBe(Math.max(...list.map((one) => one.historyDepth)))
        const days = list.map((one) => one.rotationReminderDays).filter((one) => one > 0)
        expect(combined.policy.rotationReminderDays).toBe(days.length === 0 ? 0 : Math.min(...days))
      })
    )
  })

  it('is the policy itself when alone', () => {
    for (const [, one] of presets) expect(combinePolicies([one])).toEqual({ ok: true, policy: one })
  })

  it('all three presets meet at exactly 12 characters', () => {
    expect(combinePolicies([cheatSheet, facility, advice])).toEqual({
      ok: true,
      policy: {
        minLength: 12,
        maxLength: 12,
        letter: true,
        upper: true,
        lower: true,
        digit: true,
        special: true,
        specials: '!@#$%^&*()',
        historyDepth: 12,
        rotationReminderDays: 90
      }
    })
  })

  it.each([
    ['nothing to combine', [], 'none'],
    ['no common length', [facility, { ...advice, minLength: 15 }], 'lengths'],
    ['no common special', [facility, { ...advice, specials: '-_' }], 'specials'],
    ['shorter than its classes', [{ ...advice, minLength: 1, maxLength: 3 }], 'classes']
  ])('%s', (_what, list, reason) => {
    expect(combinePolicies(list)).toEqual({ ok: false, reason })
  })
})
