/** Records one working life write by write, then takes the power away at many of its moments and judges what the disk has kept. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChildProcess } from '../support/child'
import { createJudge } from '../support/judge'
import type { Program } from '../support/program'
import type { SeededNumbers } from '../support/seeded-numbers'
import { startAgain } from '../volunteer/start-again'
import { createQuickTime } from '../volunteer/quick-time'
import { copyTemplate, type Template } from '../volunteer/template'
import { judgeChoices } from './choices'
import { createDisk } from './disk'
import { readWriteLog, recordUnder, type Event } from './write-log'

export type Recording = { readonly before: string; readonly events: readonly Event[]; readonly zero: number }

/** @param bundle another build than this one. @returns null when the life did not come to its end */
export const record = async (program: Program, template: Template, root: string, name: string, bundle?: string): Promise<Recording | null> => {
  const folder = copyTemplate(template, root, `${name}-run`)
  const before = copyTemplate(template, root, `${name}-before`)
  const log = join(root, `${name}.trace`)
  const zero = Date.now()
  const ended = await runChildProcess({ args: ['--child=record', `--profile=${folder}`, `--life=${name}`, `--seed=${program.seed}`, `--zero=${zero}`], under: recordUnder(log), ...(bundle === undefined ? {} : { bundle }) })
  const events = readWriteLog(log, folder)
  rmSync(log)
  rmSync(folder, { recursive: true, force: true })
  const whole = ended.facts.some((fact) => fact.t === 'mark' && fact.name === 'closed')
  program.check(whole, () => `${name}: the recorded life did not come to its end: ${JSON.stringify(ended.facts.filter(({ t }) => t === 'bug'))} ${ended.said.slice(0, 500)}`)
  const told = events.filter(({ kind }) => kind === 'told').length
  program.check(told === ended.facts.length, () => `${name}: ${ended.facts.length} facts were told, ${told} are in the log`)
  return whole ? { before, events, zero } : null
}

export type Cuts = { readonly cut: number; readonly lostWrites: number; readonly problems: readonly string[]; readonly unflushed: number }

/**
 * @param often how many cuts
 * @param startEach after each so many cuts the app starts again as well, and everything has to arrive
 * @param enough ends early when it says so
 */
export const cutPower = async (
  recording: Recording,
  accountId: string,
  root: string,
  random: SeededNumbers,
  often: number,
  startEach: number,
  enough: (problems: readonly string[]) => boolean
): Promise<Cuts> => {
  const { before, events, zero } = recording
  const disk = createDisk(before)
  const judge = createJudge(accountId)
  const moments = Array.from({ length: often }, () => 1 + random.below(events.length)).sort((one, other) => one - other)
  const problems: string[] = []
  let [cut, lostWrites, unflushed, at] = [0, 0, 0, 0]
  for (const moment of moments) {
    for (; at < moment; at += 1) {
      const event = events[at]
      if (event === undefined) break
      disk.take(event)
      if (event.kind === 'told') judge.learn([event.fact])
    }
    const folder = mkdtempSync(join(root, 'cut-'))
    const lost = disk.cut(folder, random)
    lostWrites += lost
    unflushed += lost > 0 ? 1 : 0
    cut += 1
    // What another cut has kept, this one may have lost: only what was told counts for all.
    const own = judge.fork()
    const found = [...(await own.judge(folder)), ...judgeChoices(folder, own.memory)]
    if (found.length === 0 && cut % startEach === 0) {
      found.push(...(await startAgain(folder, own.memory.passwords(), { dice: `after cut ${cut}`, time: createQuickTime(zero, 60) })))
      if (found.length === 0) found.push(...(await own.judge(folder, true)))
    }
    rmSync(folder, { recursive: true, force: true })
    problems.push(...found.map((problem) => `cut at ${moment} of ${events.length}: ${problem}`))
    if (enough(problems)) break
  }
  return { cut, lostWrites, unflushed, problems }
}
