/** Payloads made from the contract's own schemas: right, or wrong in one place; their values are real ids, passwords and traps. */
import { commands, type CommandName } from '../../../src-main/contract/commands'
import type { SeededNumbers } from '../support/seeded-numbers'

/** What is read of a zod schema here. */
type Schema = {
  readonly def: {
    readonly type: string
    readonly shape?: Readonly<Record<string, Schema>>
    readonly items?: readonly Schema[]
    readonly element?: Schema
    readonly innerType?: Schema
    readonly entries?: Readonly<Record<string, string>>
  }
  readonly maxLength?: number | null
  readonly minValue?: number | null
  readonly maxValue?: number | null
}

/** Values a field of this name may well have in real life. */
export type Hints = Readonly<Record<string, readonly unknown[]>>

export type NearValid = { readonly payload: unknown; /** Something stands in it that no schema knows. */ readonly mustBeRefused: boolean }

const hostile: readonly string[] = [
  '',
  ' ',
  "' OR 1=1--",
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '\u202e txet',
  '%',
  '_',
  '*',
  '"',
  'NEAR(',
  '<img src=x onerror=alert(1)>',
  'é'.normalize('NFD'),
  '😀'.repeat(20),
  'A'.repeat(64),
  '0'.repeat(20)
]
const wrongTypes: readonly unknown[] = [null, undefined, 1, -1, 1.5, 1e309, NaN, true, '', 'x', [], {}, [null], { toString: 1 }]

const textFor = (field: string, schema: Schema, hints: Hints, random: SeededNumbers): unknown => {
  const known = hints[field]
  const dice = random.number()
  if (known !== undefined && dice < 0.8) return random.pick(known)
  if (dice < 0.95) return random.pick(hostile)
  const longest = schema.maxLength ?? 100
  return random.letters(1).repeat(random.pick([1, longest, longest + 1]))
}

const numberFor = (field: string, schema: Schema, hints: Hints, random: SeededNumbers): unknown => {
  const known = hints[field]
  if (known !== undefined && random.number() < 0.8) return random.pick(known)
  const least = schema.minValue ?? 0
  const most = schema.maxValue ?? 100
  return random.pick([least, most, least - 1, most + 1, (least + most) / 2, 0, -0, 1e9, 2 ** 53])
}

const valueFor = (field: string, schema: Schema, hints: Hints, random: SeededNumbers): unknown => {
  const { def } = schema
  switch (def.type) {
    case 'object':
      return recordFor(schema, hints, random)
    case 'tuple':
      return (def.items ?? []).map((item) => valueFor(field, item, hints, random))
    case 'array':
      return def.element === undefined ? [] : Array.from({ length: random.below(4) }, () => valueFor(field, def.element as Schema, hints, random))
    case 'nullable':
      return random.number() < 0.2 ? null : valueFor(field, def.innerType as Schema, hints, random)
    case 'optional':
    case 'default':
      return random.number() < 0.3 ? undefined : valueFor(field, def.innerType as Schema, hints, random)
    case 'enum':
      return random.pick(Object.values(def.entries ?? {}))
    case 'boolean':
      return random.number() < 0.5
    case 'number':
      return numberFor(field, schema, hints, random)
    case 'string':
      return textFor(field, schema, hints, random)
    default:
      throw new Error(`a schema of type ${def.type}: teach the generator about it`)
  }
}

const recordFor = (schema: Schema, hints: Hints, random: SeededNumbers): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schema.def.shape ?? {}).flatMap(([field, inner]) => {
      const value = valueFor(field, inner, hints, random)
      return value === undefined ? [] : [[field, value]]
    })
  )

/** One thing made wrong. */
const spoil = (payload: Record<string, unknown>, random: SeededNumbers): NearValid => {
  const fields = Object.keys(payload)
  const field = fields.length === 0 ? 'page' : random.pick(fields)
  switch (random.below(7)) {
    case 0:
      return { payload: { ...payload, [random.pick(['extra', 'accountId2', 'constructor', 'toString'])]: 1 }, mustBeRefused: true }
    case 1:
      return { payload: JSON.parse(JSON.stringify({ ...payload }).replace(/^\{/, '{"__proto__":{"polluted":1}' + (fields.length === 0 ? '' : ','))) as unknown, mustBeRefused: true }
    case 2:
      return { payload: Object.fromEntries(Object.entries(payload).filter(([name]) => name !== field)), mustBeRefused: false }
    case 3:
      return { payload: { ...payload, [field]: random.pick(wrongTypes) }, mustBeRefused: false }
    case 4:
      return { payload: [payload], mustBeRefused: true }
    case 5:
      return { payload: { ...payload, [field]: Array.from({ length: 4 }, () => payload[field]) }, mustBeRefused: false }
    default:
      return { payload: Object.assign(Object.create({ inherited: 1 }) as object, payload), mustBeRefused: true }
  }
}

/** @returns one payload for the command: three in five fit its schema */
export const nearValid = (name: CommandName, hints: Hints, random: SeededNumbers): NearValid => {
  const whole = recordFor(commands[name].input as unknown as Schema, hints, random)
  return random.number() < 0.6 ? { payload: whole, mustBeRefused: false } : spoil(whole, random)
}
