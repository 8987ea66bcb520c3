/** The line's faults as probabilities from 0 to 1 (README.md, Faults). */
export const faultNames = ['dropRequest', 'dropResponse', 'error500', 'error429', 'duplicateResponse', 'malformedResponse'] as const
export type FaultName = (typeof faultNames)[number]
export type Faults = Readonly<Record<FaultName, number>>
export const noFaults: Faults = { dropRequest: 0, dropResponse: 0, error500: 0, error429: 0, duplicateResponse: 0, malformedResponse: 0 }

/** What `--service-config=FILE` may say. Every key may be left out. */
export type ServiceConfig = {
  readonly seed?: number
  readonly clock?: { readonly start?: string; readonly rate?: number }
  readonly robotCheckAnswer?: string
  readonly offline?: boolean
  readonly latencyMs?: readonly [number, number]
  readonly faults?: Partial<Faults>
}

export type ParsedConfig = { readonly ok: true; readonly config: ServiceConfig } | { readonly ok: false; readonly message: string }

type Check = (value: unknown) => string | null

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const numberBetween =
  (low: number, high: number, words: string, whole = false): Check =>
  (value) =>
    typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value)) ? null : words

const chance = numberBetween(0, 1, 'must be a number from 0 to 1')
const latency = numberBetween(0, 60_000, '', true)

const checks: Record<string, Check> = {
  seed: numberBetween(0, 0xffff_ffff, 'must be a whole number from 0 to 4294967295', true),
  'clock.start': (value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? null : 'must be a time like "2026-11-23T15:00:00Z"'),
  'clock.rate': numberBetween(0, 1_000_000, 'must be a number from 0 to 1000000'),
  robotCheckAnswer: (value) => (typeof value === 'string' && /^[A-Z]{1,12}$/.test(value) ? null : 'must be 1 to 12 upper-case letters, like "PSALM"'),
  offline: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  latencyMs: (value) => {
    const fits = Array.isArray(value) && value.length === 2 && value.every((part) => latency(part) === null) && value[0] <= value[1]
    return fits ? null : 'must be two whole numbers of milliseconds up to 60000, the smaller first, like [0, 0]'
  },
  ...Object.fromEntries(faultNames.map((name) => [`faults.${name}`, chance]))
}
const groups = new Set(Object.keys(checks).flatMap((path) => (path.includes('.') ? [path.slice(0, path.indexOf('.'))] : [])))

const firstProblem = (value: Record<string, unknown>, prefix: string): string | null => {
  for (const [key, part] of Object.entries(value)) {
    const path = prefix + key
    if (prefix === '' && groups.has(key)) {
      const problem = isRecord(part) ? firstProblem(part, `${key}.`) : `"${path}" must be an object.`
      if (problem !== null) return problem
      continue
    }
    const check = !key.includes('.') && Object.hasOwn(checks, path) ? checks[path] : undefined
    if (check === undefined) return `Unknown key "${path}" in the service's options.`
    const problem = check(part)
    if (problem !== null) return `"${path}" ${problem}.`
  }
  return null
}

/**
 * Reads the text of `--service-config=FILE`.
 * @returns the options, or one sentence that names the first key that is unknown or wrong
 */
export const parseServiceConfig = (text: string): ParsedConfig => {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, message: "The service's options are not valid JSON." }
  }
  if (!isRecord(value)) return { ok: false, message: "The service's options must be one JSON object." }
  const message = firstProblem(value, '')
  return message === null ? { ok: true, config: value as ServiceConfig } : { ok: false, message }
}
