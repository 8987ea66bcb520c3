/**
 * rel:points. SIGKILL at every write of each flow: every `fsync`, write, truncation, rename, removal and creation of a file of
 * the profile, one run for each (strace counts and kills). After each the files are judged, the app starts again, everything
 * arrives, and the files are judged again. `--count`: every n-th point (1: all). `--flow=send`: one flow.
 * `--first`: stop at the first finding.
 */
import { rmSync } from 'node:fs'
import { flowNames, isFlow, runFlow } from './points/flows'
import { makeBeforeRestore } from './points/restored'
import { killAtPoints, type Flow } from './points/run'
import { straceIsMissing, straceVersion } from './points/trace'
import { makeOldProfile } from './migrate/old-profile'
import { argument } from './support/child'
import { folderInMemory } from './support/folders'
import { runProgram } from './support/program'
import { makeTemplate } from './volunteer/template'

const asked = argument('child')
if (asked !== undefined && isFlow(asked)) {
  await runFlow(asked, argument('profile') ?? '')
} else {
  await runProgram('points', { short: 24, long: 1 }, async (program) => {
    const version = straceVersion()
    if (version === null) return program.failed(straceIsMissing)
    program.say(`  ${version}`)
    const root = folderInMemory('points')
    const template = await makeTemplate(`${root}/template`, program.seed)
    const old = await makeOldProfile(`${root}/old`, template, { desk: 1, mailbox: 1, service: 1, sealed: false })
    const unrestored = await makeBeforeRestore(`${root}/unrestored`, template)
    const special: Partial<Record<string, Partial<Flow>>> = {
      migrate: { before: old.folder, onlyAfterStart: true, alsoHolds: old.check },
      restore: { before: unrestored.folder, onlyAfterStart: true, known: unrestored.known, alsoHolds: unrestored.check }
    }
    let killed = 0
    for (const name of flowNames.filter((flow) => (program.option('flow') ?? flow) === flow)) {
      const flow = { name, accountId: template.accountId, args: [`--child=${name}`], before: template.folder, ...special[name] }
      killed += await killAtPoints(program, root, flow, program.count, process.argv.includes('--first'))
    }
    if (program.option('flow') === null) program.check(killed >= 40, () => `only ${killed} points were tried`)
    rmSync(root, { recursive: true, force: true })
  })
}
