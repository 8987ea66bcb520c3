import { describe, expect, it } from 'vitest'
import { LineError } from '../../../src-main/wire/remote-service'
import { noFaults } from '../../../src-main/service/config'
import { allUpdates, balance, daniel, goodBilling, goodCard, goodForm, hour, letterTo, newFile, openBench, purchaseOf, readyVolunteer, type Bench, type Volunteer } from './support'

const retryable = (status: number): boolean => status === 429 || status >= 500

/** Asks with the same key until there is a final answer, as the app's worker does. */
const untilAnswered = async (bench: Bench, volunteer: Volunteer, input: ReturnType<typeof letterTo>): Promise<number> => {
  for (let attempt = 1; attempt < 200; attempt += 1) {
    try {
      const text = await bench.service.remote.exchange(JSON.stringify({ name: 'messaging.submit', token: volunteer.token, input }))
      const answer = JSON.parse(text) as { ok: boolean; status?: number; reply?: { receiptNumber?: string } | null }
      if (answer.ok && answer.reply?.receiptNumber !== undefined) return attempt
      if (!answer.ok && !retryable(answer.status ?? 0)) throw new Error(`refused: ${text}`)
    } catch (error) {
      if (!(error instanceof LineError) && !(error instanceof SyntaxError)) throw error
    }
  }
  throw new Error('never answered')
}

describe.each(['dropRequest', 'dropResponse', 'error500', 'error429', 'duplicateResponse', 'malformedResponse'] as const)('with %s', (fault) => {
  it('every letter is taken once and paid once, and the fault has fired', async () => {
    const bench = await openBench()
    const volunteer = await readyVolunteer(bench)
    await bench.service.practice.set({ faults: { [fault]: 0.6 } })
    const inputs = Array.from({ length: 15 }, (_, index) => letterTo(daniel, { body: `Letter ${index}` }))
    for (const input of inputs) await untilAnswered(bench, volunteer, input)
    const fired = bench.service.practice.firedFaults()
    expect(fired[fault].before + fired[fault].after).toBeGreaterThan(5)
    if (['error500', 'error429', 'malformedResponse'].includes(fault)) expect(Math.min(fired[fault].before, fired[fault].after)).toBeGreaterThan(0)
    await bench.service.practice.set({ faults: noFaults })
    expect(await balance(bench, volunteer.token)).toBe(5)
    expect((await allUpdates(bench, volunteer.token)).filter((update) => update.kind === 'state' && update.state === 'submitted').map(({ key }) => key)).toEqual(inputs.map(({ key }) => key))
    expect(bench.bugs).toEqual([])
  })
})

it('the same seed has the same weather, another seed another', async () => {
  const weather = async (seed: number) => {
    const bench = await openBench({ config: { seed, faults: { dropRequest: 0.3, error500: 0.3, malformedResponse: 0.3 } } })
    const seen: string[] = []
    for (let call = 0; call < 40; call += 1) {
      seen.push(await bench.service.remote.exchange('{"name":"directory.facilities","token":null,"input":{}}').then((text) => text.slice(0, 40), (error: Error) => error.message))
    }
    return seen
  }
  expect(await weather(1)).toEqual(await weather(1))
  expect(await weather(1)).not.toEqual(await weather(2))
})

it('the same seed, clock and requests give the same answers, to the byte', async () => {
  const tell = async () => {
    const bench = await openBench({ bytes: 'same' })
    const answers: string[] = []
    const exchange = async (name: string, token: string | null, input: unknown) => {
      const text = await bench.service.remote.exchange(JSON.stringify({ name, token, input }))
      answers.push(text)
      return JSON.parse(text) as { reply: { challengeId: string; sessionToken: string } }
    }
    const { challengeId } = (await exchange('identity.challenge', null, {})).reply
    const token = (await exchange('identity.signUp', null, goodForm(challengeId))).reply.sessionToken
    await exchange('identity.acceptTerms', token, { document: 'emessaging', version: '1' })
    await exchange('contacts.register', token, daniel)
    await exchange('stamps.purchase', token, purchaseOf({ key: 'purchase' }))
    for (let index = 0; index < 10; index += 1) await exchange('messaging.submit', token, letterTo(daniel, { body: `Letter ${index}` }, 1, `letter-${index}`))
    await bench.service.practice.fastForward(24 * 9)
    await exchange('messaging.updates', token, { after: 0, limit: 500 })
    await exchange('stamps.statement', token, { after: 0, limit: 500 })
    return [...answers, JSON.stringify(bench.service.post.list())]
  }
  expect(await tell()).toEqual(await tell())
})

