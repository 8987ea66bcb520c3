import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { LineError } from '../../../src-main/wire/remote-service'
import { balance, bytesOnDisk, daniel, goodCard, newFile, newKey, openBench, purchaseOf, signUp, type Bench, type Volunteer } from './support'

let bench: Bench
let maria: Volunteer
beforeEach(async () => {
  bench = await openBench()
  maria = await signUp(bench)
})
const buy = (change: Parameters<typeof purchaseOf>[0] = {}) => bench.ask('stamps.purchase', purchaseOf(change), maria.token)
const withCard = (number: string, securityCode = '123') => ({ ...goodCard, number, securityCode })
const statement = async () => (await bench.get('stamps.statement', { after: 0, limit: 1_000 }, maria.token)).entries

describe('wallets', () => {
  it('has one for each registered contact, empty at first, named after where it is good', async () => {
    await bench.get('contacts.register', daniel, maria.token)
    await bench.get('contacts.register', { facilityId: 'elm-county-jail', number: '448213' }, maria.token)
    expect((await bench.get('stamps.wallets', {}, maria.token)).wallets).toEqual([
      { walletId: 'facility:elm-county-jail', name: 'Elm County Jail', unit: 'credit', balance: 0 },
      { walletId: 'state:TX', name: 'Texas', unit: 'stamp', balance: 0 }
    ])
  })
})

describe('a purchase', () => {
  it('adds the stamps, gives a receipt, and writes it by post with brand and last four digits only', async () => {
    const bought = await buy()
    expect(bought).toMatchObject({ ok: true, reply: { stamps: 20, cents: 500, walletId: 'state:TX', balance: 20, receiptNumber: expect.stringMatching(/^R-20261123-\d{6}$/) } })
    const mail = bench.service.post.list()[0]
    expect(mail?.body).toContain('Visa ending in 4242')
    expect(mail?.body).not.toContain('4242424242424242')
    expect(await statement()).toMatchObject([{ walletId: 'state:TX', reason: 'purchase', amount: 20 }])
  })

  it('with the same key charges once and says the same, however often; with another payload it is refused', async () => {
    const input = purchaseOf()
    const first = await bench.get('stamps.purchase', input, maria.token)
    for (let times = 0; times < 5; times += 1) expect(await bench.get('stamps.purchase', input, maria.token)).toEqual(first)
    for (const change of [{ packageId: 'cedar-60', consentCents: 1_350 }, { card: withCard('5555555555554444') }, { billing: { street: '1 Elm', city: 'Austin', state: 'TX', zip: '78701' } }]) {
      expect(await bench.ask('stamps.purchase', { ...input, ...change }, maria.token)).toMatchObject({ status: 422, code: 'KEY_REUSED' })
    }
    expect(await balance(bench, maria.token)).toBe(20)
  })

  it('refuses another price than the one agreed to, and a missing agreement', async () => {
    for (const consentCents of [0, 499, 501]) expect(await buy({ consentCents })).toMatchObject({ status: 422, code: 'PRICE_CHANGED', params: { cents: 500 } })
    const { consentCents: _, ...without } = purchaseOf()
    for (const input of [without, { ...without, consentCents: null }]) {
      expect(await bench.raw({ name: 'stamps.purchase', token: maria.token, input })).toMatchObject({ status: 422, code: 'CONSENT_MISSING' })
    }
    expect(await statement()).toEqual([])
  })

  it.each([
    [withCard('4000000000000002'), 'CARD_DECLINED'],
    [withCard('4000000000009995'), 'CARD_INSUFFICIENT']
  ])('a card can be refused: %j', async (card, code) => {
    const input = purchaseOf({ card })
    for (let times = 0; times < 2; times += 1) expect(await bench.ask('stamps.purchase', input, maria.token)).toMatchObject({ status: 402, code })
    expect(await statement()).toEqual([])
    expect(await bench.get('stamps.settle', { key: input.key }, maria.token)).toEqual({ outcome: 'void' })
  })

  it.each([
    [withCard('4242'), { number: 'CARD_NUMBER_INVALID' }],
    [withCard('4012888888881881'), { number: 'CARD_NOT_A_TEST_CARD' }],
    [withCard('378282246310005'), { securityCode: 'CARD_CODE_INVALID' }],
    [{ ...goodCard, expiry: '10/26' }, { expiry: 'CARD_EXPIRY_INVALID' }],
    [{ ...goodCard, name: '' }, { name: 'REQUIRED' }]
  ])('typing errors are told and can be mended under the same key: %j', async (card, expected) => {
    const input = purchaseOf({ card })
    const answer = await bench.ask('stamps.purchase', input, maria.token)
    expect(answer).toMatchObject({ code: 'INVALID' })
    expect(answer.ok ? {} : Object.fromEntries(Object.entries(answer.problems ?? {}).map(([field, problem]) => [field, problem.code]))).toEqual(expected)
    expect(await bench.ask('stamps.purchase', { ...input, card: goodCard }, maria.token)).toMatchObject({ ok: true })
  })

  it('knows its own packages only', async () => {
    for (const change of [{ packageId: 'bay-10' }, { packageId: 'x' }, { facilityId: 'nowhere' }, { facilityId: 'river-federal' }]) expect(await buy(change)).toMatchObject({ status: 404 })
  })

  it('"timeout" charges and loses the answer once; asking by the key gives the receipt', async () => {
    const input = purchaseOf({ card: withCard('4000000000000119') })
    await expect(bench.ask('stamps.purchase', input, maria.token)).rejects.toThrow(new LineError('timeout'))
    expect(await balance(bench, maria.token)).toBe(20)
    const settled = await bench.get('stamps.settle', { key: input.key }, maria.token)
    expect(settled).toMatchObject({ outcome: 'charged', receipt: { stamps: 20 } })
    expect(await bench.get('stamps.purchase', input, maria.token)).toEqual(settled.outcome === 'charged' ? settled.receipt : null)
    expect(await balance(bench, maria.token)).toBe(20)
  })

  it('"duplicate" arrives twice and is charged once', async () => {
    expect(await buy({ card: withCard('5105105105105100') })).toMatchObject({ ok: true, reply: { balance: 20 } })
    expect(await statement()).toHaveLength(1)
  })
})

