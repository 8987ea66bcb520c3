/**
 * Whoever holds typed text that is not saved yet registers how to save it. Before the app closes or a person signs out,
 * everything registered is saved.
 */
type Flush = () => Promise<void>

const registered = new Set<Flush>()

/** Returns how to take it back (call it when the editor closes). */
export const registerFlush = (flush: Flush): (() => void) => {
  registered.add(flush)
  return () => {
    registered.delete(flush)
  }
}

/** True when everything typed is saved. One failing editor does not keep the others from saving. */
export const runFlush = async (): Promise<boolean> => {
  const outcomes = await Promise.allSettled([...registered].map((flush) => flush()))
  return outcomes.every((outcome) => outcome.status === 'fulfilled')
}
