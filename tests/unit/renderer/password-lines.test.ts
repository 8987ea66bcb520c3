import { describe, expect, it } from 'vitest'
import { policyPresets } from '@rules/password-policy'
import { presetNames, presetWords, resultingRules, sameChoice } from '@/features/coordinator/policy-words'
import { contradictionWords, passwordLines, policySentences } from '@/words/password-lines'

describe('rules for passwords in words', () => {
  it('ticks what is met', () => {
    expect(passwordLines(policyPresets.cheatSheet, 'Lantern7')).toEqual([
      { id: 'length', text: 'At least 8 characters', met: true },
      { id: 'upper', text: 'One capital letter (A to Z)', met: true },
      { id: 'lower', text: 'One small letter (a to z)', met: true },
      { id: 'digit', text: 'One number (0 to 9)', met: true }
    ])
  })

  it('says a limit where there is one', () => {
    expect(passwordLines(policyPresets.facility, '')[0]?.text).toBe('6 to 12 characters')
    expect(policySentences(policyPresets.facility)).toContain('One of the signs ! @ # $ % ^ & * ( ).')
    expect(policySentences(policyPresets.facility)).toContain('None of the last 12 passwords again.')
    expect(policySentences(policyPresets.advice)).toContain('A friendly reminder after 90 days; nobody is forced.')
  })

  it('has a reason for every contradiction, and one for those it does not know', () => {
    const reasons = ['none', 'lengths', 'specials', 'classes', '', 'toString'].map(contradictionWords)
    for (const words of reasons) expect(words).toMatch(/^[A-Z].*\.$/)
    expect(new Set(reasons).size).toBe(5)
  })
})

describe('what a coordinator chooses', () => {
  it('combines all chosen sets', () => {
    const all = resultingRules(presetNames)
    expect(all).toMatchObject({ ok: true })
    expect(all.ok && all.lines[0]).toBe('Exactly 12 characters.')
    expect(resultingRules(['cheatSheet', 'facility'])).toMatchObject({ ok: true, lines: expect.arrayContaining(['8 to 12 characters.']) as unknown })
  })

  it('refuses an empty choice with the plain reason', () => {
    expect(resultingRules([])).toEqual({ ok: false, why: 'Choose at least one set of rules.' })
  })

  it('has words for every set, and sees when nothing was changed', () => {
    for (const name of presetNames) expect(presetWords[name].label).not.toBe('')
    const view = { sites: [], presets: ['facility', 'cheatSheet'], release: 'timed', escrow: null } as const
    expect(sameChoice(view, ['cheatSheet', 'facility'], 'timed')).toBe(true)
    expect(sameChoice(view, ['cheatSheet'], 'timed')).toBe(false)
    expect(sameChoice(view, ['cheatSheet', 'facility'], 'admin')).toBe(false)
  })
})
