import { describe, expect, it } from 'vitest'
import type { AccountDetails, PeopleEntry } from '@contract/views'
import { emptyPerson, otherSite, personOf, valuesOf } from '@/features/coordinator/create-form'
import { partOf } from '@/features/coordinator/parts'
import { actsFor, actWords, lastSignedIn, standingWords } from '@/features/coordinator/person-words'
import { profileItems, profileOf } from '@/features/security/profile-form'
import { isMethod, methodOptions, printedCodesWords, secondStepState } from '@/features/security/second-step-words'

const details: AccountDetails = {
  email: 'mary.keane@parish.org',
  firstName: 'Mary',
  lastName: 'Keane',
  street: '12 Chapel Road',
  city: 'Austin',
  state: 'TX',
  zip: '78701',
  phone: '+15125550142',
  questionIds: [],
  passwordChangedAt: 0,
  secondStep: { method: 'off', printedCodesLeft: 0 },
  terms: [],
  recoveryCodeMadeAt: null,
  escrow: false
}

const person: PeopleEntry = {
  accountId: 'A1',
  displayName: 'Daniel Reyes',
  email: 'daniel@parish.org',
  site: 'St. Brigid',
  coordinator: false,
  disabled: false,
  locked: false,
  lastSignInAt: null,
  escrow: false,
  you: false
}

describe('the profile', () => {
  it('shows state and telephone as people write them', () => {
    const shown = new Map(profileItems(details).map(({ term, detail }) => [term, detail]))
    expect(shown.get('State')).toBe('Texas')
    expect(shown.get('Phone number')).toBe('(512) 555-0142')
    expect(shown.get('Email')).toBe('mary.keane@parish.org')
    expect(profileOf(details).phone).toBe('(512) 555-0142')
  })

  it('says so where a coordinator made the account and nothing is known yet', () => {
    const bare = { ...details, street: '', city: '', state: '', zip: '', phone: '' }
    expect(profileItems(bare).filter(({ detail }) => detail === 'Not known yet')).toHaveLength(5)
    expect(profileOf(bare)).toMatchObject({ state: '', phone: '' })
  })
})

describe('the second step in words', () => {
  it('says how it is', () => {
    expect(secondStepState('off')).toBe('Off')
    expect(secondStepState('email')).toBe('On: a code by e-mail')
    expect(printedCodesWords(1)).toMatch(/^1 printed code left/)
    expect(printedCodesWords(0)).toMatch(/^No printed code/)
  })

  it('offers a text message only where there is a number, and takes no other way', () => {
    expect(methodOptions(details).find(({ value }) => value === 'text')?.detail).toContain('(512) 555-0142')
    expect(methodOptions({ ...details, phone: '' }).find(({ value }) => value === 'text')?.disabled).toBe(true)
    expect(methodOptions(details).every(({ value }) => isMethod(value))).toBe(true)
    expect(isMethod('off')).toBe(false)
    expect(isMethod('toString')).toBe(false)
  })
})

describe('people in words', () => {
  const words = (change: Partial<PeopleEntry>): readonly string[] => standingWords({ ...person, ...change }).map((one) => one.words)

  it('says how an account stands', () => {
    expect(words({})).toEqual(['Active'])
    expect(words({ locked: true, coordinator: true })).toEqual(['Locked', 'Coordinator'])
    expect(words({ disabled: true, locked: true })).toEqual(['Switched off', 'Locked'])
    expect(lastSignedIn(null)).toBe('Has not signed in yet.')
    expect(lastSignedIn(Date.parse('2026-11-22T10:44:00Z'), { now: Date.parse('2026-11-22T12:00:00Z'), timeZone: 'UTC' })).toBe('Last signed in today at 10:44.')
  })

  it('offers what fits, and nobody may switch themselves off', () => {
    expect(actsFor(person)).toEqual(['makeCoordinator', 'disable'])
    expect(actsFor({ ...person, locked: true })).toEqual(['unlock', 'makeCoordinator', 'disable'])
    expect(actsFor({ ...person, disabled: true })).toEqual(['enable'])
    expect(actsFor({ ...person, coordinator: true, you: true })).toEqual(['removeRole'])
  })

  it.each(Object.entries(actWords))('%s says what it will do and what was done', (_act, { button, title, what, done }) => {
    expect(button).not.toBe('')
    expect(title).toMatch(/\?$/)
    expect(what.length).toBeGreaterThan(0)
    expect(done('Daniel Reyes')).toMatch(/Daniel Reyes.*\.$/)
  })
})

describe('an account for someone', () => {
  it('takes a site of one\u2019s own or a new one, and comes back as it was typed', () => {
    const typed = { ...emptyPerson('St. Brigid'), email: ' d@parish.org ', firstName: 'Daniel', lastName: 'Reyes' }
    expect(personOf(typed)).toMatchObject({ email: 'd@parish.org', site: 'St. Brigid' })
    const founded = personOf({ ...typed, site: otherSite, newSite: 'St. Jude' })
    expect(founded.site).toBe('St. Jude')
    expect(valuesOf(founded, ['St. Brigid'])).toMatchObject({ site: otherSite, newSite: 'St. Jude' })
    expect(valuesOf(personOf(typed), ['St. Brigid'])).toMatchObject({ site: 'St. Brigid', newSite: '' })
  })

  it('knows its pages', () => {
    expect([partOf('rules'), partOf('lost'), partOf(undefined), partOf(['rules'])]).toEqual(['rules', 'lost', 'people', 'people'])
  })
})
