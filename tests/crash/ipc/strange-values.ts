/** Whatever a broken or forged window could hand over, without regard for any schema. */
import fc from 'fast-check'

const cyclic = (): unknown => {
  const one: Record<string, unknown> = { draftId: 'x' }
  one['self'] = one
  return one
}
const deep = (levels: number): unknown => {
  let value: unknown = 'end'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { value } : [value]
  return value
}
class Account {
  readonly accountId = 'A-1'
}
const throwing = new Proxy({}, {
  get: () => {
    throw new Error('a trap')
  },
  ownKeys: () => {
    throw new Error('a trap')
  }
})
/** Answers once as one thing and then as another. */
const changing = (): unknown => {
  let asked = 0
  return {
    get draftId(): unknown {
      asked += 1
      if (asked > 1) throw new Error('asked twice')
      return 'x'
    }
  }
}
const sparse = (): unknown => {
  const list: unknown[] = []
  list[50] = 1
  return list
}

const oddities: readonly (() => unknown)[] = [
  cyclic,
  () => deep(100),
  () => deep(20_000),
  changing,
  sparse,
  () => throwing,
  () => new Proxy({}, {}),
  () => (): string => 'a function',
  () => Symbol('a symbol'),
  () => Promise.resolve({}),
  () => new Account(),
  () => new Date(0),
  () => new Date(NaN),
  () => new Map([['draftId', 'x']]),
  () => new Set(['x']),
  () => new Uint8Array(8),
  () => new ArrayBuffer(8),
  () => new Error('an error'),
  () => /x/,
  () => Object.create({ draftId: 'inherited' }) as unknown,
  () => ({ toJSON: () => ({}) }),
  () => JSON.parse('{"__proto__":{"polluted":1}}') as unknown,
  () => JSON.parse('{"constructor":{"prototype":{"polluted":1}}}') as unknown,
  () => NaN,
  () => 1e309,
  () => -0,
  () => 10n,
  () => undefined,
  () => null,
  () => '',
  () => '{}',
  () => '\ud800',
  () => []
]
/** Far above the cap at the door; made once, because each costs. */
const huge = { body: 'x'.repeat(3 * 1024 * 1024) }

const keys = fc.oneof({ weight: 4, arbitrary: fc.string({ maxLength: 12 }) }, fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'draftId', 'page'))

const anything = fc.anything({
  key: keys,
  maxDepth: 3,
  maxKeys: 6,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true
})

/** @returns so many values, the same for the same seed; one in a hundred is larger than the door lets in */
export const strangeValues = (seed: number, count: number): readonly unknown[] =>
  fc.sample(
    fc.oneof(
      { weight: 60, arbitrary: anything },
      { weight: 39, arbitrary: fc.nat(oddities.length - 1).map((index) => oddities[index]?.()) },
      { weight: 1, arbitrary: fc.constant(huge) }
    ),
    { seed, numRuns: count }
  )

/** Only what JSON itself can say at the top: what the door may let in at all. */
export const isPlainRecord = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
