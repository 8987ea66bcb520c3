/** A thread for one task on a stranger's file. It is ended from outside when it takes too long; it holds no key and no mailbox. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol'
import { workerTasks } from './worker-tasks'

const port = parentPort
if (port === null) throw new Error('a worker was started without the core')
const { task, input } = workerData as WorkerStart
const send = (message: FromWorker): void => port.postMessage(message)

let taken: () => void = () => undefined
port.on('message', (message: ToWorker) => {
  if (message.type === 'taken') taken()
})

const run = workerTasks[task]
if (run === undefined) throw new Error(`no task ${task}`)
// A slow PC takes its time to begin: that is not the file's fault, and the silence is counted from here.
send({ type: 'alive' })
run(input, {
  give: (batch) =>
    new Promise((resolve) => {
      taken = resolve
      send({ type: 'batch', batch })
    }),
  alive: () => send({ type: 'alive' })
}).then(
  (answer) => {
    send({ type: 'answer', answer })
    port.close()
  },
  (error: unknown) => {
    // The message of an error could hold words of the file.
    send({ type: 'broken', message: error instanceof Error ? `${error.name} ${(error.stack ?? '').split('\n').slice(1, 6).join(' ')}` : 'not an error' })
    port.close()
  }
)
