/** Rows of the sign-in table (design, reliability §4), each under its own name: codes, devices and sessions. */
import { expect, it } from 'vitest'
import { day, enrolTotp, goodPassword, minute, numbered, otherPassword, postedCode, rfcTotp, signIn, startSecondStep, trySignIn, underEveryPreset } from './parish'
import { goodForm, pc } from './support'

underEveryPreset((open, preset) => {
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

  it('keeps a device id that is asked for by another name apart', async () => {
    const { bench } = await open()
    await signIn(bench, 'jo@parish.org', goodPassword, { deviceName: 'Renamed' })
    const { sessionToken } = await signIn(bench, 'jo@parish.org', goodPassword, { ...pc, deviceName: 'Renamed again' })
    expect((await bench.get('identity.devices', {}, sessionToken)).devices).toMatchObject([{ deviceId: 'pc-1', name: 'Renamed again', rememberedUntil: null }])
  })
})
