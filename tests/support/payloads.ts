/** Makes payloads for any command out of its own schema: right ones, and right ones with one thing wrong. */
import * as fc from 'fast-check'
import * as z from 'zod'
import { commands, type CommandName } from '../../src-main/contract/commands'

type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly prefixItems?: readonly Schema[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export const commandNames = Object.keys(commands) as readonly CommandName[]

/** The schema in JSON Schema's words, which can be walked. */
export const schemaOf = (name: CommandName): Schema => z.toJSONSchema(commands[name].input, { io: 'input' }) as Schema

/** Texts that have hurt somebody somewhere. */
const nastyText = fc.constantFrom('', ' ', '\0', '\uD800', '\uFFFE', '\u202E', '../../etc/passwd', "' OR 1=1--", '<img src=x onerror=alert(1)>', '__proto__', 'constructor', '%00', '𝔘𝔫𝔦', 'a\r\nb', '{"a":1}')

const textFor = ({ minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> =>
  fc.oneof(fc.string({ minLength, maxLength: Math.min(maxLength, 40) }), fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) }), nastyText.filter((text) => text.length >= minLength))

const validFor = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(validFor))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(validFor))
  const { minimum = -1_000_000, maximum = 1_000_000 } = schema
  switch (schema.type) {
    case 'string':
      return textFor(schema)
    case 'integer':
      return fc.integer({ min: Math.max(minimum, -1_000_000), max: Math.min(maximum, 1_000_000) })
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true }).map((value) => value + 0)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(validFor(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: schema.maxItems ?? 10 })
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, validFor(part)])), { requiredKeys: [...(schema.required ?? [])] })
    default:
      throw new Error(`no payload for ${JSON.stringify(schema)}`)
  }
}

export const validPayload = (name: CommandName): fc.Arbitrary<Record<string, unknown>> => validFor(schemaOf(name)).map((value) => ({ ...(value as Record<string, unknown>) }))

/** Values no field of any command takes. */
const neverRight: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(NaN, Infinity, -Infinity, -0, 1.5e300, 10n, Symbol.for('x'), new Date(0), new Map(), new Set([1]), new Uint8Array(4), /x/, () => 1, [undefined], [[[]]]),
  fc.constantFrom<unknown>({ __proto__: null, a: 1 }, Object.create({ inherited: true }), JSON.parse('{"__proto__":{"polluted":true}}'), JSON.parse('{"constructor":{"prototype":{"polluted":true}}}')),
  fc.array(fc.anything(), { minLength: 5, maxLength: 9 })
)

const foreignKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'toJSON', 'then', 'extra', '', '0')

/** Sets an own property, also where a plain assignment would reach the prototype. */
const withOwn = (target: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> =>
  Object.defineProperty({ ...target }, key, { value, enumerable: true, configurable: true, writable: true })

/** A right payload with one thing wrong: a field of another kind, a field missing, a key too many. */
export const nearlyValidPayload = (name: CommandName): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [] } = schemaOf(name)
  const keys = Object.keys(properties)
  const right = validPayload(name)
  const extraKey = fc.tuple(right, foreignKey.filter((key) => !keys.includes(key)), fc.jsonValue()).map(([payload, key, value]) => withOwn(payload, key, value))
  const wrongKind = keys.length === 0 ? [] : [fc.tuple(right, fc.constantFrom(...keys), neverRight).map(([payload, key, value]) => withOwn(payload, key, value))]
  const missing =
    required.length === 0
      ? []
      : [fc.tuple(right, fc.constantFrom(...required)).map(([payload, key]) => Object.fromEntries(Object.entries(payload).filter(([name_]) => name_ !== key)))]
  return fc.oneof(extraKey, ...wrongKind, ...missing)
}
