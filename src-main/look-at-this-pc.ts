import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { platform, release, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { placeOf } from './rules/data-place'
import type { ThisPc } from './this-pc'

const ownerName = (): string => {
  try {
    return userInfo().username
  } catch {
    // A user that the system does not know by name.
    return ''
  }
}

const mountsText = (): string => {
  try {
    return readFileSync('/proc/mounts', 'utf8')
  } catch {
    return ''
  }
}

const known = { win32: 'win32', darwin: 'darwin' } as const

/** What the core has to know of the PC it runs on, read once at the start. */
export const lookAtThisPc = (profileDir: string): ThisPc => {
  const system = platform()
  return {
    owner: ownerName(),
    system: `${system} ${release()}`,
    place: placeOf({
      path: resolve(profileDir),
      platform: system === 'win32' || system === 'darwin' ? known[system] : 'linux',
      environment: env,
      mounts: mountsText()
    }),
    // On the core's own thread nobody waits for a picture.
    pause: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
    scratch: {
      make: () => mkdtempSync(join(tmpdir(), 'epistle-reading-')),
      remove: (folder) => rmSync(folder, { recursive: true, force: true })
    },
    freeBytes: (folder) => {
      try {
        const { bavail, bsize } = statfsSync(folder)
        return bavail * bsize
      } catch {
        return null
      }
    }
  }
}
