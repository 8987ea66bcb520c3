/** One start of the core: says that it has the data open and stays, or says its sentence and ends. */
import { writeSync } from 'node:fs'
import { startTrouble } from '../../../src-main/shell/start-trouble'
import { diskFiles } from '../../../src-main/storage/files'
import { storageCode } from '../../../src-main/storage/open'
import { readOwnerName } from '../../../src-main/storage/owner-note'
import { openTestDesk } from '../../support/core'

export const startOnce = async (profileDir: string, owner: string): Promise<void> => {
  const began = performance.now()
  try {
    // Each with a chance of its own and real pauses, as two programs have.
    const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    await openTestDesk({ seed: 7 }, { profileDir, dice: `${owner} ${process.pid}`, pc: { owner, pause } })
    writeSync(1, 'OPEN\n')
    setInterval(() => undefined, 60_000)
  } catch (error) {
    const code = storageCode(error) ?? 'INTERNAL'
    const { sentence } = startTrouble(code, error instanceof Error ? error.message : '', code === 'ALREADY_OPEN' ? readOwnerName(diskFiles, profileDir) : null)
    // Milliseconds since the core was asked to start, and since this process was made: what Node needs to come up depends on who else works here.
    writeSync(1, `SENTENCE ${sentence}\nENDED ${Math.round(performance.now() - began)} ${Math.round(performance.now())}\n`)
    process.exit(3)
  }
}
