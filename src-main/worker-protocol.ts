/** What passes between the core's thread and a worker of its own. */
export type WorkerStart = { readonly task: string; readonly input: unknown }

export type FromWorker =
  | { readonly type: 'batch'; readonly batch: unknown }
  /** It is at work: the silence begins anew. */
  | { readonly type: 'alive' }
  | { readonly type: 'answer'; readonly answer: unknown }
  /** A bug of ours, by name. */
  | { readonly type: 'broken'; readonly message: string }

export type ToWorker = { readonly type: 'taken' }

/** What a task has of its host. */
export type TaskHost = {
  /** Hands something over and waits until it was taken. */
  readonly give: (batch: unknown) => Promise<void>
  /** Long work without a batch says that it goes on. */
  readonly alive: () => void
}

/** A task: its input and answer are plain values. Only what it was given to read may be opened. */
export type WorkerTask = (input: unknown, host: TaskHost) => Promise<unknown>
