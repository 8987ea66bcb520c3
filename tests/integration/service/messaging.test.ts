import { beforeEach, describe, expect, it } from 'vitest'
import { allUpdates, balance, daniel, goodBilling, goodCard, hour, letterTo, newKey, openBench, readyVolunteer, signUp, statesOf, type Bench, type Person, type Volunteer } from './support'

let bench: Bench
let maria: Volunteer
beforeEach(async () => {
  bench = await openBench()
  maria = await readyVolunteer(bench)
})
const submit = (input: ReturnType<typeof letterTo>) => bench.ask('messaging.submit', input, maria.token)
const pass = (hours: number) => bench.service.practice.fastForward(hours)
const register = async (person: Person) => {
  await bench.get('contacts.register', person, maria.token)
  return person
}
const buyAt = (facilityId: string, packageId: string, consentCents: number) =>
  bench.get('stamps.purchase', { key: newKey(), facilityId, packageId, consentCents, card: goodCard, billing: goodBilling }, maria.token)
const sentTo = async (person: Person, change: Parameters<typeof letterTo>[1] = {}, stamps = 1) => {
  const input = letterTo(person, change, stamps)
  await bench.get('messaging.submit', input, maria.token)
  return input.key
}
const timesOf = async (key: string) =>
  Object.fromEntries((await allUpdates(bench, maria.token)).flatMap((update) => (update.kind === 'state' && update.key === key ? [[update.state, (update.at - bench.host.now) / hour]] : [])))

