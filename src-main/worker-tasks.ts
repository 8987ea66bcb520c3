import { readDocumentFile } from './documents'
import type { WorkerTask } from './worker-protocol'

/** Everything that is done in a worker, by name. */
export const workerTasks: Readonly<Record<string, WorkerTask>> = {
  /** A document of another program becomes plain text. Input: its path. Answers a `DocumentRead`. */
  readDocument: (path) => readDocumentFile(String(path))
}
