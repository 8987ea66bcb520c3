/** Opens one window for a moment: the only proof that Electron, its libraries, its sandbox and the screen fit together. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronFlags, withScreen } from './electron.mjs'
import { Failure, notice } from './report.mjs'
import { run, tail } from './run.mjs'

const app = fileURLToPath(new URL('smoke-app', import.meta.url))
const WORD = 'window opened'
const OPENS_WITHIN_MS = 30_000

/** Tries Electron and returns whether Chromium's outer sandbox works here (`{sandbox}`). */
export async function tryElectron(electron) {
  const asRoot = process.platform === 'linux' && process.getuid() === 0
  const shared = electron.sharedMemory ? [] : ['--disable-dev-shm-usage']
  const first = await open(electron.path, asRoot ? ['--no-sandbox', ...shared] : shared)
  if (first.opened) return { sandbox: !asRoot }
  if (process.platform === 'linux' && !asRoot) {
    // Containers, and Ubuntu since 24.04, keep ordinary users from making the namespaces the sandbox is built from.
    const second = await open(electron.path, ['--no-sandbox', ...shared])
    if (second.opened) {
      notice(`This system does not let Chromium's sandbox start, so Electron runs without it here (development only).\n  To mend: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1 && rm -rf node_modules/.epistle`)
      return { sandbox: false }
    }
  }
  throw new Failure('Electron is there but does not open a window.', tail(first.output) || 'it said nothing', `${electron.path} ${electronFlags().join(' ')} ${app}   # shows its own words`)
}

async function open(path, flags) {
  const profile = await mkdtemp(join(tmpdir(), 'epistle-smoke-'))
  try {
    const { command, args } = withScreen(path, [...flags, `--user-data-dir=${profile}`, app])
    const { output } = await run(command, args, { timeoutMs: OPENS_WITHIN_MS, ownGroup: true })
    return { opened: output.includes(WORD), output }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
