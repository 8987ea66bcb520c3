/** Puts the clock of the core's own thread on, as if days had passed: for what only time brings about. */
import type { EpistleApp } from './app'

/** @param ms how far; the windows keep their own time */
export const putCoreClockOn = (app: EpistleApp, ms: number): Promise<void> =>
  app.electron.evaluate(async (_electron, shift) => {
    const { Session } = process.getBuiltinModule('inspector')
    const session = new Session()
    session.connect()
    const told = new Promise<void>((resolve) => {
      session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
        const expression = `{ const now = Date.now; Date.now = () => now() + ${shift} }`
        const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } })
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message })
      })
      session.on('NodeWorker.receivedMessageFromWorker', () => resolve())
    })
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
    await told
    session.disconnect()
  }, ms)
