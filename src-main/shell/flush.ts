import { randomUUID } from 'node:crypto'
import type { BrowserWindow } from 'electron'
import type { AppEvent } from '../contract/events'

/** A window that does not answer in this time will not: its autosave was at most a second behind anyway. */
const patienceMs = 3_000

/** Asks windows to save what is typed before they close, and waits for their word. */
export const createFlush = (send: (window: BrowserWindow, event: AppEvent) => void) => {
  const waiting = new Map<string, () => void>()
  return {
    /** @returns when the window has saved, or when patience is over */
    ask: (window: BrowserWindow): Promise<void> =>
      new Promise((done) => {
        if (window.isDestroyed() || window.webContents.isCrashed()) return done()
        const flushId = randomUUID()
        const finish = (): void => {
          clearTimeout(timer)
          waiting.delete(flushId)
          done()
        }
        const timer = setTimeout(finish, patienceMs)
        waiting.set(flushId, finish)
        send(window, { type: 'flushRequested', flushId })
      }),
    answered: (flushId: string): void => waiting.get(flushId)?.()
  }
}
