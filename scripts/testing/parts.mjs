/**
 * What `npm test` consists of, in order. `npm run lint`, `typecheck`, `build` and the rest run single parts of this same
 * list, so that nothing is checked one way here and another way there.
 */
import { join } from 'node:path'
import { projectFolder } from '../runtime/folders.mjs'
import { withScreen } from '../runtime/electron.mjs'
import { tool } from './tools.mjs'

const types = (name, compiler) => ({
  name: `types: ${name}`,
  start: () => compiler(['--noEmit', '--project', `tsconfig.${name}.json`])
})
const typescript = (args) => tool('typescript', args, 'tsc')
const vueTypescript = (args) => tool('vue-tsc', args)

/** Parts that pass or fail as a whole; each counts as one test. */
export const checks = {
  lint: [
    { name: 'lint: code', start: () => tool('eslint', ['.', '--max-warnings', '0']) },
    { name: 'lint: who imports whom', start: () => tool('dependency-cruiser', ['src-main', 'src-renderer'], 'depcruise') }
  ],
  typecheck: [types('main', typescript), types('preload', typescript), types('renderer', vueTypescript), types('tests', vueTypescript)],
  build: [{ name: 'build', start: () => tool('electron-vite', ['build', '--logLevel', 'warn']) }]
}

/** Where the runners leave their counts. Not in test-results/, which Playwright empties. */
export const resultFile = (name) => join(projectFolder, '.cache', `${name}.json`)

/** Unit, integration, architecture and regression tests. */
export const unitTests = (args = []) =>
  tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile('unit')}`, ...args])

/** Tests that drive the built app in a real Electron. */
export function endToEndTests(args = []) {
  const { command, args: rest } = tool('playwright', ['test', '--reporter=list,json', ...args])
  return withScreen(command, rest)
}

/** The reliability programs (scripts/rel/README.md), each in its short cut. */
export const reliabilityPrograms = (args = []) => ({
  command: process.execPath,
  args: [join(projectFolder, 'scripts', 'rel.mjs'), 'all', `--result-file=${resultFile('rel')}`, ...args]
})
