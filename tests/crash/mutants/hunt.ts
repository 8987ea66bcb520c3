/** Runs a program with a bug planted, until it finds something. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Program } from '../support/program'
import { buildPlanted } from '../support/planted'
import type { Bug } from './bugs'

export type Hunt = { readonly found: string | null; readonly lastLine: string; readonly seconds: number }

/** How much a program may need: 200 kills or cuts of the power, 1,000 seeds. `points` has some hundreds in a flow and tries every second. */
const most = { kill: 200, powercut: 200, points: 2, pragma: 1, sim: 1_000 } as const
/** How much it has to pass without any bug. */
const control = { kill: [24, 60], powercut: [20, 50], points: [30, 6], pragma: [1, 1], sim: [6, 40] } as const

/** @param bug null: the control, without a bug */
export const hunt = async (program: Program, by: Bug['foundBy'], bug: Bug | null): Promise<Hunt> => {
  const count = bug === null ? control[by][program.long ? 1 : 0] : most[by]
  const bundle = await buildPlanted(by, bug?.name ?? 'control', bug?.changes ?? [])
  const started = Date.now()
  const args = [`--seed=${program.seed}`, `--count=${count}`, '--first', '--unplanted=yes', `--flow=${bug?.flow ?? 'send'}`, '--jobs=2']
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let found: string | null = null
  let lastLine = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (found === null && line.startsWith('FAILED ') && (bug?.byTheJudge !== true || judged.test(line))) found = line.replace(/^FAILED SEED=\d+ COMMIT=\S+ /u, '')
    if (line.trim() !== '') lastLine = line
  }
  return { found, lastLine, seconds: (Date.now() - started) / 1000 }
}

/** What a program says when it has not looked at all; that is no finding. */
const notLooked = /NOT RUN|the program itself ended early|hardly anything|did nothing/u
/** How a judge begins who has looked at the files: the moment in rel:kill, the broken invariant in rel:sim. */
const judged = /, after (?:kill \d+|everything was sent): |after step \d+: I\d+: /u

export const judgeHunt = (program: Program, bug: Bug | null, { found, lastLine, seconds }: Hunt): void => {
  const counted = /^\d+ passed, \d+ failed$/u.test(lastLine)
  if (bug === null) {
    program.check(found === null && counted, () => `the control, without any bug, has failed: ${found ?? lastLine}`)
    program.say(`  control: ${lastLine} (${seconds.toFixed(1)} s)`)
    return
  }
  const caught = found !== null && counted && !notLooked.test(found)
  program.check(caught, () => `${bug.name} survives (${bug.says}): ${found ?? lastLine}`)
  if (caught) program.say(`  ${bug.name}: rel:${bug.foundBy}, ${lastLine} (${seconds.toFixed(1)} s): ${(found ?? '').slice(0, 150)}`)
}
