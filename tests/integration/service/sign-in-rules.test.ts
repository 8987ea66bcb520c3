/** The service's rows of the sign-in table (design, reliability §4), each under its own name, under every preset. */
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commonPasswords, isCommon } from '../../../src-main/rules/password-blocklist'
import { messages, type MessageName } from '../../../src-main/wire/messages'
import {
  day, enrolTotp, expectRefused, goodPassword, inFile, minute, openParish, otherPassword, policyOf, postedCode, presets, rfcTotp, signIn, signUpWith, startSecondStep, theAnswers, trySignIn,
  wrongAnswers, wrongDigits
} from './parish'
import { goodForm, newFile, openBench, pc, quickKdf } from './support'

const numbered = (index: number): string => `Hawthorn${String(index).padStart(2, '0')}!x`

describe.each(presets)('under %s', (preset) => {
  const open = (...rest: Parameters<typeof openParish> extends [unknown?, ...infer Rest] ? Rest : never) => openParish(preset, ...rest)

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
    expect(rotationReminderDays).toBe(preset === 'advice' ? 90 : 0)
    const begun = bench.host.now
    for (let passed = 0; passed <= 400; passed += 8) {
      const { profile } = await signIn(bench, 'jo@parish.org')
      expect(profile).toMatchObject({ mustChangePassword: false, mustAcceptTerms: false, passwordChangedAt: begun })
      bench.host.now += 8 * day
    }
  })

  it('Lockout', async () => {
    for (const [release, length] of [['timedThenAdmin', 15], ['timed', 15], ['admin', undefined]] as const) {
      const { bench, maria } = await open(release)
      for (const email of ['jo@parish.org', 'nobody@parish.org']) {
        for (const triesLeft of [2, 1]) expect(await trySignIn(bench, email, 'wrong')).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft } })
        const third = await trySignIn(bench, email, 'wrong')
        expect(third).toMatchObject({ status: 403, code: 'ACCOUNT_LOCKED' })
        expect(third.ok ? 0 : third.params?.['minutes']).toBe(length)
        expect(await trySignIn(bench, email, goodPassword), 'a right password while locked').toMatchObject({ code: 'ACCOUNT_LOCKED' })
      }
      expect((await bench.get('coordinator.people', {}, maria.token)).people.map(({ email, locked }) => [email, locked])).toContainEqual(['jo@parish.org', true])
      bench.host.now += 3 * day
      expect((await trySignIn(bench, 'jo@parish.org', goodPassword)).ok).toBe(release !== 'admin')
      await bench.service.close()
    }
  })

  it('Lockout: waiting three times, then the coordinator', async () => {
    const { bench, maria, jo } = await open('timedThenAdmin')
    const lockOnce = async () => {
      for (let tries = 0; tries < 2; tries += 1) await trySignIn(bench, 'jo@parish.org', 'wrong')
      const answer = await trySignIn(bench, 'jo@parish.org', 'wrong')
      bench.host.now += 61 * minute
      return answer.ok ? 'in' : (answer.params?.['minutes'] ?? 'coordinator')
    }
    expect([await lockOnce(), await lockOnce(), await lockOnce(), await lockOnce()]).toEqual([15, 30, 60, 'coordinator'])
    bench.host.now += 20 * day
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED' })
    await bench.get('coordinator.unlock', { accountId: jo.accountId }, maria.token)
    expect((await signIn(bench, 'jo@parish.org')).profile).toMatchObject({ mustChangePassword: true, mustAcceptTerms: true })
  })

  it('Lockout: fifty kills between try and answer', async () => {
    let dies = false
    const kdf = { hash: quickKdf.hash, verify: (hash: string, secret: string) => (dies ? Promise.reject(new Error('power cut')) : quickKdf.verify(hash, secret)) }
    let { bench } = await open('timed', { kdf, file: newFile() })
    let killed = 0
    for (let round = 0; killed < 50; round += 1) {
      for (let tries = 0; tries < 3; tries += 1) {
        dies = (round + tries) % 3 !== 0
        killed += dies ? 1 : 0
        const answer = await trySignIn(bench, 'jo@parish.org', dies ? goodPassword : 'wrong')
        expect(answer.ok).toBe(false)
        if (dies && round % 5 === 0) bench = await bench.restart()
      }
      dies = false
      expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED' })
      bench.host.now += 25 * 60 * minute
    }
  })

  it('Lock timer', async () => {
    const uptime = { ms: 0 }
    let { bench } = await open('timed', { file: newFile(), uptime: () => uptime.ms })
    for (let tries = 0; tries < 3; tries += 1) await trySignIn(bench, 'jo@parish.org', 'wrong')
    const jumps = fc.sample(fc.integer({ min: -10 * 365, max: 10 * 365 }), { numRuns: 100, seed: 7 })
    for (const [index, days] of jumps.entries()) {
      bench.host.now += days * day
      if (index % 25 === 0) bench = await bench.restart()
      expect(await trySignIn(bench, 'jo@parish.org', goodPassword), `after a jump of ${days} days`).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
    }
    uptime.ms += 15 * minute - 1_000
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 1 } })
    bench = await bench.restart()
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword), 'what had passed is kept').toMatchObject({ params: { minutes: 1 } })
    uptime.ms += 2_000
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ ok: true })
  })

  it('Lock timer: moving the clock does not forget failures', async () => {
    const uptime = { ms: 0 }
    const { bench } = await open('timed', { uptime: () => uptime.ms })
    for (const triesLeft of [2, 1]) {
      expect(await trySignIn(bench, 'jo@parish.org', 'wrong')).toMatchObject({ params: { triesLeft } })
      bench.host.now += 2 * day
    }
    expect(await trySignIn(bench, 'jo@parish.org', 'wrong')).toMatchObject({ code: 'ACCOUNT_LOCKED' })
  })

  it('Last admin', async () => {
    const { bench, maria, jo } = await open('admin')
    for (let round = 0; round < 6; round += 1) {
      for (let tries = 0; tries < 3; tries += 1) await trySignIn(bench, 'maria@parish.org', 'wrong')
      expect(await trySignIn(bench, 'maria@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: expect.any(Number) } })
      bench.host.now += 61 * minute
    }
    expect((await trySignIn(bench, 'maria@parish.org', goodPassword)).ok).toBe(true)
    const self = { accountId: maria.accountId }
    for (const ask of [
      () => bench.ask('coordinator.setDisabled', { ...self, disabled: true }, maria.token),
      () => bench.ask('coordinator.setRole', { ...self, coordinator: false }, maria.token)
    ]) expect(await ask()).toMatchObject({ status: 409, code: 'LAST_COORDINATOR' })
    expect(await bench.ask('coordinator.reset', { ...self, password: goodPassword }, maria.token)).toMatchObject({ code: 'NOT_ALLOWED' })

    const made = await bench.get('coordinator.create', { email: 'ann@parish.org', firstName: 'Ann', lastName: 'Lee', site: 'This parish', coordinator: true }, maria.token)
    expect(made.person.coordinator).toBe(true)
    expect(await bench.ask('coordinator.setRole', { ...self, coordinator: false }, maria.token), 'one who has not signed in yet is no help').toMatchObject({ code: 'LAST_COORDINATOR' })
    await bench.get('coordinator.setRole', { accountId: jo.accountId, coordinator: true }, maria.token)
    expect((await bench.get('coordinator.setRole', { ...self, coordinator: false }, maria.token)).people).toEqual([])
    expect(await bench.ask('coordinator.setRole', { accountId: jo.accountId, coordinator: false }, jo.token)).toMatchObject({ code: 'LAST_COORDINATOR' })
  })

  it('Last admin: whatever coordinators do to each other, somebody can still help', async () => {
    const { bench, maria, jo } = await open('admin')
    const ann = await signUpWith(bench, 'ann@parish.org', { firstName: 'Ann', lastName: 'Lee' })
    for (const { accountId } of [jo, ann]) await bench.get('coordinator.setRole', { accountId, coordinator: true }, maria.token)
    const everybody = [maria, jo, ann]
    const acts = fc.sample(fc.record({ who: fc.nat(2), whom: fc.nat(2), act: fc.nat(4) }), { numRuns: 200, seed: 7 })
    const spoilt = new Set<string>()
    for (const { who, whom, act } of acts) {
      const { token, accountId } = everybody[who] ?? maria
      const target = everybody[whom] ?? maria
      const id = { accountId: target.accountId }
      if (act === 0) await bench.ask('coordinator.setDisabled', { ...id, disabled: true }, token)
      else if (act === 1) await bench.ask('coordinator.setRole', { ...id, coordinator: false }, token)
      else if (act === 2) await bench.ask('coordinator.setRole', { ...id, coordinator: true }, token)
      else if (act === 3) await bench.ask('coordinator.setDisabled', { ...id, disabled: false }, token)
      else if ((await bench.ask('coordinator.reset', { ...id, password: goodPassword }, token)).ok) spoilt.add(target.accountId)
      const able: string[] = []
      for (const one of everybody) {
        if (spoilt.has(one.accountId)) continue
        const again = await trySignIn(bench, one.email, goodPassword)
        if (again.ok && again.reply.outcome === 'signedIn' && again.reply.profile.coordinator) able.push(accountId)
        if (again.ok && again.reply.outcome === 'signedIn') Object.assign(one, { token: again.reply.sessionToken })
        else await bench.service.practice.fastForward(24)
      }
      expect(able.length).toBeGreaterThan(0)
    }
  })

  it('Which error', async () => {
    const verified: string[] = []
    const kdf = { hash: quickKdf.hash, verify: (hash: string, secret: string) => (verified.push(secret), quickKdf.verify(hash, secret)) }
    const { bench, maria, jo } = await open('timed', { kdf })
    await signUpWith(bench, 'ann@parish.org', { firstName: 'Ann', lastName: 'Lee' })
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: true }, maria.token)
    const answers = []
    for (const [email, password] of [['nobody@parish.org', goodPassword], ['ann@parish.org', 'wrong'], ['jo@parish.org', goodPassword], ['ann@parish.org', `${goodPassword} `]] as const) {
      verified.length = 0
      answers.push(await trySignIn(bench, email, password))
      expect(verified).toHaveLength(1)
      bench.host.now += 2 * day
    }
    for (const answer of answers) expect(answer).toEqual({ ok: false, status: 403, code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } })
  })

  it('First login, unlock, reset', async () => {
    const { bench, maria, jo } = await open()
    const answered: ReadonlySet<MessageName> = new Set(['identity.acceptTerms', 'identity.changePassword', 'identity.signOut', 'identity.details', 'messaging.updates', 'stamps.statement'])
    const openToAll = ['challenge', 'signUp', 'signIn', 'sendCode', 'secondStep', 'policy', 'forgotStart', 'forgotFinish', 'resume'].map((name) => `identity.${name}`)
    const others = (Object.keys(messages) as MessageName[]).filter((name) => !answered.has(name) && !openToAll.includes(name) && name !== 'directory.facilities')
    const samples: Partial<Record<MessageName, unknown>> = {
      'directory.search': { query: 'x', state: '', facilityId: '', page: 0, pageSize: 9 }, 'directory.person': { facilityId: 'x', number: '1' }, 'contacts.register': { facilityId: 'x', number: '1' },
      'contacts.acceptInvitation': { facilityId: 'x', number: '1', code: '1' }, 'stamps.settle': { key: 'x' }, 'identity.checkPassword': { password: 'x' }
    }
    const reached = async (token: string) => {
      const codes = new Set<string>()
      for (const name of others) {
        const answer = await bench.raw({ name, token, input: samples[name] ?? {} })
        codes.add(answer.ok ? `${name} answered` : answer.code)
      }
      return [...codes].filter((code) => code !== 'BAD_REQUEST' && code !== 'CONSENT_MISSING')
    }
    const payAll = async (token: string, newPassword: string) => {
      expect(await reached(token)).toEqual(['TERMS_NEEDED'])
      for (const name of ['identity.details', 'messaging.updates', 'stamps.statement'] as const) {
        expect(await bench.raw({ name, token, input: { after: 0, limit: 1 } })).toMatchObject({ ok: true })
      }
      expect(await bench.get('identity.acceptTerms', { document: 'terms', version: '1' }, token)).toMatchObject({ mustAcceptTerms: false, mustChangePassword: true, termsVersion: '1' })
      expect(await reached(token)).toEqual(['PASSWORD_CHANGE_NEEDED'])
      expect(await bench.get('identity.changePassword', { password: null, newPassword, confirmPassword: newPassword }, token)).toMatchObject({ mustChangePassword: false })
      expect(await bench.ask('identity.changePassword', { password: null, newPassword: numbered(90), confirmPassword: numbered(90) }, token)).toMatchObject({ code: 'PASSWORD_REFUSED' })
      expect(await bench.ask('stamps.wallets', {}, token)).toMatchObject({ ok: true })
    }
    const { code, codeUntil, person } = await bench.get('coordinator.create', { email: 'ann@parish.org', firstName: 'Ann', lastName: 'Lee', site: 'This parish', coordinator: false }, maria.token)
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{20}$/)
    expect(codeUntil).toBe(bench.host.now + day)
    const first = await signIn(bench, 'ann@parish.org', code.toLowerCase().replace(/(.{5})/g, '$1 '))
    expect(first.profile).toMatchObject({ mustAcceptTerms: true, mustChangePassword: true, termsVersion: null, coordinator: false, site: 'This parish' })
    await payAll(first.sessionToken, numbered(1))
    expectRefused(await trySignIn(bench, 'ann@parish.org', code))
    expect(await signIn(bench, 'ann@parish.org', numbered(1))).toMatchObject({ profile: { mustAcceptTerms: false } })

    for (let tries = 0; tries < 3; tries += 1) await trySignIn(bench, 'ann@parish.org', 'wrong')
    await bench.get('coordinator.unlock', { accountId: person.accountId }, maria.token)
    await payAll((await signIn(bench, 'ann@parish.org', numbered(1))).sessionToken, numbered(2))

    const again = await bench.get('coordinator.reset', { accountId: jo.accountId, password: goodPassword }, maria.token)
    await payAll((await signIn(bench, 'jo@parish.org', again.code)).sessionToken, numbered(3))

    await bench.get('identity.notMe', {}, maria.token)
    expect(await reached(maria.token)).toEqual(['PASSWORD_CHANGE_NEEDED'])
  })

  it('First login: the code is good for a day, for one sign-in, and survives a lost answer', async () => {
    const { bench, maria } = await open()
    const create = async (email: string) => (await bench.get('coordinator.create', { email, firstName: 'Ann', lastName: 'Lee', site: 'This parish', coordinator: false }, maria.token)).code
    const late = await create('late@parish.org')
    bench.host.now += day
    expectRefused(await trySignIn(bench, 'late@parish.org', late))
    const code = await create('ann@parish.org')
    const lost = await signIn(bench, 'ann@parish.org', code)
    const arrived = await signIn(bench, 'ann@parish.org', code)
    expect(await bench.ask('identity.details', {}, lost.sessionToken)).toMatchObject({ status: 401 })
    await bench.get('identity.details', {}, arrived.sessionToken)
    expect(await trySignIn(bench, 'ann@parish.org', code)).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    const { sessionToken } = await bench.get('identity.resume', { deviceToken: arrived.deviceToken, deviceId: 'pc-1' })
    await bench.get('identity.acceptTerms', { document: 'terms', version: '1' }, sessionToken)
    await bench.get('identity.changePassword', { password: null, newPassword: otherPassword, confirmPassword: otherPassword }, sessionToken)
    await signIn(bench, 'ann@parish.org', otherPassword)
  })

  it('Security questions', async () => {
    const { bench, jo } = await open()
    const finish = (code: string, answers = theAnswers) => bench.ask('identity.forgotFinish', { email: 'jo@parish.org', code, answers, newPassword: otherPassword, confirmPassword: otherPassword })
    for (const code of ['', '000000', '123456']) expect(await finish(code), 'answers alone').toMatchObject({ code: 'RESET_REFUSED' })
    await bench.get('identity.forgotStart', { email: 'jo@parish.org' })
    expect(await finish(wrongDigits(postedCode(bench, 'jo@parish.org')))).toMatchObject({ code: 'RESET_REFUSED' })
    const change = (questions: typeof theAnswers, password = goodPassword) => bench.ask('identity.changeQuestions', { password, questions }, jo.token)
    const [first, second, third] = theAnswers
    if (first === undefined || second === undefined || third === undefined) throw new Error('three questions')
    expect(await change([first, { ...second, answer: first.answer }, third])).toMatchObject({ code: 'INVALID', problems: { answer2: { code: 'ANSWERS_NOT_DISTINCT' } } })
    expect(await change([first, { ...second, answer: 'x' }, third])).toMatchObject({ problems: { answer2: { code: 'ANSWER_TOO_SHORT' } } })
    expect(await change([first, { ...second, questionId: first.questionId }, third])).toMatchObject({ problems: { question2: { code: 'QUESTIONS_NOT_DISTINCT' } } })
    expect(await change([{ questionId: 'own', answer: 'mine' }, second, third])).toMatchObject({ problems: { question1: { code: 'QUESTION_UNKNOWN' } } })
    expect(await change([first, { questionId: 'first-car', answer: 'Beetle' }, third])).toMatchObject({ ok: true })
    expect((await bench.get('identity.details', {}, jo.token)).questionIds).toEqual(['first-school', 'first-car', 'favorite-pet'])
  })

  it('Forgot password', async () => {
    const { bench, maria, jo } = await open()
    const posts = () => bench.service.post.list().length
    const before = posts()
    for (const email of ['nobody@parish.org', 'not an address', 'practice@epistle.example']) expect(await bench.get('identity.forgotStart', { email })).toEqual({})
    expect(posts()).toBe(before)
    const other = await signIn(bench, 'jo@parish.org', goodPassword, { deviceId: 'pc-2', deviceName: 'Laptop' })
    expect(await bench.get('identity.forgotStart', { email: ' JO@parish.org ' })).toEqual({})
    const code = postedCode(bench, 'jo@parish.org')
    const finish = (newPassword: string, change: { code?: string; confirmPassword?: string } = {}) =>
      bench.ask('identity.forgotFinish', { email: 'jo@parish.org', code: change.code ?? code, answers: theAnswers, newPassword, confirmPassword: change.confirmPassword ?? newPassword })
    expect(await finish('short')).toMatchObject({ code: 'INVALID', problems: { newPassword: { code: 'PASSWORD_TOO_SHORT' } } })
    expect(await finish(otherPassword, { confirmPassword: `${otherPassword}x` })).toMatchObject({ problems: { confirmPassword: { code: 'PASSWORDS_DIFFER' } } })
    expect(await finish(goodPassword), 'history').toMatchObject({ code: 'INVALID', problems: { newPassword: { code: 'PASSWORD_USED_BEFORE' } } })
    expect(await finish(otherPassword)).toMatchObject({ ok: true, reply: {} })
    expect(await finish(numbered(5)), 'a code is good once').toMatchObject({ code: 'RESET_REFUSED' })
    expect(bench.service.post.list()[0]).toMatchObject({ to: 'jo@parish.org', subject: 'Your password was changed' })
    for (const token of [jo.token, other.sessionToken]) expect(await bench.ask('stamps.wallets', {}, token)).toMatchObject({ status: 401 })
    expect(await bench.ask('identity.resume', { deviceToken: jo.deviceToken, deviceId: 'pc-1' })).toMatchObject({ status: 401 })
    const back = await signIn(bench, 'jo@parish.org', otherPassword)
    expect(back.profile).toMatchObject({ mustAcceptTerms: true, mustChangePassword: false })
    expect(back.notices.map(({ event }) => event)).toContain('passwordReset')
    expect(await bench.ask('stamps.wallets', {}, maria.token), 'nobody else is touched').toMatchObject({ ok: true })
  })

  it('Admin reset', async () => {
    const { bench, maria, jo } = await open()
    const far = await bench.get('coordinator.create', { email: 'far@parish.org', firstName: 'Far', lastName: 'Away', site: 'Saint Anne', coordinator: true }, maria.token)
    const session = await signIn(bench, 'far@parish.org', far.code)
    await bench.get('identity.acceptTerms', { document: 'terms', version: '1' }, session.sessionToken)
    await bench.get('identity.changePassword', { password: null, newPassword: otherPassword, confirmPassword: otherPassword }, session.sessionToken)
    const token = session.sessionToken
    expect(await bench.get('coordinator.view', {}, token)).toMatchObject({ sites: ['Saint Anne'] })
    expect((await bench.get('coordinator.people', {}, token)).people.map(({ email }) => email)).toEqual(['far@parish.org'])
    const unknown = await bench.ask('coordinator.unlock', { accountId: 'A-20261123-999999' }, token)
    let allowed = 0
    for (let round = 0; round < 25; round += 1) {
      const { accountId } = round % 2 === 0 ? jo : maria
      const answers = [
        await bench.ask('coordinator.reset', { accountId, password: otherPassword }, token),
        await bench.ask('coordinator.setDisabled', { accountId, disabled: true }, token),
        await bench.ask('coordinator.unlock', { accountId }, token),
        await bench.ask('coordinator.setRole', { accountId, coordinator: round % 2 === 0 }, token)
      ]
      for (const answer of answers) {
        if (answer.ok) allowed += 1
        expect(answer, 'the same as for nobody').toEqual(unknown)
      }
    }
    expect(allowed).toBe(0)
    expect(unknown).toEqual({ ok: false, status: 403, code: 'NOT_ALLOWED' })
    expect(await bench.ask('coordinator.create', { email: 'x@parish.org', firstName: 'X', lastName: 'Yo', site: 'THIS PARISH', coordinator: false }, token)).toMatchObject({ code: 'NOT_ALLOWED' })

    const other = await signIn(bench, 'jo@parish.org', goodPassword, { deviceId: 'pc-2', deviceName: 'Laptop' })
    expect(await bench.ask('coordinator.reset', { accountId: jo.accountId, password: 'wrong' }, maria.token)).toMatchObject({ code: 'PASSWORD_REFUSED', params: { triesLeft: 2 } })
    const { code } = await bench.get('coordinator.reset', { accountId: jo.accountId, password: goodPassword }, maria.token)
    expect(bench.service.post.list()[0]).toMatchObject({ to: 'jo@parish.org', subject: 'Your password was reset' })
    expect(JSON.stringify(bench.service.post.list())).not.toContain(code)
    for (const dead of [jo.token, other.sessionToken]) expect(await bench.ask('stamps.wallets', {}, dead)).toMatchObject({ status: 401 })
    for (const { deviceToken, deviceId } of [{ ...jo, deviceId: 'pc-1' }, { ...other, deviceId: 'pc-2' }]) expect(await bench.ask('identity.resume', { deviceToken, deviceId })).toMatchObject({ status: 401 })
    expectRefused(await trySignIn(bench, 'jo@parish.org', goodPassword))
    const { notices } = await signIn(bench, 'jo@parish.org', code)
    expect(notices).toContainEqual({ event: 'resetByCoordinator', at: bench.host.now, details: { by: 'Maria Delgado' } })
  })

  it('4-digit passcode', async () => {
    const { bench, jo } = await open()
    expect(await trySignIn(bench, 'jo@parish.org', '4827'), 'it opens nothing here').toMatchObject({ code: 'SIGN_IN_REFUSED' })
    const change = (passcode: string, confirmPasscode = passcode) => bench.ask('identity.changePasscode', { password: goodPassword, passcode, confirmPasscode }, jo.token)
    for (const bad of ['0000', '1234', '12', '48271', '４８２７', 'abcd']) expect(await change(bad)).toMatchObject({ code: 'INVALID', problems: { passcode: { code: 'PASSCODE_INVALID' } } })
    expect(await change('4828', '4829')).toMatchObject({ problems: { confirmPasscode: { code: 'PASSCODES_DIFFER' } } })
    expect(await change('4828')).toMatchObject({ ok: true })
    expect(await bench.ask('identity.changePasscode', { password: '4828', passcode: '4829', confirmPasscode: '4829' }, jo.token)).toMatchObject({ code: 'PASSWORD_REFUSED' })
  })

  it('Robot code', async () => {
    const { bench } = await open()
    const { challengeId, spoken } = await bench.get('identity.challenge', {})
    expect(spoken.split(', ')).toHaveLength(5)
    const form = goodForm(challengeId, { email: 'ann@parish.org', confirmEmail: 'ann@parish.org', password: goodPassword, confirmPassword: goodPassword, firstName: 'Ann', lastName: 'Lee' })
    expect(await bench.ask('identity.signUp', { ...form, verificationCode: 'HYMNS' })).toMatchObject({ code: 'INVALID', problems: { verificationCode: { code: 'VERIFICATION_CODE_WRONG' } } })
    expect(await bench.ask('identity.signUp', { ...form, challengeId: 'made up' })).toMatchObject({ code: 'INVALID' })
    const letters = spoken.split(', ').map((word) => word.charAt(0)).join('')
    expect(await bench.ask('identity.signUp', { ...form, verificationCode: letters.toLowerCase() })).toMatchObject({ ok: true })
  })

  it('TOTP', async () => {
    const { bench, jo } = await open()
    const { secret } = await enrolTotp(bench, jo)
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    const step = async (code: string) => {
      const { attemptToken, methods } = await startSecondStep(bench, 'jo@parish.org')
      expect(methods).toEqual(['totp', 'printed'])
      const answer = await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code, remember: false })
      return answer.ok ? 'in' : answer.code
    }
    const at = (steps: number) => rfcTotp(secret, bench.host.now + steps * 30_000)
    expect(await step(at(1)), 'the next step').toBe('CODE_REFUSED')
    expect(await step(at(-2))).toBe('CODE_REFUSED')
    expect(await step(at(0))).toBe('in')
    expect(await step(at(0)), 'used').toBe('CODE_REFUSED')
    bench.host.now += 10 * minute
    expect(await step(at(-1)), 'the previous step').toBe(preset === 'advice' ? 'CODE_REFUSED' : 'in')
    const current = at(0)
    expect(await step(`${current.slice(0, 3)} ${current.slice(3)}`)).toBe('in')
    for (const nonsense of ['', '12345', 'abcdef', '1234567', '１２３４５６']) expect(await step(nonsense)).toBe('CODE_REFUSED')
  })

  it('E-mail code', async () => {
    const { bench, jo, maria } = await open()
    for (const account of [jo, maria]) await bench.get('identity.setCodeByPost', { password: goodPassword, method: 'email' }, account.token)
    const start = () => startSecondStep(bench, 'jo@parish.org')
    const send = async (attemptToken: string) => {
      await bench.get('identity.sendCode', { attemptToken, method: 'email' })
      return postedCode(bench, 'jo@parish.org')
    }
    const step = async (attemptToken: string, code: string) => {
      const answer = await bench.ask('identity.secondStep', { attemptToken, method: 'email', code, remember: false })
      return answer.ok ? 'in' : answer.code
    }
    const one = await start()
    expect(one).toMatchObject({ methods: ['email', 'printed'], emailHint: 'j•••@parish.org', phoneHint: null })
    expect(await step(one.attemptToken, '000000'), 'none was sent').toBe('CODE_REFUSED')
    const superseded = await send(one.attemptToken)
    const newest = await send(one.attemptToken)
    if (superseded !== newest) expect(await step(one.attemptToken, superseded)).toBe('CODE_REFUSED')
    const two = await start()
    expect(await step(two.attemptToken, newest), 'another sign-in’s').toBe('CODE_REFUSED')
    const marias = await startSecondStep(bench, 'maria@parish.org')
    expect(await step(marias.attemptToken, newest), 'another person’s').toBe('CODE_REFUSED')
    expect(await step(one.attemptToken, newest)).toBe('in')
    expect(await step(one.attemptToken, newest), 'used').toBe('SIGN_IN_AGAIN')
    const three = await start()
    const old = await send(three.attemptToken)
    bench.host.now += 10 * minute
    expect(await step(three.attemptToken, old), 'ten minutes old').toBe('SIGN_IN_AGAIN')
    expect(await bench.ask('identity.sendCode', { attemptToken: (await start()).attemptToken, method: 'text' }), 'not the way that was chosen').toMatchObject({ code: 'CODE_REFUSED' })
  })

  it('New device', async () => {
    const { bench, jo } = await open()
    expect((await trySignIn(bench, 'jo@parish.org', goodPassword, { deviceId: 'new', deviceName: 'New' })).ok, 'no second step, none asked').toBe(true)
    const { secret } = await enrolTotp(bench, jo)
    const pass = async (deviceId: string, remember: boolean) => {
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org', goodPassword, { deviceId })
      bench.host.now += minute
      return bench.get('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(secret, bench.host.now), remember })
    }
    expect((await pass('pc-1', false)).rememberToken).toBeNull()
    const { rememberToken } = await pass('pc-1', true)
    expect((await signIn(bench, 'jo@parish.org', goodPassword, { rememberToken })).rememberToken).toBeNull()
    await startSecondStep(bench, 'jo@parish.org', goodPassword, { rememberToken: `${rememberToken}x` })
    await startSecondStep(bench, 'jo@parish.org', goodPassword, { rememberToken, deviceId: 'copied-folder' })
    const here = async () => (await bench.get('identity.devices', {}, jo.token)).devices.find(({ deviceId }) => deviceId === 'pc-1')
    expect(await here()).toMatchObject({ name: 'Office PC', rememberedUntil: expect.any(Number) })
    bench.host.now += 30 * day - 2 * minute
    await signIn(bench, 'jo@parish.org', goodPassword, { rememberToken })
    bench.host.now += 3 * minute
    await startSecondStep(bench, 'jo@parish.org', goodPassword, { rememberToken })
  })

  it('Lost factor', async () => {
    const { bench, maria, jo } = await open()
    const { printedCodes } = await enrolTotp(bench, jo)
    expect(new Set(printedCodes).size).toBe(10)
    const step = async (code: string) => {
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
      const answer = await bench.ask('identity.secondStep', { attemptToken, method: 'printed', code, remember: false })
      return answer.ok ? 'in' : answer.code
    }
    for (const [index, code] of printedCodes.entries()) {
      if (index === 8) expect((await bench.get('identity.details', {}, jo.token)).secondStep).toEqual({ method: 'totp', printedCodesLeft: 2 })
      expect(await step(index % 2 === 0 ? code : code.toLowerCase().replaceAll('-', ' '))).toBe('in')
      if (index < 9) expect(await step(code), 'each code once').toBe('CODE_REFUSED')
    }
    expect((await startSecondStep(bench, 'jo@parish.org')).methods).toEqual(['totp'])
    const { code } = await bench.get('coordinator.reset', { accountId: jo.accountId, password: goodPassword }, maria.token)
    expect((await signIn(bench, 'jo@parish.org', code)).notices.map(({ event }) => event)).toEqual(expect.arrayContaining(['secondStepOff', 'resetByCoordinator']))
  })

  it('Sessions', async () => {
    const { bench, maria, jo } = await open()
    const dead = async (token: string) => (await bench.ask('stamps.wallets', {}, token)).ok === false
    const laptop = await signIn(bench, 'jo@parish.org', goodPassword, { deviceId: 'pc-2', deviceName: 'Laptop' })
    const here = await signIn(bench, 'jo@parish.org')
    expect((await bench.get('identity.devices', {}, here.sessionToken)).devices.map(({ deviceId, name }) => [deviceId, name])).toEqual(expect.arrayContaining([['pc-1', 'Office PC'], ['pc-2', 'Laptop']]))
    expect((await bench.get('identity.signOutDevice', { deviceId: 'pc-2' }, here.sessionToken)).devices.map(({ deviceId }) => deviceId)).toEqual(['pc-1'])
    expect(await dead(laptop.sessionToken)).toBe(true)
    expect(await bench.ask('identity.resume', { deviceToken: laptop.deviceToken, deviceId: 'pc-2' })).toMatchObject({ status: 401 })

    const again = await signIn(bench, 'jo@parish.org', goodPassword, { deviceId: 'pc-2', deviceName: 'Laptop' })
    expect(again.notices.map(({ event }) => event)).toContain('deviceSignedOut')
    await bench.get('identity.changePassword', { password: goodPassword, newPassword: otherPassword, confirmPassword: otherPassword }, here.sessionToken)
    expect([await dead(again.sessionToken), await dead(here.sessionToken)]).toEqual([true, false])

    const third = await signIn(bench, 'jo@parish.org', otherPassword, { deviceId: 'pc-2', deviceName: 'Laptop' })
    expect(await bench.get('identity.notMe', {}, here.sessionToken)).toMatchObject({ mustChangePassword: true })
    expect(await dead(third.sessionToken)).toBe(true)
    bench.host.now += 6 * minute
    const takeOver = { password: null, newPassword: numbered(8), confirmPassword: numbered(8) }
    expect(await bench.ask('identity.changePassword', takeOver, here.sessionToken), 'whoever finds the screen open').toMatchObject({ code: 'SIGN_IN_AGAIN' })
    await bench.get('identity.changePassword', takeOver, (await signIn(bench, 'jo@parish.org', otherPassword)).sessionToken)

    const last = await signIn(bench, 'jo@parish.org', numbered(8))
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: true }, maria.token)
    expect(await dead(last.sessionToken)).toBe(true)
    expect(await bench.ask('identity.resume', { deviceToken: last.deviceToken, deviceId: 'pc-1' })).toMatchObject({ status: 401 })
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: false }, maria.token)
    expect(await bench.ask('identity.resume', { deviceToken: last.deviceToken, deviceId: 'pc-1' }), 'what ended stays ended').toMatchObject({ status: 401 })
    const end = await signIn(bench, 'jo@parish.org', numbered(8))
    bench.host.now += 31 * day
    expect(await dead(end.sessionToken)).toBe(true)
  })

  it('Default accounts', async () => {
    const file = newFile()
    const bench = await openBench({ file })
    for (const email of ['admin', 'admin@parish.org', 'coordinator@parish.org', 'practice@epistle.example']) {
      for (const password of ['', 'admin', 'password', 'changeme']) expectRefused(await trySignIn(bench, email, password))
      bench.host.now += 3 * day
    }
    await bench.service.practice.prepareAccount()
    const first = await signUpWith(bench, 'maria@parish.org')
    await bench.get('coordinator.setPolicy', { presets: [preset], release: 'timed', password: goodPassword }, first.token)
    const second = await signUpWith(bench, 'jo@parish.org', { firstName: 'Jo', lastName: 'Park' })
    const profiles = [await signIn(bench, 'maria@parish.org'), await signIn(bench, 'jo@parish.org')].map(({ profile }) => [profile.coordinator, profile.site])
    expect(profiles).toEqual([[true, 'This parish'], [false, 'This parish']])
    expect(await bench.ask('coordinator.people', {}, second.token)).toMatchObject({ code: 'NOT_ALLOWED' })
    await bench.service.close()
    expect(inFile(file, (db) => db.prepare('SELECT count(*) FROM account').pluck().get())).toBe(3)
    const folder = join(import.meta.dirname, '../../../src-main/service')
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.ts'))) {
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/password\s*[:=]\s*['"][^'"]+['"]/i)
    }
  })

  it('wrong answers to questions count like wrong passwords', async () => {
    if (preset === 'advice') return
    const { bench } = await open('timed')
    const finish = (answers: typeof theAnswers, code: string) => bench.ask('identity.forgotFinish', { email: 'jo@parish.org', code, answers, newPassword: otherPassword, confirmPassword: otherPassword })
    await bench.get('identity.forgotStart', { email: 'jo@parish.org' })
    const code = postedCode(bench, 'jo@parish.org')
    for (let tries = 0; tries < 3; tries += 1) expect(await finish(wrongAnswers, code)).toMatchObject({ code: 'RESET_REFUSED' })
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED' })
    expect(await finish(theAnswers, code), 'right while locked').toMatchObject({ code: 'RESET_REFUSED' })
  })

  it('keeps a device id that is asked for by another name apart', async () => {
    const { bench } = await open()
    await signIn(bench, 'jo@parish.org', goodPassword, { deviceName: 'Renamed' })
    const { sessionToken } = await signIn(bench, 'jo@parish.org', goodPassword, { ...pc, deviceName: 'Renamed again' })
    expect((await bench.get('identity.devices', {}, sessionToken)).devices).toMatchObject([{ deviceId: 'pc-1', name: 'Renamed again', rememberedUntil: null }])
  })
})
