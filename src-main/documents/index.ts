import { Worker } from 'node:worker_threads'
import { documentLimits as limits } from './limits'
import type { DocumentRead } from './outcome'

export { leftOutKinds, type DocumentRead, type DocumentRefusal, type DocumentText, type LeftOut, type LeftOutKind } from './outcome'
export { documentLimits } from './limits'

/** Reads the file at a path, somewhere where it can do no harm. */
export type ReadDocumentFile = (path: string) => Promise<DocumentRead>

/**
 * Reads each file in a worker of its own that is ended after five seconds or when it takes too much memory: a hostile file costs
 * its reader's life and nothing else.
 * @param script the built `document-worker.js`
 */
export const readInWorker =
  (script: URL): ReadDocumentFile =>
  (path) =>
    new Promise((resolve) => {
      const worker = new Worker(script, {
        workerData: { path },
        // Nothing of ours is in its reach but the one path.
        env: {},
        resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
      })
      const finish = (read: DocumentRead): void => {
        clearTimeout(timer)
        resolve(read)
        void worker.terminate()
      }
      const timer = setTimeout(() => finish({ ok: false, why: 'unsafe' }), limits.milliseconds)
      worker.once('message', (read: DocumentRead) => finish(read))
      worker.once('error', () => finish({ ok: false, why: 'unsafe' }))
      worker.once('exit', () => finish({ ok: false, why: 'unsafe' }))
    })
