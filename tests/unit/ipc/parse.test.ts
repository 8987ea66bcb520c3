import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { commands, type CommandName } from '@contract/commands'
import { limits } from '@contract/limits'
import { parsePayload } from '../../../src-main/ipc/parse'
import { commandNames, nearlyValidPayload, schemaOf, validPayload } from '../../support/payloads'

const before = Object.getOwnPropertyNames(Object.prototype).sort()
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

const deep = (levels: number): unknown => {
  let value: unknown = {}
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}
const cyclic = (): unknown => {
  const value: Record<string, unknown> = {}
  value['self'] = value
  return value
}
const sparse = (): unknown => {
  const list: unknown[] = []
  list[3] = 1
  return list
}
class Letter {
  readonly draftId = 'a'
}

/** bad-inputs.md, IPC, as payloads for a command with one text field. */
const badForOpen: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['a text', 'draft'],
  ['true', true],
  ['a list', []],
  ['a list of the right thing', [{ draftId: 'a' }]],
  ['no field', {}],
  ['an extra field', { draftId: 'a', extra: 1 }],
  ['a number for text', { draftId: 1 }],
  ['null for text', { draftId: null }],
  ['an object for text', { draftId: {} }],
  ['a list for text', { draftId: ['a'] }],
  ['an empty id', { draftId: '' }],
  ['an id too long', { draftId: 'a'.repeat(limits.id + 1) }],
  ['NaN', { draftId: NaN }],
  ['Infinity', { draftId: 1e309 }],
  ['a BigInt', { draftId: 1n }],
  ['a symbol', { draftId: Symbol('a') }],
  ['a function', { draftId: () => 'a' }],
  ['a Date', { draftId: new Date(0) }],
  ['a Date as payload', new Date(0)],
  ['a Map', new Map([['draftId', 'a']])],
  ['a Set', new Set(['a'])],
  ['a regular expression', /a/],
  ['an Error', new Error('a')],
  ['a typed array', new Uint8Array(3)],
  ['a Buffer', Buffer.from('a')],
  ['a String object', new String('a')],
  ['a promise', Promise.resolve({ draftId: 'a' })],
  ['an instance of a class', new Letter()],
  ['cyclic', cyclic()],
  ['100 deep', deep(100)],
  ['100,000 deep', deep(100_000)],
  ['a sparse list', sparse()],
  ['3 MB', { draftId: 'a'.repeat(3 * 1024 * 1024) }],
  ['an own __proto__', JSON.parse('{"draftId":"a","__proto__":{"polluted":true}}')],
  ['an own constructor', JSON.parse('{"draftId":"a","constructor":{"prototype":{"polluted":true}}}')],
  ['an own toString', { draftId: 'a', toString: 'a' }],
  ['an inherited field', Object.create({ draftId: 'a' })],
  ['a getter that throws', Object.defineProperty({}, 'draftId', { enumerable: true, get: () => { throw new Error('no') } })],
  ['a Proxy that throws', new Proxy({ draftId: 'a' }, { ownKeys: () => { throw new Error('no') } })],
  ['a toJSON that lies', { draftId: 'a', toJSON: () => ({ draftId: 'b' }) }]
]

