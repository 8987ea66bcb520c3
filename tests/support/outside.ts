/** The world outside the core, as tests bring it: the real disk, tasks of workers run in line. */
import type { Outside, RunWorker } from '../../src-main/app/outside'
import { outsideFiles } from '../../src-main/storage/outside-files'
import { workerTasks } from '../../src-main/worker-tasks'

/** The same tasks without a thread: what a thread adds (being ended) has a test of its own. */
export const inlineWorker: RunWorker = (task, input, _limits, onBatch = async () => undefined) => {
  let stopped: () => void = () => undefined
  const stop = new Promise<void>((resolve) => (stopped = resolve))
  let over = false
  const run = workerTasks[task]
  if (run === undefined) throw new Error(`no task ${task}`)
  const ended = Promise.race([
    stop.then(() => ({ outcome: 'stopped' }) as const),
    run(structuredClone(input), {
      give: async (batch) => {
        if (over) return new Promise<never>(() => undefined)
        await onBatch(structuredClone(batch))
      },
      alive: () => undefined
    }).then(
      (answer) => ({ outcome: 'answered', answer: structuredClone(answer) }) as const,
      (error: unknown) => (error instanceof Error && error.message === 'stop' ? ({ outcome: 'stopped' } as const) : ({ outcome: 'broken', message: String(error) } as const))
    )
  ])
  return {
    ended,
    stop: () => {
      over = true
      stopped()
    }
  }
}

export const testOutside = (change: Partial<Outside> = {}): Outside => ({
  files: outsideFiles,
  runWorker: inlineWorker,
  // Chromium prints in the tests that drive the app; here nobody does.
  paper: () => ({ ended: Promise.resolve({ outcome: 'failed', reason: 'other' }), stop: () => undefined }),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  ...change
})
