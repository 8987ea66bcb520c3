import { describe, expect, it } from 'vitest'
import { commonPasswords, isCommon } from '@rules/password-blocklist'
import { checkPassword, policyPresets } from '@rules/password-policy'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

describe('the list', () => {
  it('holds at least 3,000, lower case, six characters and more, none twice', () => {
    expect(commonPasswords.size).toBeGreaterThanOrEqual(3_000)
    for (const word of commonPasswords) {
      expect(word).toBe(word.toLowerCase())
      expect(word.length).toBeGreaterThanOrEqual(6)
    }
  })

  it('every entry is refused, as it stands and in capitals', () => {
    expect([...commonPasswords].filter((word) => !isCommon(word) || !isCommon(word.toUpperCase()))).toEqual([])
  })

  it('every entry of letters is refused when dressed up for the checklist', () => {
    const letters = [...commonPasswords].filter((word) => /^[a-z]+$/.test(word))
    expect(letters.length).toBeGreaterThan(3_000)
    const through = letters.filter((word) => [`${capital(word)}1`, `${capital(word)}12`, `${capital(word)}2024!`].some((dressed) => checkPassword(policyPresets.cheatSheet, `${dressed}`) === null))
    expect(through).toEqual([])
  })

  it('answers within 5 ms', () => {
    const started = performance.now()
    for (let i = 0; i < 1_000; i++) isCommon(`Lantern-hill-${i}-over-the-quiet-river`)
    expect((performance.now() - started) / 1_000).toBeLessThan(5)
  })
})

describe('what else anybody would try', () => {
  it.each([
    'Securus1',
    'Securus2024!',
    '$ecurus2024',
    'Epistle123',
    'MyParish1',
    'Parish1987',
    'Jesus1234',
    'Spring2025',
    'October2024!',
    'Christmas24',
    'Securus-Epistle-7',
    'Abcdefgh1',
    'Qwertyuiop1',
    'Poiuytrewq1',
    'Aaaaaaa1',
    'Aa1Aa1Aa1',
    'Kz7Kz7Kz7',
    '19841984',
    '12251945',
    'ABCD1234',
    'P@$$w0rd',
    'M0nkey2024',
    '2024Monkey!'
  ])('%s', (password) => {
    expect(isCommon(password)).toBe(true)
  })

  it.each([
    'LanternHill7',
    'correct horse battery staple',
    'Psalm23Shepherd-hill',
    'Epistle reader of 1859',
    'Parish-Lantern-49',
    'Über7Laternen',
    'kzwvmhpj',
    'Three blue herons at 6'
  ])('not %s', (password) => {
    expect(isCommon(password)).toBe(false)
  })
})