describe('submitting', () => {
  it('debits its own price, gives a receipt with the hash, and tells the state', async () => {
    const input = letterTo(daniel, { body: 'x'.repeat(6_001), prepaidReply: true }, 3)
    const answer = await submit(input)
    expect(answer).toMatchObject({ ok: true, reply: { stamps: 3, balance: 17, walletId: 'state:TX', payloadHash: input.payloadHash } })
    expect(await allUpdates(bench, maria.token)).toMatchObject([{ kind: 'state', seq: 1, key: input.key, state: 'submitted', reason: null }])
    expect((await bench.get('stamps.statement', { after: 0, limit: 9 }, maria.token)).entries.at(-1)).toMatchObject({ reason: 'message', reference: input.key, amount: -3 })
  })

  it('never debits more than its price when more was agreed to', async () => {
    expect(await submit(letterTo(daniel, {}, 5))).toMatchObject({ ok: true, reply: { stamps: 1, balance: 19 } })
  })

  it('refuses less than its price, and a missing agreement', async () => {
    expect(await submit(letterTo(daniel, { body: 'x'.repeat(6_001) }, 1))).toMatchObject({ status: 422, code: 'PRICE_CHANGED', params: { stamps: 2 } })
    expect(await submit(letterTo(daniel, {}, 0))).toMatchObject({ status: 422, code: 'PRICE_CHANGED' })
    const { consentStamps: _, ...without } = letterTo(daniel)
    expect(await bench.raw({ name: 'messaging.submit', token: maria.token, input: without })).toMatchObject({ status: 422, code: 'CONSENT_MISSING' })
    expect(await balance(bench, maria.token)).toBe(20)
  })

  it('refuses a hash that is not the hash of what came', async () => {
    const input = letterTo(daniel)
    for (const change of [{ payloadHash: '0'.repeat(64) }, { payload: { ...input.payload, body: 'other' } }, { consentStamps: 2 }]) {
      expect(await submit({ ...input, ...change })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    }
    expect(await submit(input)).toMatchObject({ ok: true })
  })

  it('refuses what the balance does not cover, and keeps that answer', async () => {
    for (let sent = 0; sent < 20; sent += 1) await sentTo(daniel)
    const input = letterTo(daniel)
    expect(await submit(input)).toMatchObject({ status: 402, code: 'NOT_ENOUGH_STAMPS', params: { need: 1, have: 0 } })
    await buyAt('cedar-state', 'cedar-20', 500)
    expect(await submit(input)).toMatchObject({ status: 402, code: 'NOT_ENOUGH_STAMPS' })
    expect(await balance(bench, maria.token)).toBe(20)
  })

  it.each([
    [{ body: 'x'.repeat(20_001) }, 4, { limit: 20_000, over: 1 }],
    [{ subject: 'x'.repeat(201) }, 1, { limit: 200, over: 1 }]
  ])('refuses too long a letter', async (change, stamps, params) => {
    expect(await submit(letterTo(daniel, change, stamps))).toMatchObject({ status: 413, code: 'TOO_LONG', params })
  })

  it('refuses an empty letter', async () => {
    expect(await submit(letterTo(daniel, { subject: ' ', body: '\u200b\n' }))).toMatchObject({ code: 'INVALID', problems: { subject: { code: 'SUBJECT_EMPTY' }, body: { code: 'BODY_EMPTY' } } })
  })

  it('refuses people who are unknown, unregistered, not invited yet, or gone', async () => {
    expect(await submit(letterTo({ facilityId: 'cedar-state', number: '448214' }))).toMatchObject({ status: 404 })
    expect(await submit(letterTo({ facilityId: 'cedar-state', number: '999999' }))).toMatchObject({ status: 404 })
    expect(await submit(letterTo({ facilityId: 'nowhere', number: '1' }))).toMatchObject({ status: 404 })
    const peter = await register({ facilityId: 'river-federal', number: '23157-045' })
    expect(await submit(letterTo(peter, {}, 0))).toMatchObject({ status: 403, code: 'INVITATION_NEEDED' })
  })

  it('refuses a registered person who has left meanwhile', async () => {
    const found: Person[] = []
    for (let page = 0; page < 10; page += 1) {
      const { people } = await bench.get('directory.search', { query: '', state: '', facilityId: 'elm-county-jail', page, pageSize: 100 }, maria.token)
      for (const { facilityId, number, status } of people) if (status === 'active') found.push(await register({ facilityId, number }))
    }
    await buyAt('elm-county-jail', 'elm-50', 2_500)
    await pass(29 * 24)
    await pass(200 * 24)
    const { sessionToken } = await bench.get('identity.resume', { deviceToken: maria.deviceToken, deviceId: 'pc-1' })
    let refused: unknown = null
    for (const person of found) {
      const answer = await bench.ask('messaging.submit', letterTo(person), sessionToken)
      if (!answer.ok && answer.code === 'CONTACT_UNAVAILABLE') refused = answer
      if (refused !== null) break
    }
    expect(refused).toMatchObject({ status: 410, params: { reason: 'released' } })
  })

  it('needs the eMessaging terms, and takes the letter under the same key once they are accepted', async () => {
    const jo = await signUp(bench, 'jo@parish.org')
    await bench.get('contacts.register', { facilityId: 'river-federal', number: '23157-045' }, jo.token)
    const input = letterTo(daniel)
    await bench.get('contacts.register', daniel, jo.token)
    expect(await bench.ask('messaging.submit', input, jo.token)).toMatchObject({ status: 403, code: 'TERMS_NEEDED' })
    await bench.get('identity.acceptTerms', { document: 'emessaging', version: '1' }, jo.token)
    expect(await bench.ask('messaging.submit', input, jo.token)).toMatchObject({ status: 402, code: 'NOT_ENOUGH_STAMPS' })
  })

  it('a key serves one letter; two accounts may use the same key without meeting', async () => {
    const input = letterTo(daniel)
    const first = await bench.get('messaging.submit', input, maria.token)
    expect(await submit(input)).toEqual({ ok: true, reply: first })
    expect(await submit(letterTo(daniel, { body: 'Another letter.' }, 1, input.key))).toMatchObject({ status: 422, code: 'KEY_REUSED' })
    expect(await bench.ask('stamps.settle', { key: input.key }, maria.token)).toMatchObject({ code: 'KEY_REUSED' })
    const jo = await readyVolunteer(bench, 'jo@parish.org')
    const other = await bench.get('messaging.submit', input, jo.token)
    expect(other.receiptNumber).not.toBe(first.receiptNumber)
    expect([await balance(bench, maria.token), await balance(bench, jo.token)]).toEqual([19, 19])
  })
})

describe('after submitting', () => {
  it('a clean letter at Cedar State goes through screening and is delivered within 48 hours, whenever it is sent', async () => {
    for (let day = 0; day < 7; day += 1) {
      const key = await sentTo(daniel, { body: `Letter of day ${day}.` })
      await pass(48)
      expect((await statesOf(bench, maria.token, key)).slice(0, 4)).toEqual(['submitted', 'screening', 'approved', 'delivered'])
      bench.host.now -= 24 * hour
    }
  })

  it('tells each step with the time it was due, in order, and never changes what was told', async () => {
    const keys: string[] = []
    for (let sent = 0; sent < 6; sent += 1) {
      keys.push(await sentTo(daniel, { body: `Letter ${sent}.`, prepaidReply: true }, 2))
      bench.host.now += 7 * 60_000
    }
    await pass(1)
    const early = await allUpdates(bench, maria.token)
    await pass(24 * 10)
    const late = await allUpdates(bench, maria.token)
    expect(late.slice(0, early.length)).toEqual(early)
    expect(late.map(({ seq }) => seq)).toEqual(late.map((_, index) => index + 1))
    const told = late.slice(early.length).map(({ at }) => at)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(new Set(late.flatMap((update) => (update.key === null ? [] : [update.key])))).toEqual(new Set(keys))
  })

  it('pages by cursor and says when there is more, and what time it is', async () => {
    for (let sent = 0; sent < 4; sent += 1) await sentTo(daniel)
    const { updates, more, now } = await bench.get('messaging.updates', { after: 1, limit: 2 }, maria.token)
    expect([updates.map(({ seq }) => seq), more, now]).toEqual([[2, 3], true, bench.host.now])
    expect(await bench.get('messaging.updates', { after: 3, limit: 2 }, maria.token)).toMatchObject({ updates: [{ seq: 4 }], more: false })
    expect(await bench.get('messaging.updates', { after: 1_000, limit: 2 }, maria.token)).toMatchObject({ updates: [], more: false })
  })

  it('arrives the same when the time passes at once and when it passes in small steps', async () => {
    const run = async (steps: number) => {
      const other = await openBench()
      const volunteer = await readyVolunteer(other)
      for (let sent = 0; sent < 5; sent += 1) await other.get('messaging.submit', letterTo(daniel, { body: `Letter ${sent}, watch your back.`.slice(0, sent % 2 === 0 ? 9 : 40), prepaidReply: true }, 2, `letter-${sent}`), volunteer.token)
      for (let step = 0; step < steps; step += 1) await other.service.practice.fastForward(240 / steps)
      return allUpdates(other, volunteer.token)
    }
    const atOnce = await run(1)
    expect(await run(240)).toEqual(atOnce)
    expect(atOnce.length).toBeGreaterThan(20)
  })

  it('answers come now and then, more often when they are paid for, and quote nothing of the letter', async () => {
    const rate = async (prepaidReply: boolean) => {
      const stamps = prepaidReply ? 2 : 1
      await buyAt('cedar-state', 'cedar-100', 2_000)
      const keys: string[] = []
      for (let sent = 0; sent < 50; sent += 1) keys.push(await sentTo(daniel, { subject: 'Xyzzy subject', body: `Xyzzy ${sent}`, prepaidReply }, stamps))
      await pass(24 * 8)
      const replies = (await allUpdates(bench, maria.token)).filter((update) => update.kind === 'reply' && update.key !== null && keys.includes(update.key))
      for (const reply of replies) if (reply.kind === 'reply') expect(reply).toMatchObject({ facilityId: 'cedar-state', number: '448213', body: expect.stringContaining('Maria'), subject: expect.stringMatching(/^Re: your letter of \w+ \d+$/) })
      expect(JSON.stringify(replies)).not.toContain('Xyzzy')
      return replies.length
    }
    const [plain, prepaid] = [await rate(false), await rate(true)]
    expect(plain).toBeGreaterThan(12)
    expect(plain).toBeLessThan(40)
    expect(prepaid).toBeGreaterThan(40)
  })

  it('a letter with a listed phrase is held, and then let through or refused with the reason; its stamps stay spent', async () => {
    const held = await sentTo(daniel, { body: 'They sell TOBÁCCO  here.' })
    const refused = await sentTo(daniel, { subject: 'A secret\ncode', body: 'Read the first letters.' })
    await pass(1)
    expect(await allUpdates(bench, maria.token)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: held, state: 'held', reason: 'contraband' }),
        expect.objectContaining({ key: refused, state: 'held', reason: 'coded_or_illegible' })
      ])
    )
    await pass(5 * 24)
    expect((await statesOf(bench, maria.token, held)).slice(0, 5)).toEqual(['submitted', 'screening', 'held', 'approved', 'delivered'])
    expect(await statesOf(bench, maria.token, refused)).toEqual(['submitted', 'screening', 'held', 'rejected'])
    expect((await allUpdates(bench, maria.token)).find((update) => update.kind === 'state' && update.state === 'rejected')).toMatchObject({ key: refused, reason: 'coded_or_illegible' })
    expect(bench.service.post.list()[0]).toMatchObject({ subject: 'Your letter to Daniel Reyes was not let through', body: expect.stringContaining('coded or illegible') })
    expect(bench.service.post.list()[0]?.body).not.toContain('first letters')
    expect(await balance(bench, maria.token)).toBe(18)
  })

  it('keeps each facility’s own time', async () => {
    const bay = await register({ facilityId: 'bay-state-prison', number: 'R448213' })
    const north = await register({ facilityId: 'north-reception', number: '98-A-0004' })
    const elm = await register({ facilityId: 'elm-county-jail', number: '448213' })
    const dismas = await register({ facilityId: 'st-dismas-womens', number: 'N00733' })
    await buyAt('bay-state-prison', 'bay-10', 390)
    await buyAt('north-reception', 'north-30', 420)
    await buyAt('elm-county-jail', 'elm-10', 500)
    await buyAt('st-dismas-womens', 'dismas-20', 500)
    bench.host.now += 4 * 24 * hour // Friday, 15:00
    const keys = {
      bay: await sentTo(bay),
      north: await sentTo(north),
      elm: await sentTo(elm),
      english: await sentTo(dismas),
      spanish: await sentTo(dismas, { body: 'Querida María: te escribo para saludarte y para decirte que en la parroquia pensamos mucho en ti. Que Dios te bendiga.' })
    }
    await pass(24 * 20)
    const within = async (key: string, low: number, high: number) => {
      const { delivered } = await timesOf(key)
      expect(delivered).toBeGreaterThanOrEqual(low)
      expect(delivered).toBeLessThanOrEqual(high)
    }
    await within(keys.elm, 0, 1)
    await within(keys.bay, 120, 121)
    await within(keys.north, 96, 97)
    await within(keys.english, 240, 241)
    await within(keys.spanish, 312, 313)
  })

  it('North Reception never answers by eMessage', async () => {
    const north = await register({ facilityId: 'north-reception', number: '98-A-0004' })
    await buyAt('north-reception', 'north-30', 420)
    const keys: string[] = []
    for (let sent = 0; sent < 30; sent += 1) keys.push(await sentTo(north, { body: `Letter ${sent}` }))
    await pass(24 * 29)
    for (const key of keys) expect((await statesOf(bench, maria.token, key)).at(-1)).toBe('delivered')
  })

  it('letters at River Federal cost nothing and leave no line in the ledger', async () => {
    const peter = await register({ facilityId: 'river-federal', number: '23157-045' })
    const code = /code is (\d+)/.exec(bench.service.post.list()[0]?.body ?? '')?.[1] ?? ''
    await bench.get('contacts.acceptInvitation', { ...peter, code }, maria.token)
    expect(await submit(letterTo(peter, {}, 0))).toMatchObject({ ok: true, reply: { stamps: 0, balance: 0, walletId: 'facility:river-federal' } })
    expect(await submit(letterTo(peter, { body: Array(101).fill('line').join('\n') }, 0))).toMatchObject({ status: 413, params: { limit: 100, over: 1 } })
    expect((await bench.get('stamps.statement', { after: 0, limit: 9 }, maria.token)).entries).toHaveLength(1)
  })

  it('shows nobody the letters of another account', async () => {
    await sentTo(daniel)
    const jo = await signUp(bench, 'jo@parish.org')
    expect(await allUpdates(bench, jo.token)).toEqual([])
  })
})
