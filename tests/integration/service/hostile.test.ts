import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages, type MessageName } from '../../../src-main/wire/messages'
import { allUpdates, balance, daniel, goodForm, letterTo, newKey, openBench, parseAnswer, purchaseOf, readyVolunteer, signUp, type Bench, type Volunteer } from './support'
import { pngPhoto } from '../../support/photos'

const names = Object.keys(messages) as MessageName[]
const runs = { numRuns: 200, seed: 20_261_123 }

describe('whatever comes in is answered', () => {
  let bench: Bench
  let maria: Volunteer
  beforeAll(async () => {
    bench = await openBench()
    maria = await readyVolunteer(bench)
  })

  it.each([
    ['nothing', ''],
    ['half of something', '{"name":'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['text', '"identity.challenge"'],
    ['no input', '{"name":"identity.signIn","token":null}'],
    ['no such message', '{"name":"identity.steal","token":null,"input":{}}'],
    ['an inherited name', '{"name":"constructor","token":null,"input":{}}'],
    ['__proto__', '{"__proto__":{"name":"identity.challenge"},"token":null,"input":{}}'],
    ['a token that is not text', '{"name":"stamps.wallets","token":{"a":1},"input":{}}'],
    ['very deep', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['nine million characters', JSON.stringify({ name: 'identity.signIn', token: null, input: { email: 'x'.repeat(9_000_000) } })]
  ])('%s', async (_, text) => {
    expect(parseAnswer(await bench.service.remote.exchange(text))).toMatchObject({ ok: false, status: 400, code: 'BAD_REQUEST' })
    expect(bench.bugs).toEqual([])
  })

  it('any text', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json()), async (text) => {
      expect(parseAnswer(await bench.service.remote.exchange(text))).toMatchObject({ ok: false })
    }), runs)
    expect(bench.bugs).toEqual([])
  })

  it.each(names)('any input to %s', async (name) => {
    // Signing out would end the session the others are asked with.
    const tokens = name === 'identity.signOut' ? [null, 'x'] : [null, 'x', maria.token]
    await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), nearMiss(name)), fc.constantFrom(...tokens), async (input, token) => {
      const answer = await bench.raw({ name, token, input })
      if (answer.ok) messages[name].reply.parse(answer.reply)
      else expect(answer.code).not.toBe('TROUBLE')
    }), runs)
    expect(bench.bugs).toEqual([])
  })
})

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', 'cedar-state', '448213', 'TX', 'PSALM', 'maria@parish.org', '__proto__', '\ud800', '%', "'"))
const valueLike = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value === 'string') return text
  if (typeof value === 'number') return fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-1, 0, 1, 1.5, 1e9, 2 ** 53))
  if (typeof value === 'boolean') return fc.boolean()
  if (Array.isArray(value)) return fc.array(valueLike(value[0]), { minLength: value.length, maxLength: value.length })
  return fc.record(Object.fromEntries(Object.entries(value as object).map(([key, part]) => [key, fc.oneof({ weight: 9, arbitrary: valueLike(part) }, { weight: 1, arbitrary: fc.jsonValue() })])))
}
const examples: { readonly [N in MessageName]: unknown } = {
  'identity.challenge': {},
  'identity.signUp': goodForm('x'),
  'identity.signIn': { email: '', password: '', deviceId: 'pc', deviceName: 'PC', rememberToken: 'x' },
  'identity.sendCode': { attemptToken: 'x', method: 'email' },
  'identity.secondStep': { attemptToken: 'x', method: 'totp', code: '123456', remember: true },
  'identity.policy': {},
  'identity.forgotStart': { email: 'maria@parish.org' },
  'identity.forgotFinish': { email: 'maria@parish.org', code: '123456', answers: goodForm('x').questions, newPassword: 'Candle7wick', confirmPassword: 'Candle7wick' },
  'identity.details': {},
  'identity.updateProfile': { firstName: 'Maria', lastName: 'Delgado', street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701', phone: '512 555 0142' },
  'identity.changePassword': { password: 'Lantern7oak', newPassword: 'Candle7wick', confirmPassword: 'Candle7wick' },
  'identity.changeQuestions': { password: 'Lantern7oak', questions: goodForm('x').questions },
  'identity.changePasscode': { password: 'Lantern7oak', passcode: '4827', confirmPasscode: '4827' },
  'identity.checkPassword': { password: 'Lantern7oak' },
  'identity.beginTotp': { password: 'Lantern7oak' },
  'identity.confirmTotp': { code: '123456' },
  'identity.setCodeByPost': { password: 'Lantern7oak', method: 'email' },
  'identity.secondStepOff': { password: 'Lantern7oak' },
  'identity.newPrintedCodes': { password: 'Lantern7oak' },
  'identity.devices': {},
  'identity.signOutDevice': { deviceId: 'pc-9' },
  'identity.notMe': {},
  'coordinator.view': {},
  'coordinator.people': {},
  'coordinator.create': { email: 'jo@parish.org', firstName: 'Jo', lastName: 'Park', site: 'This parish', coordinator: false },
  'coordinator.setDisabled': { accountId: 'x', disabled: true },
  'coordinator.unlock': { accountId: 'x' },
  'coordinator.reset': { accountId: 'x', password: 'Lantern7oak' },
  'coordinator.setRole': { accountId: 'x', coordinator: true },
  'coordinator.setPolicy': { presets: ['cheatSheet'], release: 'timed', password: 'Lantern7oak' },
  'identity.resume': { deviceToken: 'x', deviceId: 'pc' },
  'identity.signOut': {},
  'identity.acceptTerms': { document: 'terms', version: '1' },
  'directory.facilities': {},
  'directory.search': { query: '', state: '', facilityId: '', page: 0, pageSize: 10 },
  'directory.person': daniel,
  'contacts.register': daniel,
  'contacts.acceptInvitation': { ...daniel, code: '1' },
  'stamps.wallets': {},
  'stamps.purchase': purchaseOf(),
  'stamps.settle': { key: 'x' },
  'stamps.statement': { after: 0, limit: 1 },
  'messaging.submit': letterTo(daniel, { photos: [pngPhoto().toString('base64')] }, 2),
  'messaging.updates': { after: 0, limit: 1 }
}
const openToAll: ReadonlySet<MessageName> = new Set([
  'identity.challenge', 'identity.signUp', 'identity.signIn', 'identity.sendCode', 'identity.secondStep', 'identity.policy', 'identity.forgotStart',
  'identity.forgotFinish', 'identity.resume', 'directory.facilities'
])
/** Of the right shape, with strange contents. */
const nearMiss = (name: MessageName): fc.Arbitrary<unknown> => valueLike(examples[name])

describe('a caller who lies', () => {
  let bench: Bench
  let maria: Volunteer
  beforeEach(async () => {
    bench = await openBench()
    maria = await readyVolunteer(bench)
  })
  const session = names.filter((name) => !openToAll.has(name))

  it.each(session)('%s needs a session', async (name) => {
    for (const token of [null, '', maria.deviceToken, maria.accountId, `${maria.token}x`, maria.token.slice(0, -1)]) {
      expect(await bench.raw({ name, token, input: examples[name] })).toMatchObject({ ok: false, status: 401, code: 'UNAUTHENTICATED' })
    }
  })

  it('cannot name its own price, balance, account, time or receipt', async () => {
    const input = letterTo(daniel, { body: 'x'.repeat(12_001) }, 3)
    const lies = { ...input, stamps: 0, price: 0, balance: 1_000, accountId: 'A-1', at: 0, receiptNumber: 'R-1', payload: { ...input.payload, stamps: 0 } }
    expect(await bench.raw({ name: 'messaging.submit', token: maria.token, input: lies })).toMatchObject({ ok: true, reply: { stamps: 3, balance: 17 } })
    const purchase = { ...purchaseOf(), stamps: 1_000, cents: 1, packageStamps: 9 }
    expect(await bench.raw({ name: 'stamps.purchase', token: maria.token, input: purchase })).toMatchObject({ ok: true, reply: { stamps: 20, cents: 500, balance: 37 } })
  })

  it('cannot spend, see or settle what is another’s', async () => {
    const jo = await signUp(bench, 'jo@parish.org')
    const input = letterTo(daniel)
    await bench.get('messaging.submit', input, maria.token)
    await bench.get('identity.acceptTerms', { document: 'emessaging', version: '1' }, jo.token)
    expect(await bench.ask('messaging.submit', letterTo(daniel), jo.token)).toMatchObject({ status: 404 })
    await bench.get('contacts.register', daniel, jo.token)
    expect(await bench.ask('messaging.submit', letterTo(daniel), jo.token)).toMatchObject({ status: 402 })
    expect(await bench.ask('messaging.submit', input, jo.token)).toMatchObject({ status: 402 })
    expect(await allUpdates(bench, jo.token)).toEqual([])
    expect(await balance(bench, jo.token)).toBe(0)
    expect(await balance(bench, maria.token)).toBe(19)
  })

  it('cannot pay with stamps of another state', async () => {
    await bench.get('contacts.register', { facilityId: 'bay-state-prison', number: 'R448213' }, maria.token)
    expect(await bench.ask('messaging.submit', letterTo({ facilityId: 'bay-state-prison', number: 'R448213' }), maria.token)).toMatchObject({ status: 402, params: { need: 1, have: 0 } })
  })

  it('cannot use negative or broken numbers', async () => {
    for (const consentStamps of [-1, 1.5, 1e9, '1', true]) expect(await bench.raw({ name: 'messaging.submit', token: maria.token, input: { ...letterTo(daniel), consentStamps } })).toMatchObject({ status: 400 })
    for (const consentCents of [-500, 0.5, '500']) expect(await bench.raw({ name: 'stamps.purchase', token: maria.token, input: { ...purchaseOf(), consentCents } })).toMatchObject({ status: 400 })
    for (const limit of [0, -1, 501, 1e9]) expect(await bench.raw({ name: 'messaging.updates', token: maria.token, input: { after: 0, limit } })).toMatchObject({ status: 400 })
    expect(await bench.raw({ name: 'stamps.settle', token: maria.token, input: { key: `${newKey()}\u0000` } })).toMatchObject({ status: 400 })
  })

  it('hashing covers text in both Unicode forms alike, and nothing else', async () => {
    const composed = letterTo(daniel, { body: 'Señor, José' })
    const decomposed = { ...composed, payload: { ...composed.payload, body: composed.payload.body.normalize('NFD') } }
    const first = await bench.get('messaging.submit', composed, maria.token)
    expect(await bench.get('messaging.submit', decomposed, maria.token)).toEqual(first)
  })
})
