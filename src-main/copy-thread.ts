/** One piece of work with a copy of a mailbox, on a thread of its own: it reads and writes whole files, and ends with its answer. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FromCopyThread } from './copy-thread-port'
import { runCopyJobHere, type CopyJob } from './storage/backups'

const port = parentPort
if (port === null) throw new Error('the copy thread was started without its core')
const send = (message: FromCopyThread): void => port.postMessage(message)

// Nobody else lives on this thread, so nobody waits between slices.
void runCopyJobHere(() => Promise.resolve())(workerData as CopyJob, () => send({ type: 'copied' })).then((outcome) => send({ type: 'done', outcome }))
