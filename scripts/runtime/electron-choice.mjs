/** Which Electron this clone uses: the one the user names, its own download, or the fallback from the registry. */
import { readFile, statfs } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { executableIn } from './electron.mjs'
import { fallbackServes, prepareFallback } from './electron-fallback.mjs'
import { projectFolder } from './folders.mjs'
import { Failure } from './report.mjs'
import { run, tail } from './run.mjs'

const electronPackage = join(projectFolder, 'node_modules', 'electron')
const DEFAULT_HOST = 'https://github.com/electron/electron/releases/download/'
const KNOCK_MS = 8_000
const DOWNLOAD_MS = 15 * 60_000
const SMALLEST_SHARED_MEMORY = 256 * 1024 * 1024

/** Prepares Electron and describes it: `{kind, path, version, origin, sharedMemory}`. */
export async function chooseElectron(tell) {
  const choice = (await named()) ?? (await own(tell)) ?? (await fallback(tell))
  return { ...choice, sharedMemory: await hasSharedMemory() }
}

async function named() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return undefined
  const path = executableIn(folder)
  if (!existsSync(path)) throw new Failure('The Electron you named is not there.', `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, which holds no ${path}`, 'unset ELECTRON_OVERRIDE_DIST_PATH')
  return { kind: 'named', path, origin: 'named by ELECTRON_OVERRIDE_DIST_PATH' }
}

async function own(tell) {
  const path = executableIn(join(electronPackage, 'dist'))
  const { version } = JSON.parse(await readFile(join(electronPackage, 'package.json'), 'utf8'))
  const described = (origin) => ({ kind: 'own', path, version, origin })
  if (await isOwnInstalled(version)) return described('its own download')
  const why = await hostAnswers(version, tell)
  if (why === undefined) {
    tell('downloading, about 120 MB')
    const install = await run(process.execPath, [join(electronPackage, 'install.js')], { timeoutMs: DOWNLOAD_MS, cwd: projectFolder })
    if (install.ok && (await isOwnInstalled(version))) return described('its own download')
    if (!fallbackServes()) throw notFetched(tail(install.output))
    return undefined
  }
  if (!fallbackServes()) throw notFetched(why)
  return undefined
}

const notFetched = (why) => new Failure('Electron could not be downloaded.', why, 'node node_modules/electron/install.js   # behind a mirror: set ELECTRON_MIRROR first')

/** The same test as Electron's own installer: the version file and the note about the executable are written last. */
async function isOwnInstalled(version) {
  const read = (name) => readFile(join(electronPackage, name), 'utf8').catch(() => '')
  return (await read('dist/version')).trim().replace(/^v/, '') === version
    && (await read('path.txt')) !== '' && existsSync(executableIn(join(electronPackage, 'dist')))
}

/** Undefined when the download host answers, else why not. Behind a proxy only the installer itself can tell. */
async function hostAnswers(version, tell) {
  const viaProxy = process.env.ELECTRON_GET_USE_PROXY || process.env.GLOBAL_AGENT_HTTPS_PROXY
  if (viaProxy) return undefined
  const base = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? DEFAULT_HOST
  tell('looking for its download host')
  try {
    const answer = await fetch(`${base}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(KNOCK_MS) })
    return answer.status < 400 ? undefined : `${new URL(base).host} answered ${answer.status}`
  } catch (error) {
    return `${new URL(base).host} cannot be reached (${error.cause?.code ?? error.name})`
  }
}

async function fallback(tell) {
  const { folder, version, origin } = await prepareFallback(tell)
  return { kind: 'fallback', path: executableIn(folder), version, origin }
}

/** Containers often give 64 MB of /dev/shm, on which Chromium's pages crash. */
async function hasSharedMemory() {
  if (process.platform !== 'linux') return true
  const found = await statfs('/dev/shm').catch(() => undefined)
  return found !== undefined && found.blocks * found.bsize >= SMALLEST_SHARED_MEMORY
}