describe('settling', () => {
  it('an unknown key is void for ever: a late request cannot charge', async () => {
    const input = purchaseOf()
    for (let times = 0; times < 2; times += 1) expect(await bench.get('stamps.settle', { key: input.key }, maria.token)).toEqual({ outcome: 'void' })
    for (let times = 0; times < 2; times += 1) expect(await bench.ask('stamps.purchase', input, maria.token)).toMatchObject({ status: 410, code: 'KEY_VOID' })
    expect(await statement()).toEqual([])
  })

  it("says nothing about another account's key", async () => {
    const input = purchaseOf()
    await bench.get('stamps.purchase', input, maria.token)
    const other = await signUp(bench, 'jo@parish.org')
    expect(await bench.get('stamps.settle', { key: input.key }, other.token)).toEqual({ outcome: 'void' })
    expect(await bench.ask('stamps.purchase', input, other.token)).toMatchObject({ code: 'KEY_VOID' })
    expect(await balance(bench, maria.token)).toBe(20)
    expect((await bench.get('stamps.statement', { after: 0, limit: 10 }, other.token)).entries).toEqual([])
  })
})

it('the statement is read by cursor and adds up to the balance', async () => {
  for (let times = 0; times < 5; times += 1) await buy()
  const first = (await bench.get('stamps.statement', { after: 0, limit: 2 }, maria.token)).entries
  const rest = (await bench.get('stamps.statement', { after: first.at(-1)?.seq ?? 0, limit: 100 }, maria.token)).entries
  expect(first).toHaveLength(2)
  expect([...first, ...rest].map(({ amount }) => amount)).toEqual([20, 20, 20, 20, 20])
  expect(await balance(bench, maria.token)).toBe(100)
})

it('keys that are not plain printable text are refused', async () => {
  for (const key of ['\ud800', 'a b', 'ключ', '\u0000', 'x\n']) expect(await buy({ key })).toMatchObject({ status: 400 })
  expect(await buy({ key: newKey() })).toMatchObject({ ok: true })
})

it('leaves no card number, security code or password anywhere in its files', async () => {
  const file = newFile()
  bench = await openBench({ file })
  maria = await signUp(bench)
  for (const number of ['4242424242424242', '4000000000000002', '378282246310005']) await buy({ card: withCard(number, number.startsWith('37') ? '9182' : '918') })
  await bench.service.close()
  const bytes = bytesOnDisk(file).toString('latin1')
  expect(bytes).toContain('4242')
  for (const secret of ['4242424242424242', '4242 4242 4242 4242', '4000000000000002', '378282246310005', 'Lantern7oak', 'Biscuit', 'biscuit', maria.token, maria.deviceToken]) expect(bytes).not.toContain(secret)
  // Four digits stand in the numbers of many people, so these are looked for everywhere else.
  const database = new Database(file, { readonly: true })
  const tables = (database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'person'`).all() as { name: string }[]).map(({ name }) => name)
  const values = tables.flatMap((table) => database.prepare(`SELECT * FROM ${table}`).raw().all().flat()).map(String)
  database.close()
  for (const secret of [/\b9182\b/, /\b918\b/, /\b4827\b/]) expect(values.filter((value) => secret.test(value))).toEqual([])
})
