/** The second step of a sign-in: codes of the app, by post, from paper. */
import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { matchTotp, totpAt } from '../../../src-main/service/identity/totp'
import { day, enrolTotp, goodPassword, minute, openParish, postedCode, rfcTotp, signIn, signUpWith, startSecondStep, trySignIn, wrongDigits } from './parish'

/** RFC 6238, appendix B, SHA-1: the secret is the text 12345678901234567890; six of its eight digits. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors = [
  [59, '94287082'], [1_111_111_109, '07081804'], [1_111_111_111, '14050471'], [1_234_567_890, '89005924'], [2_000_000_000, '69279037'], [20_000_000_000, '65353130']
] as const

describe('codes of an authenticator app', () => {
  it.each(vectors)('RFC 6238 at %i seconds', (seconds, code) => {
    expect(totpAt(rfcSecret, seconds * 1_000)).toBe(code.slice(2))
    expect(rfcTotp(rfcSecret, seconds * 1_000)).toBe(code.slice(2))
  })

  it('this step and the one before, or this one only; never a step that was used', () => {
    const now = 1_111_111_111_000
    const step = Math.floor(now / 30_000)
    for (const [age, steps, last, good] of [[0, 1, null, true], [1, 1, null, false], [1, 2, null, true], [2, 2, null, false], [-1, 2, null, false], [0, 2, step, false], [1, 2, step - 1, false], [0, 2, step - 1, true]] as const) {
      expect(matchTotp(rfcSecret, totpAt(rfcSecret, now - age * 30_000), now, steps, last) !== null).toBe(good)
    }
  })

  it('a replayed code opens nothing: 0 of 1,000', async () => {
    const { bench, jo } = await openParish()
    const { secret } = await enrolTotp(bench, jo)
    let opened = 0
    for (let round = 0; round < 125; round += 1) {
      bench.host.now += minute
      const code = rfcTotp(secret, bench.host.now)
      const good = await startSecondStep(bench, 'jo@parish.org')
      await bench.get('identity.secondStep', { attemptToken: good.attemptToken, method: 'totp', code, remember: false })
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
      for (let tries = 0; tries < 4; tries += 1) opened += (await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code, remember: true })).ok ? 1 : 0
      bench.host.now += 29_000
      const { attemptToken: later } = await startSecondStep(bench, 'jo@parish.org')
      for (let tries = 0; tries < 4; tries += 1) opened += (await bench.ask('identity.secondStep', { attemptToken: later, method: 'totp', code, remember: true })).ok ? 1 : 0
    }
    expect(opened).toBe(0)
  })

  it('is told by the host’s clock, so that practising with the service’s does not shut the telephone out', async () => {
    const { bench, jo } = await openParish()
    const { secret } = await enrolTotp(bench, jo)
    await bench.service.practice.fastForward(24 * 20)
    const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
    expect(await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(secret, bench.host.now), remember: false })).toMatchObject({ ok: true })
  })

  it('nothing is on before the first right code; beginning again changes nothing that is on', async () => {
    const { bench, jo } = await openParish()
    expect(await bench.ask('identity.confirmTotp', { code: '123456' }, jo.token)).toMatchObject({ code: 'CODE_REFUSED' })
    const { secret, uri } = await bench.get('identity.beginTotp', { password: goodPassword }, jo.token)
    expect(uri).toMatch(/^otpauth:\/\/totp\/Epistle:jo%40parish\.org\?issuer=Epistle&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/)
    expect(await bench.ask('identity.confirmTotp', { code: wrongDigits(rfcTotp(secret, bench.host.now)) }, jo.token)).toMatchObject({ code: 'CODE_REFUSED' })
    expect((await trySignIn(bench, 'jo@parish.org', goodPassword)).ok).toBe(true)
    const enrolled = await enrolTotp(bench, jo)
    await bench.get('identity.beginTotp', { password: goodPassword }, jo.token)
    const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
    expect(await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(enrolled.secret, bench.host.now), remember: false })).toMatchObject({ ok: true })
  })

  it('switching it needs the password each time, and wrong ones count', async () => {
    const { bench, jo } = await openParish()
    const wrong = { password: 'wrong' }
    expect(await bench.ask('identity.beginTotp', wrong, jo.token)).toMatchObject({ code: 'PASSWORD_REFUSED', params: { triesLeft: 2 } })
    expect(await bench.ask('identity.setCodeByPost', { ...wrong, method: 'text' }, jo.token)).toMatchObject({ code: 'PASSWORD_REFUSED', params: { triesLeft: 1 } })
    expect(await bench.ask('identity.secondStepOff', wrong, jo.token)).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
    expect(await bench.ask('identity.checkPassword', { password: goodPassword }, jo.token), 'right while locked').toMatchObject({ code: 'ACCOUNT_LOCKED' })
    bench.host.now += 16 * minute
    expect(await bench.ask('identity.newPrintedCodes', { password: goodPassword }, jo.token), 'there is no second step').toMatchObject({ code: 'NOT_ALLOWED' })
    expect(await bench.ask('identity.checkPassword', { password: goodPassword }, jo.token)).toMatchObject({ ok: true, reply: {} })
  })

  it('switched off, it leaves nothing: no code, no printed code, no remembered device', async () => {
    const { bench, jo } = await openParish()
    const { printedCodes } = await enrolTotp(bench, jo)
    const waiting = await startSecondStep(bench, 'jo@parish.org')
    await bench.get('identity.secondStepOff', { password: goodPassword }, jo.token)
    expect(await bench.ask('identity.secondStep', { attemptToken: waiting.attemptToken, method: 'printed', code: printedCodes[0] ?? '', remember: false })).toMatchObject({ code: 'SIGN_IN_AGAIN' })
    expect((await bench.get('identity.details', {}, jo.token)).secondStep).toEqual({ method: 'off', printedCodesLeft: 0 })
    await signIn(bench, 'jo@parish.org')
  })

  it('new printed codes end the old ones', async () => {
    const { bench, jo } = await openParish()
    const { printedCodes: old } = await enrolTotp(bench, jo)
    const { printedCodes: fresh } = await bench.get('identity.newPrintedCodes', { password: goodPassword }, jo.token)
    for (const [code, good] of [[old[0] ?? '', false], [fresh[0] ?? '', true]] as const) {
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
      expect((await bench.ask('identity.secondStep', { attemptToken, method: 'printed', code, remember: false })).ok).toBe(good)
    }
  })
})

describe('a sign-in that waits', () => {
  it('takes five codes, then begins again; the door stays open', async () => {
    const { bench, jo } = await openParish()
    const { secret } = await enrolTotp(bench, jo)
    const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
    const ask = (code: string) => bench.ask('identity.secondStep', { attemptToken, method: 'totp', code, remember: false })
    for (const triesLeft of [4, 3, 2, 1, 0]) expect(await ask(wrongDigits(rfcTotp(secret, bench.host.now)))).toMatchObject({ status: 403, code: 'CODE_REFUSED', params: { triesLeft } })
    expect(await ask(rfcTotp(secret, bench.host.now))).toMatchObject({ status: 403, code: 'SIGN_IN_AGAIN' })
    const again = await startSecondStep(bench, 'jo@parish.org')
    const reply = await bench.get('identity.secondStep', { attemptToken: again.attemptToken, method: 'totp', code: rfcTotp(secret, bench.host.now), remember: false })
    expect(reply).toMatchObject({ failuresSince: 0 })
    expect(reply.notices.filter(({ event }) => event === 'secondStepFailed')).toHaveLength(5)
  })

  it('lasts ten minutes', async () => {
    const { bench, jo } = await openParish()
    const { secret } = await enrolTotp(bench, jo)
    for (const [waited, good] of [[10 * minute - 1, true], [10 * minute, false]] as const) {
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
      bench.host.now += waited
      expect((await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(secret, bench.host.now), remember: false })).ok).toBe(good)
    }
    expect(await bench.ask('identity.secondStep', { attemptToken: 'made up', method: 'totp', code: '123456', remember: false })).toMatchObject({ code: 'SIGN_IN_AGAIN' })
  })

  it('does not take a weaker way than the one that was chosen', async () => {
    const { bench, jo } = await openParish()
    await enrolTotp(bench, jo)
    const { attemptToken, emailHint, phoneHint } = await startSecondStep(bench, 'jo@parish.org')
    expect([emailHint, phoneHint]).toEqual([null, null])
    for (const method of ['email', 'text'] as const) {
      expect(await bench.ask('identity.sendCode', { attemptToken, method })).toMatchObject({ code: 'CODE_REFUSED' })
      expect(await bench.ask('identity.secondStep', { attemptToken, method, code: '123456', remember: false })).toMatchObject({ code: 'CODE_REFUSED' })
    }
  })

  it('by text: the digits go to the telephone, five times at most', async () => {
    const { bench, jo } = await openParish()
    await bench.get('identity.setCodeByPost', { password: goodPassword, method: 'text' }, jo.token)
    const { attemptToken, methods, phoneHint } = await startSecondStep(bench, 'jo@parish.org')
    expect([methods, phoneHint]).toEqual([['text', 'printed'], '••• ••99'])
    for (let sent = 0; sent < 5; sent += 1) await bench.get('identity.sendCode', { attemptToken, method: 'text' })
    expect(await bench.ask('identity.sendCode', { attemptToken, method: 'text' })).toMatchObject({ code: 'SIGN_IN_AGAIN' })
    const code = postedCode(bench, '+15125550199')
    expect(await bench.ask('identity.secondStep', { attemptToken, method: 'text', code: ` ${code.slice(0, 3)} ${code.slice(3)}`, remember: false })).toMatchObject({ ok: true })
  })

  it('by text: the number changes only when the step was switched off, with the password', async () => {
    const { bench, jo } = await openParish()
    const { firstName, lastName } = await bench.get('identity.details', {}, jo.token)
    const profile = { firstName, lastName, street: '1 Mill Lane', city: 'Dallas', state: 'TX', zip: '75201' }
    await bench.get('identity.setCodeByPost', { password: goodPassword, method: 'text' }, jo.token)
    const change = (phone: string) => bench.ask('identity.updateProfile', { ...profile, phone }, jo.token)
    expect(await change('(214) 555-0123')).toMatchObject({ code: 'INVALID', problems: { phone: { code: 'PHONE_GETS_CODES' } } })
    expect(await change('(512) 555-0199'), 'the same number, written otherwise').toMatchObject({ ok: true })
    await bench.get('identity.secondStepOff', { password: goodPassword }, jo.token)
    expect(await change('(214) 555-0123')).toMatchObject({ ok: true, reply: { phone: '+12145550123' } })
  })

  it('ends when the account is switched off, reset or its password changed meanwhile', async () => {
    const { bench, maria, jo } = await openParish()
    const { secret } = await enrolTotp(bench, jo)
    const step = (attemptToken: string) => bench.ask('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(secret, (bench.host.now += minute)), remember: false })
    const one = await startSecondStep(bench, 'jo@parish.org', goodPassword, { deviceId: 'pc-2' })
    await bench.get('identity.changePassword', { password: goodPassword, newPassword: 'Hawthorn42!x', confirmPassword: 'Hawthorn42!x' }, jo.token)
    expect(await step(one.attemptToken)).toMatchObject({ code: 'SIGN_IN_AGAIN' })
    const two = await startSecondStep(bench, 'jo@parish.org', 'Hawthorn42!x')
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: true }, maria.token)
    expect(await step(two.attemptToken)).toMatchObject({ code: 'SIGN_IN_AGAIN' })
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: false }, maria.token)
    const three = await startSecondStep(bench, 'jo@parish.org', 'Hawthorn42!x')
    await bench.get('coordinator.reset', { accountId: jo.accountId, password: goodPassword }, maria.token)
    expect(await step(three.attemptToken)).toMatchObject({ code: 'SIGN_IN_AGAIN' })
  })

  it('fifty wrong codes in a row lock the door: guessing is no way in', async () => {
    const { bench, jo } = await openParish('cheatSheet', 'timed')
    const { secret } = await enrolTotp(bench, jo)
    for (let wrong = 0; wrong < 50; wrong += 1) {
      const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
      await bench.ask('identity.secondStep', { attemptToken, method: 'totp', code: wrongDigits(rfcTotp(secret, bench.host.now)), remember: false })
    }
    expect(await trySignIn(bench, 'jo@parish.org', goodPassword)).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
  })

  it('a repeated sign-up is no way around it', async () => {
    const { bench } = await openParish()
    const { challengeId } = await bench.get('identity.challenge', {})
    const ann = await signUpWith(bench, 'ann@parish.org', { challengeId, firstName: 'Ann', lastName: 'Lee' })
    await enrolTotp(bench, ann)
    await expect(signUpWith(bench, 'ann@parish.org', { challengeId, firstName: 'Ann', lastName: 'Lee' })).rejects.toThrow()
  })
})

describe('unknown, wrong and switched off', () => {
  it('take the same time, within a tenth, over 200 tries each', async () => {
    const slow = (secret: string): string => scryptSync(secret, 'salt', 32, { N: 2 ** 13, r: 8, p: 1 }).toString('hex')
    const kdf = { hash: (secret: string) => Promise.resolve(slow(secret)), verify: (hash: string, secret: string) => Promise.resolve(slow(secret) === hash) }
    const { bench, maria, jo } = await openParish('cheatSheet', 'timed', { kdf })
    await bench.get('coordinator.setDisabled', { accountId: jo.accountId, disabled: true }, maria.token)
    const kinds = [['nobody@parish.org', goodPassword], ['maria@parish.org', 'wrong'], ['jo@parish.org', goodPassword]] as const
    const times = kinds.map((): number[] => [])
    for (let round = 0; round < 200; round += 1) {
      for (const [index, [email, password]] of kinds.entries()) {
        const begun = performance.now()
        expect((await trySignIn(bench, email, password)).ok).toBe(false)
        times[index]?.push(performance.now() - begun)
      }
      bench.host.now += 2 * day
    }
    const medians = times.map((list) => [...list].sort((a, b) => a - b)[100] ?? 0)
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.1)
  })
})