it('offline: nothing arrives; latency: every exchange waits that long', async () => {
  const bench = await openBench({ config: { offline: true } })
  await expect(bench.ask('identity.challenge', {})).rejects.toThrow(new LineError('offline'))
  await bench.service.practice.set({ offline: false, latencyMs: [100, 200] })
  for (let call = 0; call < 20; call += 1) await bench.ask('identity.challenge', {})
  expect(bench.waited).toHaveLength(20)
  expect(Math.min(...bench.waited)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...bench.waited)).toBeLessThanOrEqual(200)
  expect(new Set(bench.waited).size).toBeGreaterThan(5)
})

it('two at once with one key are one letter; many at once never spend more than there is', async () => {
  const bench = await openBench()
  const volunteer = await readyVolunteer(bench)
  const one = letterTo(daniel)
  const answers = await Promise.all(Array.from({ length: 10 }, () => bench.get('messaging.submit', one, volunteer.token)))
  expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
  const many = await Promise.all(Array.from({ length: 40 }, (_, index) => bench.ask('messaging.submit', letterTo(daniel, { body: `Letter ${index}` }), volunteer.token)))
  expect(many.filter(({ ok }) => ok)).toHaveLength(19)
  expect(await balance(bench, volunteer.token)).toBe(0)
})

it('1,000 repeats of keys up to two years old give the first answer and nothing else', { timeout: 180_000 }, async () => {
  const file = newFile()
  let bench = await openBench({ file })
  const volunteer = await readyVolunteer(bench)
  for (let times = 0; times < 10; times += 1) await bench.get('stamps.purchase', purchaseOf({ packageId: 'cedar-100', consentCents: 2_000 }), volunteer.token)
  const letters: { input: ReturnType<typeof letterTo>; receipt: unknown }[] = []
  const purchases: { input: ReturnType<typeof purchaseOf>; receipt: unknown }[] = []
  const comeBack = async () => (await bench.get('identity.resume', { deviceToken: volunteer.deviceToken, deviceId: 'pc-1' })).sessionToken
  let token = volunteer.token
  for (let month = 0; month < 25; month += 1) {
    for (let index = 0; index < 30; index += 1) {
      const input = letterTo(daniel, { body: `Letter ${month} ${index}` })
      letters.push({ input, receipt: await bench.get('messaging.submit', input, token) })
    }
    for (let index = 0; index < 10; index += 1) {
      const input = purchaseOf({ card: goodCard, billing: goodBilling })
      purchases.push({ input, receipt: await bench.get('stamps.purchase', input, token) })
    }
    bench.host.now += 30 * 24 * hour
    token = await comeBack()
  }
  bench = await bench.restart()
  token = await comeBack()
  const before = (await bench.get('stamps.statement', { after: 0, limit: 1_000 }, token)).entries.length
  for (const { input, receipt } of letters) expect(await bench.get('messaging.submit', input, token)).toEqual(receipt)
  for (const { input, receipt } of purchases) expect(await bench.get('stamps.purchase', input, token)).toEqual(receipt)
  expect(letters.length + purchases.length).toBe(1_000)
  expect(await balance(bench, token)).toBe(20 + 10 * 100 + 250 * 20 - 750)
  const { entries } = await bench.get('stamps.statement', { after: 0, limit: 1_000 }, token)
  expect(entries.length).toBe(before)
  expect(bench.bugs).toEqual([])
})
