/** Rows of the sign-in table (design, reliability §4), each under its own name: what a password must be. */
import { expect, it } from 'vitest'
import { commonPasswords, isCommon } from '../../../src-main/rules/password-blocklist'
import { day, goodPassword, numbered, policyOf, signIn, underEveryPreset } from './parish'

underEveryPreset((open, preset) => {
  it('Length', async () => {
    const { bench, jo } = await open()
    const { minLength, maxLength } = await policyOf(bench)
    const fillers = ['kvzjwhbgdpmuyqtx', 'éàôñçüëîøå', 'жщфцъыэюяб', '漢字仮名交文書記憶', '🕯🌾🕊🪶🌿🧵']
    const lengths = [1, 3, 5, 6, 7, 8, 11, 12, 13, 14, 15, 40, 63, 64, 65, 128, 129]
    const samples = fillers.flatMap((filler) => lengths.map((length) => ({ filler, length }))).slice(0, 85)
    expect(samples.length).toBeGreaterThanOrEqual(40)
    let current = goodPassword
    for (const [index, { filler, length }] of samples.entries()) {
      const signs = Array.from(filler)
      const password = Array.from({ length }, (_, at) => (at < 4 ? 'Aa1!'.charAt(at) : (signs[(at * 5 + index) % signs.length] ?? ''))).join('')
      const typed = index % 2 === 0 ? password.normalize('NFD') : password
      const answer = await bench.ask('identity.changePassword', { password: current, newPassword: typed, confirmPassword: password }, jo.token)
      const code = answer.ok ? 'changed' : answer.problems?.['newPassword']?.code
      if (length < minLength) expect(code, password).toBe('PASSWORD_TOO_SHORT')
      else if (length > maxLength) expect(code, password).toBe('PASSWORD_TOO_LONG')
      else expect(code, password).not.toMatch(/TOO_(SHORT|LONG)$/)
      if (answer.ok) current = password
    }
    expect((await signIn(bench, 'jo@parish.org', current)).profile.firstName).toBe('Jo')
  })

  it('Composition', async () => {
    const { bench, jo } = await open()
    const policy = await policyOf(bench)
    const ask = async (newPassword: string) => {
      const answer = await bench.ask('identity.changePassword', { password: goodPassword, newPassword, confirmPassword: newPassword }, jo.token)
      return answer.ok ? 'changed' : answer.problems?.['newPassword']?.code
    }
    const cases = [
      ['upper', policy.upper, 'hawthorn42!x', 'PASSWORD_NEEDS_UPPER'],
      ['lower', policy.lower, 'HAWTHORN42!X', 'PASSWORD_NEEDS_LOWER'],
      ['digit', policy.digit, 'Hawthornab!x', 'PASSWORD_NEEDS_DIGIT'],
      ['special', policy.special, 'Hawthorn42zx', 'PASSWORD_NEEDS_SPECIAL'],
      ['letter', policy.letter, '42!71#90$835', 'PASSWORD_NEEDS_LETTER']
    ] as const
    for (const [rule, on, password, code] of cases) if (on) expect(await ask(password), rule).toBe(code)
    const off = cases.find(([rule, on]) => !on && (rule === 'special' || rule === 'upper'))
    if (off !== undefined) expect(await ask(off[2]), off[0]).toBe('changed')
  })

  it('Blocklist', async () => {
    const { bench, jo } = await open()
    const refusals = new Map<string, number>()
    const ask = async (newPassword: string) => {
      const answer = await bench.ask('identity.changePassword', { password: goodPassword, newPassword, confirmPassword: newPassword }, jo.token)
      const code = answer.ok ? 'changed' : (answer.problems?.['newPassword']?.code ?? answer.code)
      refusals.set(code, (refusals.get(code) ?? 0) + 1)
      return code
    }
    const begun = performance.now()
    for (const word of commonPasswords) expect(isCommon(word), word).toBe(true)
    expect((performance.now() - begun) / commonPasswords.size).toBeLessThan(5)
    for (const [index, word] of Array.from(commonPasswords).entries()) {
      if (index % 50 === 0) await ask(word)
      else if (index % 50 === 25 && /^[a-z]+$/.test(word)) await ask(`${word.charAt(0).toUpperCase()}${word.slice(1)}1!`)
    }
    expect(refusals.get('changed')).toBeUndefined()
    expect(refusals.get('INVALID')).toBeUndefined()
    for (const own of ['Sparkle42!xq', 'jO.park@7xyZ']) expect(await ask(own)).toMatch(/PASSWORD_CONTAINS_(NAME|EMAIL)/)
    expect(await ask('Securus2026!')).toBe('PASSWORD_TOO_COMMON')
  })

  it('History', async () => {
    const { bench, jo } = await open()
    const { historyDepth } = await policyOf(bench)
    let current = goodPassword
    const change = async (newPassword: string) => {
      const answer = await bench.ask('identity.changePassword', { password: current, newPassword, confirmPassword: newPassword }, jo.token)
      if (answer.ok) current = newPassword
      return answer.ok ? 'changed' : answer.problems?.['newPassword']?.code
    }
    for (let index = 1; index <= historyDepth; index += 1) expect(await change(numbered(index))).toBe('changed')
    for (let index = 1; index <= historyDepth; index += 1) expect(await change(numbered(index)), `the last but ${historyDepth - index}`).toBe('PASSWORD_USED_BEFORE')
    expect(await change(goodPassword), 'the one before those').toBe('changed')
  })

  it('Expiry', async () => {
    const { bench } = await open()
    const { rotationReminderDays } = await policyOf(bench)
    expect(rotationReminderDays).toBe({ cheatSheet: 180, facility: 0, advice: 90 }[preset])
    const begun = bench.host.now
    for (let passed = 0; passed <= 400; passed += 8) {
      const { profile } = await signIn(bench, 'jo@parish.org')
      expect(profile).toMatchObject({ mustChangePassword: false, mustAcceptTerms: false, passwordChangedAt: begun })
      bench.host.now += 8 * day
    }
  })
})
