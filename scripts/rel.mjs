/**
 * The reliability programs: `node scripts/rel.mjs <name> [--long] [--seed=N] [--count=N]`, or `all` (with `npm run rel`).
 * Whatever follows the name is handed on to the program. `--built`: the app was just built (by `npm test`). See scripts/rel/README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { bundlePrograms } from './rel/bundle.mjs'
import { drivesTheApp, findPrograms, mayShare, missingRows, plannedRows } from './rel/programs.mjs'
import { commitNow, runProgram } from './rel/run-program.mjs'
import { checks } from './testing/parts.mjs'
import { runChecks } from './testing/run-checks.mjs'

const write = (text) => process.stdout.write(text)

/**
 * Runs the programs: two at a time in their short cut, where they may (each shown in one piece when it is done); one after the
 * other with `--long`, where they take all cores themselves. @returns `{name, passed, failed, problems, seconds}` in the order of `names`
 */
async function runPrograms(names, args, commit) {
  const parts = new Map()
  const runOne = async (name, inOnePiece) => {
    const started = Date.now()
    let said = ''
    if (!inOnePiece) write(`\nrel:${name}\n`)
    const counts = await runProgram(name, args, commit, inOnePiece ? (text) => (said += text) : write)
    if (inOnePiece) write(`\nrel:${name}\n${said}`)
    parts.set(name, { name, ...counts, seconds: (Date.now() - started) / 1000 })
  }
  const sharing = args.includes('--long') || names.length === 1 || availableParallelism() < 2 ? [] : names.filter(mayShare)
  const waiting = [...sharing]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await runOne(next, true)
  }
  await Promise.all([worker(), worker()])
  for (const name of names.filter((one) => !sharing.includes(one))) await runOne(name, false)
  return names.map((name) => parts.get(name))
}

const [asked = 'all', ...rest] = process.argv.slice(2)
const resultFile = rest.find((arg) => arg.startsWith('--result-file='))?.slice('--result-file='.length)
const args = rest.filter((arg) => !arg.startsWith('--result-file='))
const programs = findPrograms()
const names = asked === 'all' ? programs : [asked]

if (asked !== 'all' && !programs.includes(asked)) {
  console.error(plannedRows.includes(asked) ? `NOT RUN: rel:${asked} has no program yet` : `Say which: ${programs.join(', ')}, all`)
  process.exitCode = 2
} else {
  const built = args.includes('--built') || !names.some(drivesTheApp) || (await runChecks(checks.build)).failed === 0
  const [able, unable] = [names.filter((name) => built || !drivesTheApp(name)), names.filter((name) => !built && drivesTheApp(name))]
  await bundlePrograms(able)
  const commit = commitNow()
  const parts = [
    ...(await runPrograms(able, args, commit)),
    // It would drive an older build, and its result would say nothing.
    ...unable.map((name) => ({ name, passed: 0, failed: 1, problems: [`NOT RUN: rel:${name} (the build failed)`], seconds: 0 }))
  ]
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
