/** The app's half of rel:canary, in a process of its own that can be killed: it stops at each checkpoint until it is told to go on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk } from '../../support/core'
import { seededNumbers } from '../support/seeded-numbers'
import { typedCanaries, type Canary } from './canaries'
import { runAfterCrash, runFlows } from './flows'

export type FromChild =
  | { readonly type: 'checkpoint'; readonly name: string; readonly made: readonly Canary[] }
  | { readonly type: 'failed'; readonly message: string }

const tell = (message: FromChild): void => {
  process.send?.(message)
}

const wordFromParent = (): Promise<void> => new Promise((resolve) => process.once('message', () => resolve()))

/** @param part `flows` ends in SIGKILL with every file open; `after` opens what is left and ends in order */
export const runChild = async (part: string, root: string, seed: number): Promise<void> => {
  const typed = typedCanaries(seededNumbers(seed))
  const desk = await openTestDesk({ seed: seed % 1_000 }, { profileDir: join(root, 'profile'), dice: `${part} ${seed}` })
  try {
    if (part === 'flows') {
      await runFlows(desk, typed, async (name, made) => {
        // The report for whoever helps, as it would be now: searched like every other file, inside its ZIP too.
        const report = await desk.saveReport(join(root, 'report.zip'))
        if (!report.ok) tell({ type: 'failed', message: `no report: ${report.code}` })
        tell({ type: 'checkpoint', name, made })
        await wordFromParent()
      })
    } else {
      await runAfterCrash(desk, typed)
    }
    // What the shell would write into the app's diary.
    mkdirSync(join(root, 'logs'), { recursive: true })
    writeFileSync(join(root, 'logs', `${part}.log`), desk.bugs.join('\n'))
    if (desk.bugs.length > 0) tell({ type: 'failed', message: `bugs were logged: ${desk.bugs.join('; ')}` })
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  // The power goes: nothing is closed, nothing is flushed.
  process.kill(process.pid, 'SIGKILL')
}
