import { readDocumentFile } from './documents'
import type { ArchiveInput } from './exchange/found'
import { readArchive } from './exchange/read-archive'
import type { WorkerTask } from './worker-protocol'

/** Everything that is done in a worker, by name. The core is the only one who asks, so what it gives is what it says it is. */
export const workerTasks: Readonly<Record<string, WorkerTask>> = {
  /** A document of another program becomes plain text. Input: its path. Answers a `DocumentRead`. */
  readDocument: (path) => readDocumentFile(String(path)),
  /** An archive of letters, in batches. */
  readArchive: (input, host) => readArchive(input as ArchiveInput, host)
}
