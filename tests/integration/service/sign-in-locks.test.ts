/** Rows of the sign-in table (design, reliability §4), each under its own name: who is kept out, and for how long. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { day, goodPassword, minute, signIn, signUpWith, trySignIn, underEveryPreset } from './parish'
import { newFile, quickKdf } from './support'

underEveryPreset((open) => {
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
})
