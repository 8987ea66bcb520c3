/** Where things live: the project, what is remembered about it, and the cache shared by every clone of this user. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Remembered per clone; inside node_modules so that removing it starts afresh. */
export const stateFolder = join(projectFolder, 'node_modules', '.epistle')

/** The lock lives outside node_modules, which `npm ci` empties. */
export const lockFile = join(projectFolder, '.cache', 'preparing.lock')

/** The user's cache folder for this project, following each system's custom. */
export function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'epistle')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'epistle')
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'epistle', 'Cache')
  return join(homedir(), '.cache', 'epistle')
}
