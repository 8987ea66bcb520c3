import { commands, type CommandInput, type CommandName } from '../contract/commands'
import { limits } from '../contract/limits'

/**
 * Reads one payload at the door. Size and kind first, then shape: what is left is a plain value of the command's own schema.
 * @returns the input, or null when it does not fit
 */
export const parsePayload = <N extends CommandName>(name: N, payload: unknown): CommandInput<N> | null => {
  try {
    if (!isSmall(payload) || !isPlain(payload)) return null
    const parsed = commands[name].input.safeParse(payload)
    return parsed.success ? (parsed.data as CommandInput<N>) : null
  } catch {
    // Cyclic, too deep, or a value that throws when it is looked at.
    return null
  }
}

const isSmall = (payload: unknown): boolean => {
  const text = JSON.stringify(payload) as string | undefined
  return text !== undefined && Buffer.byteLength(text, 'utf8') <= limits.payloadBytes
}

/** Maps, dates, bytes and their like have no fields of their own, so to a schema they look like an empty record: they end here. */
const isPlain = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint'
  const prototype: unknown = Object.getPrototypeOf(value)
  const ownKind = Array.isArray(value) ? prototype === Array.prototype : prototype === Object.prototype || prototype === null
  return ownKind && Object.values(value).every(isPlain)
}
