/** Rows of the sign-in table (design, reliability §4), each under its own name: how somebody gets in who cannot. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { messages, type MessageName } from '../../../src-main/wire/messages'
import {
  day,
  expectRefused,
  goodPassword,
  inFile,
  numbered,
  otherPassword,
  postedCode,
  signIn,
  signUpWith,
  theAnswers,
  trySignIn,
  underEveryPreset,
  wrongAnswers,
  wrongDigits
} from './parish'
import { newFile, openBench } from './support'

underEveryPreset((open, preset) => {
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
})
