/** Runs pieces of work one after the other, in the order they came; one that fails does not stop the next. */
export type Queue = {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
  /** Resolves when everything that was queued so far is done. */
  readonly idle: () => Promise<void>
}

export const createQueue = (): Queue => {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run: (work) => {
      const result = tail.then(work)
      tail = result.catch(() => undefined)
      return result
    },
    idle: async () => {
      await tail
    }
  }
}
