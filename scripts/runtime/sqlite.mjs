/**
 * SQLite for both Nodes in play: the one that runs the tests and the one inside Electron.
 * The package's prebuilt addon needs Node-API 10. Where either Node is older, the addon is built once with a small
 * header that bridges the gap, kept in the cache, and put where the package looks first. The built one runs everywhere.
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, copyFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyWhole, createSealedFolder, isSealIntact, shortHash } from './files.mjs'
import { cacheFolder, projectFolder } from './folders.mjs'
import { Failure } from './report.mjs'
import { findProgram, npmCommand, run, tail } from './run.mjs'

const sqlitePackage = join(projectFolder, 'node_modules', 'better-sqlite3')
const bridgeHeader = fileURLToPath(new URL('node-api-9.hpp', import.meta.url))
const probe = fileURLToPath(new URL('sqlite-probe.mjs', import.meta.url))
const ADDON = 'better_sqlite3.node'
/** Programs, which on Debian are also the names of their packages. */
const BUILD_TOOLS = ['make', 'g++', 'python3']
const BUILT_FOR_NODE_API = 10

// make runs in build/, hence the paths.
const CXXFLAGS = '-include ../node-api-9.hpp -I../node_modules/node-addon-api'
const GYP_ARGS = ['rebuild', '--release', '--force_build=1']

const isMusl = () => process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime
const platformName = () => `${isMusl() ? 'linuxmusl' : process.platform}-${process.arch}`

/** Where the package looks first for its addon. */
export const addonInUse = () => join(sqlitePackage, 'prebuilds', `${platformName()}.node`)

/**
 * System packages without which the addon could not be built, so that they are asked for together with the others.
 * Told from versions rather than by trying Electron, whose own libraries may still be missing at this point.
 */
export async function packagesForBuilding(electron) {
  const toolsMissing = process.platform === 'linux' && BUILD_TOOLS.some((name) => !findProgram(name))
  if (!toolsMissing) return []
  const nodeIsOld = Number(process.versions.napi) < BUILT_FOR_NODE_API
  const needed = nodeIsOld ? (await whyNot(addonInUse(), [inNode])) !== undefined : electron.kind === 'fallback'
  return needed && !(await isSealIntact(join(cacheFolder(), await entryName()))) ? BUILD_TOOLS : []
}

/** Makes sure the addon works in this Node and in the given Electron. Returns what was done. */
export async function prepareSqlite(electron, tell) {
  const both = [inNode, inElectron(electron)]
  tell('trying it')
  if ((await whyNot(addonInUse(), both)) === undefined) return 'works in Node and in Electron'
  const folder = join(cacheFolder(), await entryName())
  const cached = join(folder, ADDON)
  const wasCached = await isSealIntact(folder)
  if (!wasCached) {
    await createSealedFolder(folder, (work) => build(work, tell))
  }
  tell('trying the built one')
  const why = await whyNot(cached, both)
  if (why !== undefined) {
    await rm(folder, { recursive: true, force: true })
    throw new Failure('SQLite was built but does not work.', why, 'node scripts/bootstrap.mjs   # builds it again')
  }
  await copyWhole(cached, addonInUse())
  return `${wasCached ? 'built earlier, from the cache' : 'built'}; works in Node and in Electron`
}

const inNode = { name: 'Node', command: process.execPath, env: process.env }
const inElectron = ({ path }) => ({ name: 'Electron', command: path, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })

/** Why the addon does not work, or undefined when it does in each of these. */
async function whyNot(addon, runtimes) {
  if (!existsSync(addon)) return `${addon} is not there`
  for (const { name, command, env } of runtimes) {
    const { ok, signal, output } = await run(command, [probe, addon], { env, timeoutMs: 60_000, cwd: projectFolder })
    if (!ok) return `in ${name}: ${signal ? `crashed (${signal})` : tail(output, 3)}`
  }
  return undefined
}

async function entryName() {
  const { version } = JSON.parse(await readFile(join(sqlitePackage, 'package.json'), 'utf8'))
  return `sqlite-${version}-${platformName()}-${shortHash(await readFile(bridgeHeader, 'utf8'), CXXFLAGS, ...GYP_ARGS)}`
}

async function build(target, tell) {
  // In a temporary folder of its own: two runs do not meet, node_modules stays as npm left it, and the path has no spaces.
  const folder = await mkdtemp(join(tmpdir(), 'epistle-sqlite-'))
  try {
    await cp(sqlitePackage, folder, { recursive: true, filter: (path) => !/[\\/](build|prebuilds)$/.test(path) })
    await copyFile(bridgeHeader, join(folder, 'node-api-9.hpp'))
    await mkdir(join(folder, 'node_modules'))
    await symlink(join(projectFolder, 'node_modules', 'node-addon-api'), join(folder, 'node_modules', 'node-addon-api'), 'junction')
    tell('building, about a minute')
    const env = { ...process.env, CXXFLAGS: `${process.env.CXXFLAGS ?? ''} ${CXXFLAGS}` }
    const args = [await nodeGyp(), ...GYP_ARGS, '--jobs', String(availableParallelism()), ...headers()]
    const { ok, output } = await run(process.execPath, args, { cwd: folder, env, timeoutMs: 15 * 60_000 })
    if (!ok) throw new Failure('SQLite could not be built.', tail(output, 8), buildAdvice())
    await copyFile(join(folder, 'build', 'Release', ADDON), join(target, ADDON))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const buildAdvice = () => process.platform === 'linux'
  ? `sudo apt-get install -y ${BUILD_TOOLS.join(' ')}`
  : 'Use Node 24 or newer, for which nothing needs to be built: https://nodejs.org'

/** node-gyp is part of npm; npm itself is found next to the copy that runs us, or next to node. */
async function nodeGyp() {
  const prefix = dirname(dirname(process.execPath))
  const [cli] = npmCommand().args
  const candidates = [
    cli && join(dirname(dirname(cli)), 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
    join(prefix, 'lib', 'node_modules', 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
    join(prefix, 'share', 'nodejs', 'node-gyp', 'bin', 'node-gyp.js'),
    join(dirname(process.execPath), 'node_modules', 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
    await besideNpmRoot()
  ]
  const found = candidates.find((path) => path && existsSync(path))
  if (!found) throw new Failure('SQLite could not be built.', 'npm was installed without node-gyp', 'npm install --global npm')
  return found
}

async function besideNpmRoot() {
  const { ok, output } = await run('npm', ['root', '--global'])
  return ok ? join(output.split('\n').at(-1), 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js') : undefined
}

/** Headers that came with Node are used when present, so that none need to be downloaded. */
function headers() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : []
}

/** Size and time of the addon in use: enough to notice that something replaced it. */
export async function addonFingerprint() {
  const { size, mtimeMs } = await stat(addonInUse())
  return { size, mtimeMs }
}
