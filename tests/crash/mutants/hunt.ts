/** Runs a program with a bug planted, until it finds something. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Program } from '../support/program'
import { buildPlanted } from '../support/planted'
import type { Bug } from './bugs'

export type Hunt = { readonly found: string | null; readonly lastLine: string; readonly seconds: number }

/** How much a program may need (issue 4: 200 kills or cuts of the power). `points` has 215 or 332 in a flow and tries every second. */
const most = { kill: 200, powercut: 200, points: 2, pragma: 1 } as const
/** How much it has to pass without any bug. */
const control = { kill: [24, 60], powercut: [20, 50], points: [30, 6], pragma: [1, 1] } as const

/** @param bug null: the control, without a bug */
export const hunt = async (program: Program, by: Bug['foundBy'], bug: Bug | null): Promise<Hunt> => {
  const count = bug === null ? control[by][program.long ? 1 : 0] : most[by]
  const bundle = await buildPlanted(by, bug?.name ?? 'control', bug?.changes ?? [])
  const started = Date.now()
  const args = [`--seed=${program.seed}`, `--count=${count}`, '--first', '--unplanted=yes', `--flow=${bug?.flow ?? 'send'}`]
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let found: string | null = null
  let lastLine = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (found === null && line.startsWith('FAILED ')) found = line.replace(/^FAILED SEED=\d+ COMMIT=\S+ /u, '')
    if (line.trim() !== '') lastLine = line
  }
  return { found, lastLine, seconds: (Date.now() - started) / 1000 }
}

/** What a program says when it has not looked at all; that is no finding. */
const notLooked = /NOT RUN|the program itself ended early|hardly anything|did nothing/u

export const judgeHunt = (program: Program, bug: Bug | null, { found, lastLine, seconds }: Hunt): void => {
  const counted = /^\d+ passed, \d+ failed$/u.test(lastLine)
  if (bug === null) {
    program.check(found === null && counted, () => `the control, without any bug, has failed: ${found ?? lastLine}`)
    program.say(`  control: ${lastLine} (${seconds.toFixed(1)} s)`)
    return
  }
  const caught = found !== null && counted && !notLooked.test(found)
  program.check(caught, () => `${bug.name} survives (${bug.says}): ${found ?? lastLine}`)
  if (caught) program.say(`  ${bug.name}: ${(found ?? '').slice(0, 150)} (${seconds.toFixed(1)} s)`)
}
