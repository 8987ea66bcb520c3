/** Runs pieces of work one after the other, in the order they came; one that fails does not stop the next. */
export type Queue = {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
}

export const createQueue = (): Queue => {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run: (work) => {
      const result = tail.then(work)
      tail = result.catch(() => undefined)
      return result
    }
  }
}
