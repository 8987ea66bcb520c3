import { describe, expect, it } from 'vitest'
import { allUpdates, balance, daniel, hour, letterTo, newFile, openBench, pc, signInAs, signUp, start, statesOf } from './support'

describe('the practice account', () => {
  it('is ready: terms accepted, three contacts, twenty stamps, two letters to read', async () => {
    const bench = await openBench()
    const { email, password } = await bench.service.practice.prepareAccount()
    expect(email).toBe('practice@epistle.example')
    const { profile, sessionToken: token } = await signInAs(bench, email, password)
    expect(profile).toMatchObject({ email, emessagingTermsVersion: '1' })
    expect(await balance(bench, token)).toBe(20)
    expect(await allUpdates(bench, token)).toMatchObject([
      { kind: 'reply', key: null, number: '448213' },
      { kind: 'reply', key: null, number: '448214' }
    ])
    expect(await bench.ask('messaging.submit', letterTo(daniel), token)).toMatchObject({ ok: true, reply: { balance: 19 } })
  })

  it('prepared again: a new password, stamps filled up to twenty, no second welcome, and unlocked', async () => {
    const bench = await openBench()
    const first = await bench.service.practice.prepareAccount()
    const { sessionToken } = await signInAs(bench, first.email, first.password)
    await bench.get('messaging.submit', letterTo(daniel), sessionToken)
    for (let tries = 0; tries < 3; tries += 1) await bench.ask('identity.signIn', { ...first, password: 'wrong', ...pc })
    const second = await bench.service.practice.prepareAccount()
    expect(second.password).not.toBe(first.password)
    expect(await bench.ask('identity.signIn', { ...first, ...pc })).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    const { sessionToken: token } = await signInAs(bench, second.email, second.password)
    expect(await balance(bench, token)).toBe(20)
    expect((await bench.get('stamps.statement', { after: 0, limit: 9 }, token)).entries.map(({ reason, amount }) => [reason, amount])).toEqual([['grant', 20], ['message', -1], ['grant', 1]])
    expect((await allUpdates(bench, token)).filter(({ kind }) => kind === 'reply')).toHaveLength(2)
    await bench.service.practice.prepareAccount()
    expect(await balance(bench, token)).toBe(20)
  })

  it('can be prepared while the line is down', async () => {
    const bench = await openBench({ config: { offline: true } })
    await bench.service.practice.prepareAccount()
    expect(bench.service.practice.state().offline).toBe(true)
  })
})

describe('the controls', () => {
  it('start as the options say, take a part at a time, and survive a restart until the options change', async () => {
    const bench = await openBench({ file: newFile(), config: { latencyMs: [1, 2], faults: { error500: 0.1 } } })
    await bench.service.practice.set({ faults: { dropRequest: 0.2 } })
    const state = await bench.service.practice.set({ offline: true })
    expect(state).toMatchObject({ offline: true, latencyMs: [1, 2], faults: { dropRequest: 0.2, dropResponse: 0, error500: 0.1, error429: 0, duplicateResponse: 0, malformedResponse: 0 } })
    const again = await bench.restart()
    expect(again.service.practice.state()).toEqual(state)
    const changed = await again.restart({ offline: false })
    expect(changed.service.practice.state()).toMatchObject({ offline: false, latencyMs: [0, 0], faults: { dropRequest: 0 } })
  })
})

describe('the clock', () => {
  it('starts where the options say, runs at its rate, and goes on after a restart', async () => {
    const bench = await openBench({ file: newFile(), config: { clock: { start: '2030-01-01T00:00:00Z', rate: 60 } } })
    const begun = Date.parse('2030-01-01T00:00:00Z')
    expect(bench.service.practice.state().serviceTime).toBe(begun)
    bench.host.now += 1_000
    expect(bench.service.practice.state().serviceTime).toBe(begun + 60_000)
    expect((await bench.service.practice.fastForward(2)).serviceTime).toBe(begun + 60_000 + 2 * hour)
    bench.host.now += 1_000
    const again = await bench.restart()
    expect(again.service.practice.state().serviceTime).toBe(begun + 120_000 + 2 * hour)
  })

  it('never runs back, whatever the host’s clock does', async () => {
    const bench = await openBench()
    let last = bench.service.practice.state().serviceTime
    for (const jump of [1_000, -400 * 24 * hour, 5_000, 10 * hour, -1, 0]) {
      bench.host.now += jump
      const { serviceTime } = bench.service.practice.state()
      expect(serviceTime).toBe(last + Math.max(0, jump))
      last = serviceTime
    }
  })

  it('is the host’s when the options say nothing', async () => {
    const bench = await openBench()
    expect(bench.service.practice.state().serviceTime).toBe(start)
  })

  it('moved forward takes letters along at once', async () => {
    const bench = await openBench()
    const { email, password } = await bench.service.practice.prepareAccount()
    const { sessionToken: token } = await signInAs(bench, email, password)
    const input = letterTo(daniel)
    await bench.get('messaging.submit', input, token)
    await bench.service.practice.fastForward(48)
    expect(await statesOf(bench, token, input.key)).toContain('delivered')
    for (const hours of [-5, Number.NaN, Number.POSITIVE_INFINITY]) await bench.service.practice.fastForward(hours)
    expect(bench.service.practice.state().serviceTime).toBe(start + 48 * hour)
  })
})

describe('the post', () => {
  it('tells its listeners once the message is kept, newest first in the list, and remembers it', async () => {
    const bench = await openBench({ file: newFile() })
    const heard: string[] = []
    const stop = bench.service.post.onArrived(({ subject }) => heard.push(subject))
    await signUp(bench)
    expect(heard).toEqual(['Welcome to eMessaging', 'Account created'])
    stop()
    await signUp(bench, 'jo@parish.org')
    expect(heard).toHaveLength(2)
    const list = bench.service.post.list()
    expect(new Set(list.map(({ postId }) => postId)).size).toBe(4)
    const again = await bench.restart()
    expect(again.service.post.list()).toEqual(list)
  })
})
