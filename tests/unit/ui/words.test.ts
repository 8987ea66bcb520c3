import { textScale, themeFor } from '@/composables/use-appearance'
import { charactersLeft } from '@/ui/characters-left'
import { costWords, stampWords } from '@/ui/cost-words'
import { ruleProgress } from '@/ui/rule-progress'
import { describe, expect, it } from 'vitest'

describe('cost in words', () => {
  it.each([
    [1388, 1, '1,388 characters left, 1 stamp'],
    [1, 2, '1 character left, 2 stamps'],
    [0, 1, '0 characters left, 1 stamp'],
    [-1, 3, '1 character too many'],
    [-1200, 3, '1,200 characters too many']
  ])('%d left for %d stamps', (left, stamps, words) => {
    expect(costWords(left, stamps)).toBe(words)
  })

  it('counts stamps in words', () => {
    expect([0, 1, 2, 1500].map((count) => stampWords(count))).toEqual(['0 stamps', '1 stamp', '2 stamps', '1,500 stamps'])
    expect([1, 3].map((count) => stampWords(count, 'credit'))).toEqual(['1 credit', '3 credits'])
  })
})

describe('characters left of a short field', () => {
  it('is silent while there is room', () => {
    expect(charactersLeft('a'.repeat(79), 100)).toBeUndefined()
  })

  it('speaks near the end and beyond it', () => {
    expect(charactersLeft('a'.repeat(80), 100)).toEqual({ words: '20 characters left', over: false })
    expect(charactersLeft('a'.repeat(99), 100)).toEqual({ words: '1 character left', over: false })
    expect(charactersLeft('a'.repeat(103), 100)).toEqual({ words: '3 characters too many', over: true })
  })

  it('counts an emoji once', () => {
    expect(charactersLeft('🙏'.repeat(10), 10)?.words).toBe('0 characters left')
  })
})

describe('password rules, spoken', () => {
  const rule = (text: string, met: boolean) => ({ id: text, text, met })

  it('names what is missing', () => {
    expect(ruleProgress([rule('One number', false), rule('One capital', true), rule('8 characters', false)])).toBe(
      '1 of 3 rules met. Not yet: One number; 8 characters.'
    )
  })

  it('says when all is well, and nothing without rules', () => {
    expect(ruleProgress([rule('One number', true)])).toBe('All rules are met.')
    expect(ruleProgress([])).toBe('')
  })
})

describe('appearance', () => {
  it('follows the person first, then the computer', () => {
    expect(themeFor('light', { dark: true, moreContrast: true })).toBe('light')
    expect(themeFor('system', { dark: true, moreContrast: false })).toBe('dark')
    expect(themeFor('system', { dark: true, moreContrast: true })).toBe('high-contrast')
    expect(themeFor('system', { dark: false, moreContrast: false })).toBe('light')
  })

  it('keeps the text size between 100 and 200 per cent', () => {
    expect([100, 150, 200, 90, 999, Number.NaN].map(textScale)).toEqual([1, 1.5, 2, 1, 2, 1])
  })
})
