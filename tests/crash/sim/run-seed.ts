/** One seed: a life of 200 steps, judged after each, then an hour of good weather. The same seed leaves the same trace. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { drawSteps, type Step } from './draw-steps'
import { createOracle } from './oracle'
import { mailboxOf, type Person } from './people'
import type { Desk } from './desk'
import { doStep, drain } from './steps'
import { createWorld } from './world'

export type Template = { readonly folder: string; readonly people: readonly Person[] }

export type SeedResult = {
  readonly seed: number
  /** Null when all was well. */
  readonly violation: string | null
  /** After which step. */
  readonly at: number
  readonly trace: string
  readonly stops: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Record<string, number>>
  readonly size: { readonly exchanges: number; readonly points: number; readonly lives: number }
}

let runs = 0

/** @param steps the seed's own, or fewer of them (shrinking) */
export const runSeed = async (seed: number, template: Template, root: string, steps: readonly Step[] = drawSteps(seed, 200)): Promise<SeedResult> => {
  const place = join(root, `run-${runs++}`)
  const world = createWorld({ root: place, template: template.folder, seed })
  const oracles = template.people.map((person) => createOracle(person))
  const desk: Desk = { world, people: template.people, oracles, who: 0, copies: [] }
  const trace = createHash('sha256')
  const outcomes = new Map<string, number>()
  oracles.forEach((oracle) => {
    oracle.told().buys = 1
  })

  /** @param files also I17, which walks the whole mailbox; @param everything and the service's file */
  const judge = (files: boolean, everything = false): string | null => {
    if (world.bugs.length > 0) return `a bug: ${world.bugs[0] ?? ''}`
    if (!world.isAlive()) return null
    const service = world.disk().connection('service.db')
    if (service === null) return null
    for (const [index, oracle] of oracles.entries()) {
      const person = template.people[index]
      const mailbox = person === undefined ? null : world.disk().connection(mailboxOf(person))
      const found = oracle.judge(mailbox, service) ?? (files ? ((mailbox === null ? null : oracle.judgePhotos(mailbox)) ?? oracle.judgeFiles(mailbox, everything && index === 0 ? service : null)) : null)
      if (found !== null) return found
    }
    return null
  }
  const judgeEnd = (): string | null => {
    const person = template.people[desk.who]
    const service = world.disk().connection('service.db')
    const mailbox = person === undefined ? null : world.disk().connection(mailboxOf(person))
    return mailbox === null || service === null ? 'I18: no mailbox is open' : (judge(false) ?? oracles[desk.who]?.judgeEnd(mailbox, service) ?? null)
  }

  let violation: string | null = null
  let at = 0
  try {
    await world.start()
    for (const step of steps) {
      const lives = world.lives()
      const outcome = await doStep(desk, step)
      outcomes.set(`${step.kind}: ${outcome}`, (outcomes.get(`${step.kind}: ${outcome}`) ?? 0) + 1)
      trace.update(`${step.kind} ${outcome} ${world.time.uptime()} ${world.points()} ${world.sky.exchanges}\n`)
      violation = judge(world.lives() !== lives)
      if (violation !== null) break
      at += 1
    }
    violation ??= (await drain(desk, judgeEnd)) ?? judge(true, true)
    trace.update(`end ${world.time.uptime()} ${world.points()}`)
  } catch (error) {
    violation = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  world.stopNow('crash')
  world.destroy()
  rmSync(place, { recursive: true, force: true })
  return {
    seed,
    violation,
    at,
    trace: trace.digest('hex').slice(0, 16),
    stops: { ...world.stops, ...Object.fromEntries(world.stoppedAt) },
    faults: Object.fromEntries(world.sky.fired),
    outcomes: Object.fromEntries(outcomes),
    size: { exchanges: world.sky.exchanges, points: world.points(), lives: world.lives() }
  }
}

/** What a violation is about, without the ids in it. */
export const kindOf = (violation: string): string => violation.split('\n')[0]?.slice(0, 40) ?? ''

/** Leaves out as many steps as possible, by halves and smaller, as long as the same thing still goes wrong. */
export const shrink = async (seed: number, violation: string, template: Template, root: string): Promise<readonly Step[]> => {
  let steps = drawSteps(seed, 200)
  const wanted = kindOf(violation).slice(0, 12)
  for (let size = steps.length >> 1; size >= 1; size >>= 1) {
    for (let from = 0; from < steps.length; ) {
      const fewer = [...steps.slice(0, from), ...steps.slice(from + size)]
      const result = await runSeed(seed, template, root, fewer)
      if (result.violation !== null && kindOf(result.violation).startsWith(wanted)) steps = fewer
      else from += size
    }
  }
  return steps
}
