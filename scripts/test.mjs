/**
 * Everything `npm test` runs, in order, whatever fails on the way; the last line adds it all up.
 * `node scripts/test.mjs unit|rel|e2e [arguments]` runs one part with its runner's own arguments.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { projectFolder } from './runtime/folders.mjs'
import { runInTerminal } from './runtime/run.mjs'
import { countPlaywright, countRel, countVitest } from './testing/counts.mjs'
import { checks, endToEndTests, reliabilityPrograms, resultFile, unitTests } from './testing/parts.mjs'
import { runChecks } from './testing/run-checks.mjs'

const runners = {
  unit: { title: 'Unit, integration and architecture tests', start: unitTests, count: countVitest },
  rel: { title: 'Reliability programs, each in its short cut', start: reliabilityPrograms, count: countRel },
  e2e: { title: 'End-to-end tests in Electron', start: endToEndTests, count: countPlaywright }
}

async function runTests(name, args = []) {
  const { title, start, count } = runners[name]
  console.log(`\n${title}`)
  const file = resultFile(name)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true }) // an old file must not speak for a run that crashed
  const { command, args: all } = start(args)
  const exitCode = await runInTerminal(command, all, { cwd: projectFolder, env: testEnvironment(file) })
  return count(file, exitCode)
}

function testEnvironment(file) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env // set by some editors' terminals; it turns Electron into Node
  return { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
}

async function runEverything() {
  console.log('Checks')
  const parts = [
    ['lint', await runChecks(checks.lint)],
    ['typecheck', await runChecks(checks.typecheck)],
    ['unit', await runTests('unit')]
  ]
  const build = await buildApp()
  return [...parts, ['build', build], ['rel', await runTests('rel', build.failed === 0 ? ['--built'] : [])], ['e2e', await runEndToEnd(build)]]
}

function buildApp() {
  console.log('\nBuild')
  return runChecks(checks.build)
}

/** Without a fresh build the tests would drive an older one, and their result would say nothing. */
const runEndToEnd = async (build, args) => (build.failed === 0 ? runTests('e2e', args) : { passed: 0, failed: 1, problems: ['NOT RUN: the build failed'] })

/** One part, as named on the command line. */
async function runPart(name, args) {
  if (name !== 'e2e') return [[name, await runTests(name, args)]]
  const build = await buildApp()
  return [['build', build], ['e2e', await runEndToEnd(build, args)]]
}

function report(parts) {
  const sum = (key) => parts.reduce((total, [, counts]) => total + counts[key], 0)
  console.log()
  for (const [name, { passed, failed, problems }] of parts) {
    console.log(`${name.padEnd(10)} ${passed} ok, ${failed} not ok`)
    for (const problem of problems) console.log(`             ${problem}`)
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}

const [part, ...rest] = process.argv.slice(2)
if (part && !runners[part]) {
  console.error(`Say which: ${Object.keys(runners).join(', ')}`)
  process.exitCode = 2
} else {
  process.exitCode = report(await (part ? runPart(part, rest) : runEverything()))
}
