import { randomUUID } from 'node:crypto'
import type { BrowserWindow } from 'electron'
import type { AppEvent } from '../contract/events'

/** A window that does not answer in this time will not: its autosave was at most a second behind anyway. */
const patienceMs = 3_000

/** Asks windows to save what is typed before they close, and waits for their word. */
export const createFlush = (send: (window: BrowserWindow, event: AppEvent) => void) => {
  const waiting = new Map<string, (saved: boolean) => void>()
  return {
    /** @returns false when the window says that something typed could not be saved; true also when it does not answer at all */
    ask: (window: BrowserWindow): Promise<boolean> =>
      new Promise((done) => {
        if (window.isDestroyed() || window.webContents.isCrashed()) return done(true)
        const flushId = randomUUID()
        const finish = (saved: boolean): void => {
          clearTimeout(timer)
          waiting.delete(flushId)
          done(saved)
        }
        const timer = setTimeout(() => finish(true), patienceMs)
        waiting.set(flushId, finish)
        send(window, { type: 'flushRequested', flushId })
      }),
    answered: (flushId: string, saved: boolean): void => waiting.get(flushId)?.(saved)
  }
}
