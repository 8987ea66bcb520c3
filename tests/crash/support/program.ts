/** What every reliability program has in common: a seed that is printed first, counts, and one last line that is believed. */
import { seededNumbers, type SeededNumbers } from './seeded-numbers'

export type Program = {
  readonly seed: number
  /** The nightly size. */
  readonly long: boolean
  /** How many cases; the program says of what. */
  readonly count: number
  readonly random: SeededNumbers
  /** The value of a further `--name=value`, or null. */
  readonly option: (name: string) => string | null
  readonly passed: (cases?: number) => void
  /** Notes a failure with everything needed to see it again. @param kind failures of one kind are counted, and the first few shown */
  readonly failed: (what: string, kind?: string) => void
  /** Counts a case; `what` is only made when it fails. */
  readonly check: (holds: boolean, what: () => string) => void
  readonly say: (text: string) => void
}

const mostShown = 40
const mostOfAKind = 2

/**
 * Runs a program to its last line, `N passed, N failed`, and ends the process accordingly. An error nobody caught and a
 * promise nobody waited for are failures, whatever else was counted.
 * @param sizes how many cases, in the short cut of `npm test` and with `--long`
 */
export const runProgram = async (
  name: string,
  sizes: { readonly short: number; readonly long: number },
  work: (program: Program) => Promise<void>
): Promise<void> => {
  const args = process.argv.slice(2)
  const option = (wanted: string): string | null => args.find((arg) => arg.startsWith(`--${wanted}=`))?.slice(wanted.length + 3) ?? null
  const long = args.includes('--long')
  const seed = Number(option('seed') ?? Date.now() % 1_000_000_000)
  const count = Number(option('count') ?? (long ? sizes.long : sizes.short))
  const commit = option('commit') ?? 'unknown'
  const repeat = `npm run rel:${name} -- --seed=${seed}${long ? ' --long' : ''}${option('count') === null ? '' : ` --count=${count}`}`
  let passed = 0
  let failed = 0
  const say = (text: string): void => console.log(text)
  const kinds = new Map<string, number>()
  let shown = 0
  const fail = (what: string, kind = what): void => {
    failed += 1
    const ofKind = (kinds.get(kind) ?? 0) + 1
    kinds.set(kind, ofKind)
    if (ofKind > mostOfAKind || shown >= mostShown) return
    shown += 1
    say(`FAILED SEED=${seed} COMMIT=${commit} ${what}\n       again: ${repeat}`)
  }
  process.on('unhandledRejection', (reason) => fail(`a rejection nobody handled: ${describe(reason)}`))
  process.on('uncaughtException', (error) => fail(`an error nobody caught: ${describe(error)}`))
  const started = Date.now()
  say(`SEED=${seed} COMMIT=${commit} count=${count}`)
  try {
    await work({
      seed,
      long,
      count,
      random: seededNumbers(seed),
      option,
      passed: (cases = 1) => {
        passed += cases
      },
      failed: fail,
      check: (holds, what) => {
        if (holds) passed += 1
        else fail(what())
      },
      say
    })
  } catch (error) {
    fail(`the program itself ended early: ${describe(error)}`)
  }
  // Whatever was rejected in the last turn is still to be heard.
  await new Promise((resolve) => setTimeout(resolve, 50))
  say(`${((Date.now() - started) / 1000).toFixed(1)} s`)
  await new Promise<void>((resolve) => process.stdout.write(`${passed} passed, ${failed} failed\n`, () => resolve()))
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
