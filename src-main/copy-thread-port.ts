import { Worker } from 'node:worker_threads'
import type { CopyOutcome, RunCopyJob } from './storage/backups'

export type FromCopyThread = { readonly type: 'copied' } | { readonly type: 'done'; readonly outcome: CopyOutcome }

/**
 * Runs each job on a short-lived thread. Threads share the process's file handles, so the one that reads an open mailbox is handed over by
 * its number, and never closed there.
 * @param file the built copy-thread.ts
 */
export const runCopyJobOnThread =
  (file: URL): RunCopyJob =>
  (job, copied) =>
    new Promise((resolve) => {
      const worker = new Worker(file, { workerData: job })
      const fail = (detail: string): void => resolve({ ok: false, why: 'failed', detail })
      worker.on('message', (message: FromCopyThread) => {
        if (message.type === 'copied') copied()
        else resolve(message.outcome)
      })
      worker.on('error', (error) => fail(error.message))
      worker.on('exit', () => fail('the copy thread ended without its answer'))
    })
