import type { CorePort } from './contract/core-port'
import type { AppEvent } from './contract/events'

/**
 * A core that was started on a full disk only reads, out of memory. As soon as there is room and nobody is at the desk, it ends and
 * another one begins in its place, which writes; nobody has to close Epistle for that. Whoever is at the desk is told, and signs out first.
 * @param start opens the profile; called once more each time there is room again
 * @throws what the first start throws
 */
export const goOnWithRoom = async (start: () => Promise<CorePort>): Promise<CorePort> => {
  const listeners = new Set<(event: AppEvent) => void>()
  const running = new Set<Promise<unknown>>()
  let roomAgain = false
  let atDesk = false
  let changing: Promise<void> | null = null

  const tell = (event: AppEvent): void => listeners.forEach((listener) => listener(event))
  const begin = async (): Promise<CorePort> => {
    const begun = await start()
    begun.onEvent((event) => {
      tell(event)
      if (event.type === 'sessionChanged') atDesk = event.session !== null
      if (event.type === 'surroundingsChanged') roomAgain = event.surroundings.roomAgain
      if (roomAgain && !atDesk) changing ??= change().finally(() => (changing = null))
    })
    return begun
  }
  const change = async (): Promise<void> => {
    // Somebody may just be signing in: then it is for later.
    await Promise.allSettled(running)
    if (atDesk) return
    roomAgain = false
    await core.close()
    core = await begin()
    const now = await core.call('surroundings.state', {})
    if (now.ok) tell({ type: 'surroundingsChanged', surroundings: now.value })
    tell({ type: 'changed', facts: ['accounts', 'practice', 'post'] })
  }
  /** What is asked while one core follows the other waits for the new one. */
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    await changing
    const asked = question()
    running.add(asked)
    return asked.finally(() => running.delete(asked))
  }

  let core = await begin()
  return {
    call: (name, input) => ask(() => core.call(name, input)),
    callInner: (name, input) => ask(() => core.callInner(name, input)),
    saveReport: (file) => ask(() => core.saveReport(file)),
    grant: (grant) => core.grant(grant),
    noteTrouble: (kind, code) => core.noteTrouble(kind, code),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      await changing
      await core.close()
    }
  }
}
