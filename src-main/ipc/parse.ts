import { commands, type CommandInput, type CommandName } from '../contract/commands'
import { limits } from '../contract/limits'

/**
 * Reads one payload at the door. Size first, then shape: what is left is a plain value of the command's own schema.
 * @returns the input, or null when it does not fit
 */
export const parsePayload = <N extends CommandName>(name: N, payload: unknown): CommandInput<N> | null => {
  if (!isPlainAndSmall(payload)) return null
  const parsed = commands[name].input.safeParse(payload)
  return parsed.success ? (parsed.data as CommandInput<N>) : null
}

/** Cyclic, deep, exotic or huge values end here; only what JSON can say goes on. */
const isPlainAndSmall = (payload: unknown): boolean => {
  try {
    const text = JSON.stringify(payload)
    return text !== undefined && text.length <= limits.payloadBytes
  } catch {
    return false
  }
}
