import { commands, type CommandInput, type CommandName } from '../contract/commands'
import { limits } from '../contract/limits'

/**
 * Reads one payload at the door. Size and kind first, then shape: what is left is a plain value of the command's own schema.
 * @returns the input, or null when it does not fit
 */
export const parsePayload = <N extends CommandName>(name: N, payload: unknown): CommandInput<N> | null => {
  try {
    if (!isPlain(payload, deepest) || !isSmall(payload)) return null
    const parsed = commands[name].input.safeParse(payload)
    return parsed.success ? (parsed.data as CommandInput<N>) : null
  } catch {
    // A value that throws when it is looked at (a getter, a proxy) does not fit either.
    return null
  }
}

/** No command of ours nests deeper; this ends cycles as well. */
const deepest = 8

/**
 * Whether this is what JSON can say and nothing else. A Map, a Date or a typed array is an object too, and would pass
 * for an empty one.
 */
const isPlain = (value: unknown, depth: number): boolean => {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || depth === 0) return false
  if (Array.isArray(value)) return value.length <= longestList && Object.keys(value).length === value.length && value.every((item) => isPlain(item, depth - 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every((item) => isPlain(item, depth - 1))
}

/** No command of ours takes a list of any length. */
const longestList = 1_000

const isSmall = (payload: unknown): boolean => {
  const text = JSON.stringify(payload) as string | undefined
  return text !== undefined && Buffer.byteLength(text) <= limits.payloadBytes
}