const badFields: readonly (readonly [string, CommandName, unknown])[] = [
  ['-0', 'stamps.receipts', { page: -0 }],
  ['a negative page', 'stamps.receipts', { page: -1 }],
  ['half a page', 'stamps.receipts', { page: 0.5 }],
  ['NaN for a page', 'stamps.receipts', { page: NaN }],
  ['a page of 1e9', 'stamps.receipts', { page: 1e9 }],
  ['0 rows', 'letters.sent', { pageSize: 0 }],
  ['-1 rows', 'letters.sent', { pageSize: -1 }],
  ['1e9 rows', 'letters.sent', { pageSize: 1e9 }],
  ['text for a number', 'letters.sent', { page: '1' }],
  ['a theme that is none', 'settings.set', { theme: 'pink' }],
  ['a path for a theme', 'settings.set', { theme: '../../x' }],
  ['a text size of 0', 'settings.set', { textSize: 0 }],
  ['a text size of 1e9', 'settings.set', { textSize: 1e9 }],
  ['a negative revision', 'letters.quote', { draftId: 'a', revision: -1 }],
  ['a revision of Infinity', 'letters.quote', { draftId: 'a', revision: Infinity }],
  ['a body too long', 'drafts.save', { draftId: 'a', baseRevision: 0, patch: { body: 'a'.repeat(limits.body + 1) } }],
  ['an unknown field of a draft', 'drafts.save', { draftId: 'a', baseRevision: 0, patch: { state: 'sent' } }],
  ['a list for a patch', 'drafts.save', { draftId: 'a', baseRevision: 0, patch: [] }],
  ['two questions', 'accounts.create', { questions: [{}, {}] }],
  ['a chance above 1', 'practice.set', { faults: { dropRequest: 1.1 } }],
  ['an unknown fault', 'practice.set', { faults: { meteor: 1 } }],
  ['a wait without an end', 'practice.set', { latencyMs: [0, 1e12] }],
  ['three times', 'practice.set', { latencyMs: [0, 0, 0] }],
  ['0 hours', 'practice.fastForward', { hours: 0 }],
  ['hours back', 'practice.fastForward', { hours: -24 }],
  ['a price in the ticket', 'letters.send', { ticket: 'a', stamps: 0 }],
  ['a payload where none belongs', 'app.state', { a: 1 }],
  ['an empty Map where none belongs', 'app.state', new Map()],
  ['an empty Date where none belongs', 'app.state', new Date(0)]
]

describe('a payload that does not fit is refused', () => {
  it.each(badForOpen)('%s', (_what, payload) => {
    expect(parsePayload('drafts.open', payload)).toBeNull()
  })
  it.each(badFields)('%s (%s)', (_what, name, payload) => {
    expect(parsePayload(name, payload)).toBeNull()
  })
})

describe('a payload that fits', () => {
  it('is handed on as a value of its own, with what may be left out filled in', () => {
    const payload = { draftId: 'a', baseRevision: 3, patch: { body: 'Dear Daniel' } }
    const input = parsePayload('drafts.save', payload)
    expect(input).toEqual({ ...payload, allowEmpty: false, lossAnswered: false, keepEarlier: false })
    expect(input).not.toBe(payload)
    payload.patch.body = 'changed afterwards'
    expect(input?.patch.body).toBe('Dear Daniel')
  })
  it('may be as large as its limits', () => {
    expect(parsePayload('drafts.save', { draftId: 'a', baseRevision: 0, patch: { body: 'a'.repeat(limits.body) } })).not.toBeNull()
    expect(parsePayload('accounts.signIn', { email: 'a'.repeat(limits.email), password: 'b'.repeat(limits.password) })).not.toBeNull()
  })
  it.each(['\0', '\uD800', '\u202E', "'; DROP TABLE letter; --", '../../x', '<script>'])('text is text: %j goes on as it is', (draftId) => {
    expect(parsePayload('drafts.open', { draftId })).toEqual({ draftId })
  })
  it('is counted in bytes, not in characters', () => {
    const patch = { body: '☧'.repeat(limits.body) }
    expect(Buffer.byteLength(JSON.stringify(patch))).toBeGreaterThan(limits.payloadBytes)
    expect(parsePayload('drafts.save', { draftId: 'a', baseRevision: 0, patch })).toBeNull()
  })
})

describe.each(commandNames)('%s', (name) => {
  const keys = Object.keys(schemaOf(name).properties ?? {})

  it('takes every payload of its schema, and gives a plain value with its own fields alone', () => {
    fc.assert(
      fc.property(validPayload(name), (payload) => {
        const input = parsePayload(name, payload)
        expect(input).not.toBeNull()
        expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
        expect(Object.keys(input ?? {}).filter((key) => !keys.includes(key))).toEqual([])
        // Reading it again changes nothing.
        expect(parsePayload(name, input)).toEqual(input)
      }),
      { numRuns: 100 }
    )
  })

  it('refuses a payload with one thing wrong', () => {
    fc.assert(
      fc.property(nearlyValidPayload(name), (payload) => {
        expect(parsePayload(name, payload)).toBeNull()
      }),
      { numRuns: 300 }
    )
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withSparseArray: true, withTypedArray: true }), (payload) => {
        const input = parsePayload(name, payload)
        if (input !== null) expect(commands[name].input.safeParse(input).success).toBe(true)
      }),
      { numRuns: 300 }
    )
  })
})
