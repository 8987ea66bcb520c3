import type { WorkerTask } from './worker-protocol'

/** Everything that is done in a worker, by name. */
export const workerTasks: Readonly<Record<string, WorkerTask>> = {}
