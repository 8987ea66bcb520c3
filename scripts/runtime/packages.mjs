/** The npm packages, exactly as package-lock.json names them. */
import { rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockFile, projectFolder } from './folders.mjs'
import { Failure } from './report.mjs'
import { isAlive, runNpm, tail } from './run.mjs'

/** Process id of the npm at work, beside the lock. */
const runningNpm = join(dirname(lockFile), 'npm.pid')
const ORPHAN_WAIT_MS = 120_000

const readJson = async (path) => JSON.parse(await readFile(join(projectFolder, path), 'utf8'))

/** Installs the packages unless node_modules already holds what the lock file asks for. */
export async function preparePackages(tell) {
  if (await matchesLock()) return 'already as the lock file says'
  if ((await waitForOrphan(tell)) && (await matchesLock())) return 'installed by an interrupted run'
  tell('npm ci')
  // Scripts are not run: the only ones in this tree would build SQLite (done here, once, into the cache) or
  // fetch Electron (likewise), and no other package needs one.
  const { ok, output } = await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: projectFolder, timeoutMs: 15 * 60_000, onStart: (pid) => writeFileSync(runningNpm, String(pid)) })
  rmSync(runningNpm, { force: true })
  if (!ok) throw new Failure('The npm packages could not be installed.', tail(output), advice(output))
  if (!(await matchesLock())) throw new Failure('npm finished, but node_modules is not what package-lock.json says.', 'some packages are missing', 'npm ci')
  return 'installed'
}

/** A preparation that was killed leaves its npm running for a while; two at once would delete each other's files. Tells whether there was one. */
async function waitForOrphan(tell) {
  const pid = Number(await readFile(runningNpm, 'utf8').catch(() => '0'))
  const until = Date.now() + ORPHAN_WAIT_MS
  while (pid > 0 && isAlive(pid) && Date.now() < until) {
    tell('waiting for the npm of an interrupted run')
    await sleep(300)
  }
  return pid > 0
}

function advice(output) {
  if (/EUSAGE|in sync/.test(output)) return 'npm install   # brings package-lock.json in line with package.json'
  if (/EACCES|EPERM/.test(output)) return 'rm -rf node_modules   # it belongs to another user; then run this again'
  if (/ENOSPC/.test(output)) return 'df -h .   # the disk is full'
  return 'npm ping   # the registry must answer; then run this again'
}

/**
 * npm writes node_modules/.package-lock.json last, so an interrupted install has none. Each package is also looked at
 * on disk, because folders get deleted by hand.
 */
async function matchesLock() {
  try {
    const wanted = (await readJson('package-lock.json')).packages
    const installed = (await readJson('node_modules/.package-lock.json')).packages
    for (const [path, { version, optional, devOptional }] of Object.entries(wanted)) {
      if (path === '') continue
      const found = installed[path]
      if (!found && (optional || devOptional)) continue // made for another system
      if (found?.version !== version || (await readJson(`${path}/package.json`)).version !== version) return false
    }
    return true
  } catch {
    return false
  }
}
