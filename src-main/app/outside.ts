/** What lies outside our own folder, as the app sees it: the person's files, threads that can be ended. Arrives through `createCore`. */
import type { PaperRun, Sheet } from '../contract/paper'
import type { OutsideFiles } from '../storage/outside-files'

/** How much a worker may take: milliseconds without a sign of life, MiB of its objects. */
export type WorkerLimits = { readonly silenceMs: number; readonly heapMiB: number }

/** What became of a worker's task: its answer, too slow or too large (then it was ended), stopped by us, or a bug of ours. */
export type WorkerEnd =
  | { readonly outcome: 'answered'; readonly answer: unknown }
  | { readonly outcome: 'tooMuch' }
  | { readonly outcome: 'stopped' }
  | { readonly outcome: 'broken'; readonly message: string }

export type WorkerRun = {
  readonly ended: Promise<WorkerEnd>
  /** Ends it at once, in the middle of whatever it does. */
  readonly stop: () => void
}

/**
 * Runs a task on a thread of its own that can be ended at any time: for files of strangers.
 * @param task a name in src-main/worker-tasks.ts
 * @param onBatch takes what the task hands over on its way; the task waits until it was taken
 */
export type RunWorker = (task: string, input: unknown, limits: WorkerLimits, onBatch?: (batch: unknown) => Promise<void>) => WorkerRun

export type Outside = {
  readonly files: OutsideFiles
  readonly runWorker: RunWorker
  /** Puts a sheet on paper or into a PDF; Chromium does the layout. */
  readonly paper: (sheet: Sheet) => PaperRun
  /** Lets everything else that waits have its turn. */
  readonly turn: () => Promise<void>
}
