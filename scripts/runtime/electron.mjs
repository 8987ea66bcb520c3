/** For everything that starts Electron (start, tour, tests, bench): which one, with which flags, and on which screen. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stateFolder } from './folders.mjs'

const virtualScreen = fileURLToPath(new URL('virtual-screen.mjs', import.meta.url))
const PLACES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** Path of the executable inside an Electron folder on this system. */
export const executableIn = (folder) => join(folder, PLACES[process.platform] ?? 'electron')

/** File in which the bootstrap remembers what it chose. */
export const runtimeFile = join(stateFolder, 'runtime.json')

/** What the bootstrap chose, or undefined before it ran. */
export function chosenRuntime() {
  try {
    return JSON.parse(readFileSync(runtimeFile, 'utf8'))
  } catch {
    return undefined
  }
}

/** Full path of the Electron executable in use. A folder in ELECTRON_OVERRIDE_DIST_PATH wins over what was prepared. */
export function electronExecutable() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const path = override ? executableIn(override) : chosenRuntime()?.electron?.path
  if (!path || !existsSync(path)) {
    throw new Error(override
      ? `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which holds no Electron.`
      : 'Electron is not prepared yet. Run: node scripts/bootstrap.mjs')
  }
  return path
}

/**
 * Flags Electron needs on this machine and nowhere else: as root, and where the kernel forbids it (seen and said by the
 * bootstrap), Chromium's outer sandbox cannot start; in containers /dev/shm can be too small for its shared memory.
 */
export function electronFlags() {
  if (process.platform !== 'linux') return []
  const { sandbox = true, sharedMemory = true } = chosenRuntime()?.electron ?? {}
  return [
    ...(process.getuid() === 0 || !sandbox ? ['--no-sandbox'] : []),
    ...(sharedMemory ? [] : ['--disable-dev-shm-usage'])
  ]
}

/** Whether there is a screen to open a window on. */
export function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** The command to run something that opens windows: itself, or inside a virtual screen when there is none. */
export function withScreen(command, args = []) {
  if (hasScreen()) return { command, args }
  return { command: process.execPath, args: [virtualScreen, command, ...args] }
}
