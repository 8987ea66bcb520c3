import { inspect } from 'node:util'

/** A payload in one short line, whatever it is. */
export const show = (value: unknown): string => {
  try {
    return inspect(value, { depth: 4, breakLength: Infinity, maxStringLength: 80, maxArrayLength: 10 }).slice(0, 400)
  } catch {
    return 'a value that cannot be shown'
  }
}
