import { describe, expect, it } from 'vitest'
import { channelPrefix, channels, eventChannel } from '@contract/channels'
import { commands, type CommandName } from '@contract/commands'
import { errorCodes } from '@contract/error-codes'
import { limits } from '@contract/limits'
import { problemCodes } from '@contract/problem-codes'
import { failure, invalid, success } from '@contract/result'
import { policyPresets } from '@rules/password-policy'
import facilities from '../../../resources/service/facilities.json'

describe('results', () => {
  it('carry a value or a code, and nothing that was not given', () => {
    expect(success(null)).toEqual({ ok: true, value: null })
    expect(failure('OFFLINE')).toEqual({ ok: false, code: 'OFFLINE' })
    expect(Object.keys(failure('OFFLINE'))).toEqual(['ok', 'code'])
    expect(failure('NOT_ENOUGH_STAMPS', { params: { need: 2, have: 1 } })).toEqual({ ok: false, code: 'NOT_ENOUGH_STAMPS', params: { need: 2, have: 1 } })
    expect(invalid({ subject: { code: 'SUBJECT_EMPTY' } })).toEqual({ ok: false, code: 'INVALID', problems: { subject: { code: 'SUBJECT_EMPTY' } } })
  })
  it('cross the bridge unchanged', () => {
    for (const result of [success({ a: [1, 'b', null] }), failure('BUSY'), invalid({ body: { code: 'BODY_TOO_LONG', params: { limit: 5 } } })]) {
      expect(structuredClone(result)).toEqual(result)
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }
  })
})

describe('lists', () => {
  it.each([
    ['channels', channels],
    ['errorCodes', errorCodes],
    ['problemCodes', problemCodes]
  ])('%s has no name twice', (_name, list) => {
    expect(new Set<string>(list).size).toBe(list.length)
  })
  it('no command shares its channel with the events', () => {
    expect(channels.map((name) => channelPrefix + name)).not.toContain(eventChannel)
  })
  it('codes are words in capitals', () => {
    for (const code of [...errorCodes, ...problemCodes]) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
  })
})

describe('limits leave room for everything real', () => {
  it('a password and an address that are too long are read, so that a rule can say so', () => {
    const longest = Math.max(...Object.values(policyPresets).map(({ maxLength }) => maxLength))
    expect(limits.password).toBeGreaterThan(longest)
    expect(limits.email).toBeGreaterThan(254)
  })
  it('a letter far above every facility’s limit is kept as a draft', () => {
    for (const { name, maxChars } of facilities) expect(limits.body, name).toBeGreaterThan(10 * maxChars)
  })
  it('the longest letter in Latin letters fits through the door, quotes and line ends counted double', () => {
    expect(2 * limits.body).toBeLessThanOrEqual(limits.payloadBytes)
  })
})

describe('commands', () => {
  const all = Object.entries(commands) as [CommandName, (typeof commands)[CommandName]][]

  it('take one strict object: a field too many is refused, in patches and cards too', () => {
    for (const [name, { input }] of all) {
      expect(input.safeParse([]).success, name).toBe(false)
      expect(input.safeParse('').success, name).toBe(false)
      const answer = input.safeParse({ 'no-such-field': 1 })
      expect(answer.success, name).toBe(false)
      if (!answer.success) expect(answer.error.issues.some(({ code }) => code === 'unrecognized_keys'), name).toBe(true)
    }
    const card = { number: '', expiry: '', securityCode: '', name: '' }
    const billing = { street: '', city: '', state: '', zip: '' }
    expect(commands['stamps.purchase'].input.safeParse({ ticket: 't', card, billing }).success).toBe(true)
    expect(commands['stamps.purchase'].input.safeParse({ ticket: 't', card: { ...card, pin: '1' }, billing }).success).toBe(false)
    expect(commands['drafts.save'].input.safeParse({ draftId: 'd', baseRevision: 0, patch: { state: 'sent' } }).success).toBe(false)
  })

  it('no price, no account and no time of a window is ever asked for; only a coordinator, and the start screen, name an account', () => {
    const naming = all.filter(([, { input }]) => Object.keys(input.shape).includes('accountId')).map(([name]) => name)
    expect(naming.filter((name) => !name.startsWith('coordinator.'))).toEqual(['accounts.forget'])
    const fields = all.filter(([name]) => !naming.includes(name)).flatMap(([, { input }]) => Object.keys(input.shape))
    for (const field of ['accountId', 'stamps', 'cents', 'price', 'now', 'at', 'key', 'confirmed', 'path', 'file']) expect(fields).not.toContain(field)
  })

  it('spending asks for a ticket alone', () => {
    expect(Object.keys(commands['letters.send'].input.shape)).toEqual(['ticket'])
    expect(Object.keys(commands['stamps.purchase'].input.shape)).toEqual(['ticket', 'card', 'billing'])
  })

  it('an empty text replaces a written one only when that is said', () => {
    expect(commands['drafts.save'].input.parse({ draftId: 'd', baseRevision: 0, patch: {} })).toMatchObject({ allowEmpty: false })
  })
})
