/**
 * Makes a fresh clone able to start and to test itself; does nothing when it already is.
 * npm runs this before anything is installed, so everything here is made of Node's own modules
 * (packages are imported only after they were installed).
 */
import { chooseElectron } from './runtime/electron-choice.mjs'
import { whileAlone } from './runtime/lock.mjs'
import { preparePackages } from './runtime/packages.mjs'
import { isReady, rememberReady } from './runtime/ready.mjs'
import { explain, Failure, step } from './runtime/report.mjs'
import { tryElectron } from './runtime/smoke.mjs'
import { packagesForBuilding, prepareSqlite } from './runtime/sqlite.mjs'
import { prepareSystem } from './runtime/system.mjs'

const OLDEST_NODE = [20, 19]

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Failure('This Node is too old.', `it is ${process.version}; ${OLDEST_NODE.join('.')} or newer is needed`, 'Install a current Node from https://nodejs.org')
  }
}

async function prepare() {
  if (isReady()) return // another run finished it while this one waited
  let electron
  await step('npm packages', preparePackages)
  await step('Electron', async (tell) => {
    electron = await chooseElectron(tell)
    return `${electron.version ?? ''} ${electron.origin}`.trim()
  })
  await step('System libraries', async (tell) => prepareSystem(electron.path, await packagesForBuilding(electron), tell))
  await step('SQLite', (tell) => prepareSqlite(electron, tell))
  await step('A first window', async () => {
    Object.assign(electron, await tryElectron(electron))
    return 'opened'
  })
  await rememberReady(electron)
}

const started = performance.now()
try {
  requireNode()
  if (!isReady()) await whileAlone(prepare)
  console.log(`Ready in ${((performance.now() - started) / 1000).toFixed(1)} s`)
} catch (error) {
  process.exitCode = explain(error)
  // npm does not go on to the tests, so their closing line is written here.
  if (process.env.npm_lifecycle_event === 'pretest') console.log('\n0 passed, 1 failed')
}
