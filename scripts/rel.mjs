/**
 * The reliability programs: `node scripts/rel.mjs <name> [--long] [--seed=N] [--count=N]`, or `all` (with `npm run rel`).
 * Whatever follows the name is handed on to the program. See scripts/rel/README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { bundlePrograms } from './rel/bundle.mjs'
import { findPrograms, missingRows, plannedRows } from './rel/programs.mjs'
import { commitNow, runProgram } from './rel/run-program.mjs'

const [asked = 'all', ...rest] = process.argv.slice(2)
const resultFile = rest.find((arg) => arg.startsWith('--result-file='))?.slice('--result-file='.length)
const args = rest.filter((arg) => !arg.startsWith('--result-file='))
const programs = findPrograms()
const names = asked === 'all' ? programs : [asked]

if (asked !== 'all' && !programs.includes(asked)) {
  console.error(plannedRows.includes(asked) ? `NOT RUN: rel:${asked} has no program yet` : `Say which: ${programs.join(', ')}, all`)
  process.exitCode = 2
} else {
  await bundlePrograms(names)
  const commit = commitNow()
  const parts = []
  for (const name of names) {
    const started = Date.now()
    console.log(`\nrel:${name}`)
    parts.push({ name, ...(await runProgram(name, args, commit)), seconds: (Date.now() - started) / 1000 })
  }
  if (resultFile !== undefined) {
    mkdirSync(dirname(resultFile), { recursive: true })
    writeFileSync(resultFile, JSON.stringify(parts))
  }
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0)
  if (asked === 'all') {
    console.log()
    for (const { name, passed, failed, seconds, problems } of parts) {
      console.log(`rel:${name.padEnd(10)} ${passed} ok, ${failed} not ok (${seconds.toFixed(1)} s)`)
      for (const problem of problems) console.log(`  ${problem}`)
    }
    for (const name of missingRows()) console.log(`rel:${name.padEnd(10)} NOT RUN (no program yet)`)
    console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  } else parts.flatMap(({ problems }) => problems).filter((problem) => problem.startsWith('NOT RUN')).forEach((problem) => console.log(problem))
  process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}
