/** One flow: its points are counted, then it is killed at each of them, judged, started again and judged again. */
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChildProcess } from '../support/child'
import { createJudge } from '../support/judge'
import type { Program } from '../support/program'
import { startAgain } from '../volunteer/start-again'
import type { Fact } from '../volunteer/facts'
import { countUnder, killUnder, readTrace, type Point } from './trace'

export type Flow = {
  readonly name: string
  /** What the child runs on; every run has a copy of its own. */
  readonly before: string
  readonly accountId: string
  /** Arguments that make this program's child run the flow. */
  readonly args: readonly string[]
  /** Files in the middle of a change have names of their own: judged only after the app has started again. */
  readonly onlyAfterStart?: boolean
  /** Only points at these files, given without their folder. */
  readonly only?: RegExp
  /** What must hold of the files as the kill left them, where the judge's own questions cannot be asked yet. */
  readonly midway?: (folder: string) => Promise<readonly string[]>
  /** What must hold beyond the judge's own questions, after the app has started again. @param facts what the child had told */
  readonly alsoHolds?: (folder: string, facts: readonly Fact[]) => Promise<readonly string[]>
  /** What had been told before the flow began. */
  readonly known?: readonly Fact[]
}

const lanes = 2

/** @param share 1 for every point; 5 for each fifth. @param first stop at the first finding */
export const killAtPoints = async (program: Program, root: string, flow: Flow, share: number, first: boolean): Promise<number> => {
  const counted = await countPoints(program, root, flow)
  if (counted === null) return 0
  const chosen = counted.points.filter((_, index) => index % share === program.seed % share)
  const kinds = [...new Set(counted.points.map(({ call }) => call))].map((call) => `${counted.points.filter((point) => point.call === call).length} ${call}`)
  program.say(`  ${flow.name}: ${counted.points.length} points (${kinds.join(', ')}); killed at ${chosen.length}`)
  let next = 0
  let found = false
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      // The path counts: another one can make another log of the same length, but not other writes.
      const folder = join(root, `${flow.name}-${lane}`)
      for (let point = chosen[next++]; point !== undefined; point = chosen[next++]) {
        rmSync(folder, { recursive: true, force: true })
        cpSync(flow.before, folder, { recursive: true })
        const problems = await killAt(flow, folder, point, counted.paths.map((path) => join(folder, path)))
        problems.forEach((problem) => program.failed(`${flow.name}, killed at ${point.call} ${point.when} (${point.what}): ${problem}`, `${flow.name} ${problem.replace(/[0-9a-f-]{20,}|\d+/gu, 'N')}`))
        if (problems.length === 0) program.passed()
        else found = true
        if (found && first) break
      }
      rmSync(folder, { recursive: true, force: true })
    })
  )
  return chosen.length
}

const countPoints = async (program: Program, root: string, flow: Flow): Promise<{ readonly points: readonly Point[]; readonly paths: readonly string[] } | null> => {
  const folder = join(root, `${flow.name}-count`)
  cpSync(flow.before, folder, { recursive: true })
  const log = join(root, `${flow.name}.trace`)
  const ended = await runChildProcess({ args: [...flow.args, `--profile=${folder}`], under: countUnder(log) })
  const whole = ended.facts.some((fact) => fact.t === 'mark' && fact.name === 'end')
  program.check(whole, () => `${flow.name}: the run without a kill did not come to its end: ${JSON.stringify(ended.facts.filter(({ t }) => t === 'bug'))} ${ended.said}`)
  if (!whole) return null
  const trace = readTrace(log, folder)
  const points = trace.points.filter(({ path }) => flow.only?.test(path) ?? true)
  program.check(points.length >= 10, () => `${flow.name}: only ${points.length} writes were seen`)
  const judge = createJudge(flow.accountId)
  judge.learn([...(flow.known ?? []), ...ended.facts])
  const asItLies = flow.onlyAfterStart === true ? [] : await judge.judge(folder)
  const problems = [...asItLies, ...(await startAgain(folder, judge.memory.passwords())), ...(await judge.judge(folder, true)), ...((await flow.alsoHolds?.(folder, ended.facts)) ?? [])]
  program.check(problems.length === 0, () => `${flow.name}, without a kill: ${problems.join('; ')}`)
  rmSync(folder, { recursive: true, force: true })
  return { points, paths: trace.paths.map((path) => path.slice(folder.length)) }
}

const killAt = async (flow: Flow, folder: string, point: Point, paths: readonly string[]): Promise<readonly string[]> => {
  const ended = await runChildProcess({ args: [...flow.args, `--profile=${folder}`], under: killUnder(point, paths) })
  // The tracer ends as its child did; nobody else sends this signal.
  if (ended.signal !== 'SIGKILL') return [`the kill did not fire (code ${ended.code}): ${ended.said}`]
  if (!began(ended.facts)) return ['the kill fired before the flow began']
  const judge = createJudge(flow.accountId)
  judge.learn([...(flow.known ?? []), ...ended.facts])
  const midway = [...(flow.onlyAfterStart === true ? [] : await judge.judge(folder)), ...((await flow.midway?.(folder)) ?? [])]
  if (midway.length > 0) return midway
  const problems = await startAgain(folder, judge.memory.passwords())
  if (problems.length > 0) return problems.map((problem) => `started again: ${problem}`)
  if (!existsSync(folder)) return ['the folder is gone']
  return [...(await judge.judge(folder, true)).map((problem) => `after the start: ${problem}`), ...((await flow.alsoHolds?.(folder, ended.facts)) ?? [])]
}

const began = (facts: readonly Fact[]): boolean => facts.some((fact) => fact.t === 'mark' && fact.name === 'begin') && !facts.some((fact) => fact.t === 'mark' && fact.name === 'end')
