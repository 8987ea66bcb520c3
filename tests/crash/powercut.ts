/**
 * rel:powercut. A working life is recorded write by write (strace), with every fact it told; then the power goes at random
 * moments of it: what was not flushed is kept or lost with even chances, in whole or in part (powercut/disk.ts). Every fact told
 * before has to be there, nothing may be corrupt. The same with `synchronous = NORMAL` planted has to lose something, or the
 * program sees nothing. `--count`: cuts.
 */
import { rmSync } from 'node:fs'
import { bugs } from './mutants/bugs'
import { straceIsMissing, straceVersion } from './points/trace'
import { cutPower, record } from './powercut/cuts'
import { recordLife } from './powercut/life'
import { argument } from './support/child'
import { folderInMemory } from './support/folders'
import { buildPlanted } from './support/planted'
import { runProgram } from './support/program'
import { makeTemplate } from './volunteer/template'

/** Cuts on one recording. */
const cutsOfALife = 50

if (argument('child') === 'record') {
  await recordLife(argument('profile') ?? '', argument('life') ?? '', Number(argument('seed')), Number(argument('zero')))
} else {
  await runProgram('powercut', { short: 40, long: 400 }, async (program) => {
    const version = straceVersion()
    if (version === null) return program.failed(straceIsMissing)
    program.say(`  ${version}`)
    const root = folderInMemory('powercut')
    const template = await makeTemplate(`${root}/template`, program.seed)
    let [cuts, lost, unflushed] = [0, 0, 0]
    for (let life = 1; cuts < program.count; life += 1) {
      const recording = await record(program, template, root, `life${life}`)
      if (recording === null) return
      const done = await cutPower(recording, template.accountId, root, program.random, Math.min(cutsOfALife, program.count - cuts), 4, () => false)
      done.problems.forEach((problem) => program.failed(`life ${life}, ${problem}`, problem.replace(/[0-9a-f-]{20,}|\d+/gu, 'N')))
      program.passed(done.cut - new Set(done.problems.map((problem) => problem.split(':')[0])).size)
      ;[cuts, lost, unflushed] = [cuts + done.cut, lost + done.lostWrites, unflushed + done.unflushed]
    }
    program.say(`  ${cuts} cuts, ${unflushed} of them with something not flushed: ${lost} writes and names lost`)
    program.check(unflushed >= cuts / 4 && lost > cuts, () => 'the cuts lost hardly anything')
    if (program.option('unplanted') === null) await mustLose(program, template, root)
    rmSync(root, { recursive: true, force: true })
  })
}

/** The driver's own default loses what was confirmed; a program that does not see that sees nothing. */
async function mustLose(program: Parameters<typeof record>[0], template: Parameters<typeof record>[1], root: string): Promise<void> {
  const planted = bugs.find(({ name }) => name === 'synchronous-normal')
  if (planted === undefined) throw new Error('no such bug to plant')
  const bundle = await buildPlanted('powercut', planted.name, planted.changes)
  const recording = await record(program, template, root, 'normal', bundle)
  if (recording === null) return
  const { cut, problems } = await cutPower(recording, template.accountId, root, program.random, 200, Infinity, (found) => found.length > 0)
  program.say(`  with synchronous = NORMAL: ${problems[0] ?? 'nothing lost'} (cut ${cut})`)
  program.check(problems.length > 0, () => `with synchronous = NORMAL, ${cut} cuts lost nothing`)
}
