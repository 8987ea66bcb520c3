import { Worker } from 'node:worker_threads'
import type { RunWorker, WorkerEnd } from './app/outside'
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol'

/** Stack of a worker in MiB: deep nesting in a file ends in an error of the worker, not of the process. */
const stackMiB = 4

/** How long to wait for a thread that was told to end. */
const mostWaitMs = 1_000

/**
 * Runs tasks on threads of their own. A worker that is silent for too long or outgrows its memory is ended, wherever it is.
 * @param file the built src-main/worker-thread.ts
 */
export const createWorkerHost =
  (file: URL): RunWorker =>
  (task, input, limits, onBatch = async () => undefined) => {
    const start: WorkerStart = { task, input }
    const worker = new Worker(file, { workerData: start, resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, stackSizeMb: stackMiB } })
    let end: (end: WorkerEnd) => void = () => undefined
    const ended = new Promise<WorkerEnd>((resolve) => (end = resolve))
    let silence: NodeJS.Timeout | undefined
    let over = false
    const finish = (outcome: WorkerEnd): void => {
      if (over) return
      over = true
      clearTimeout(silence)
      // Only when the thread is gone has it let go of its file; one that is lost in a library's own code is not waited for.
      const waiting = setTimeout(() => end(outcome), mostWaitMs)
      void worker.terminate().finally(() => {
        clearTimeout(waiting)
        end(outcome)
      })
    }
    const hear = (): void => {
      clearTimeout(silence)
      if (!over) silence = setTimeout(() => finish({ outcome: 'tooMuch' }), limits.silenceMs)
    }
    hear()
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'alive':
          return hear()
        case 'answer':
          return finish({ outcome: 'answered', answer: message.answer })
        case 'broken':
          return finish({ outcome: 'broken', message: message.message })
        case 'batch':
          // While we are at it, the worker cannot be too slow.
          clearTimeout(silence)
          onBatch(message.batch).then(
            () => {
              hear()
              worker.postMessage({ type: 'taken' } satisfies ToWorker)
            },
            () => finish({ outcome: 'stopped' })
          )
      }
    })
    worker.on('error', (error) => {
      const outgrown = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const tooDeep = error instanceof RangeError
      finish(outgrown || tooDeep ? { outcome: 'tooMuch' } : { outcome: 'broken', message: error.name })
    })
    worker.on('exit', () => finish({ outcome: 'stopped' }))
    return { ended, stop: () => finish({ outcome: 'stopped' }) }
  }
