import { rmSync } from 'node:fs'

/**
 * Removes a profile folder whose app was killed: its helper processes live a moment longer and may still write, so a
 * folder that was just emptied is not empty again. `rmSync` retries only the last step; this begins anew.
 */
export const removeFolder = (folder: string): void => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true })
      return
    } catch (error) {
      if (attempt === 40) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250)
    }
  }
}
