import { app, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron'
import type { CorePort } from '../contract/core-port'
import { createCrashCount } from './crash-count'
import type { Log } from './log'
import { saveReport } from './save-report'

const keepsFailing: MessageBoxOptions = {
  type: 'error',
  title: 'Epistle',
  message: 'Epistle’s window keeps failing.',
  detail: 'Your letters are safe on the disk. Save a report and show it to whoever looks after this PC, or try once more.',
  buttons: ['Try again', 'Save a report', 'Close Epistle'],
  defaultId: 0,
  cancelId: 0,
  noLink: true
}

const notAnswering: MessageBoxOptions = {
  type: 'warning',
  title: 'Epistle',
  message: 'Epistle’s window is not answering.',
  detail: 'It may only be busy. What you typed until a moment ago is saved. Wait, or load the window again.',
  buttons: ['Wait', 'Load the window again'],
  defaultId: 0,
  cancelId: 0,
  noLink: true
}

/**
 * What the shell does when a page's process dies, keeps dying, or hangs. Drafts are on disk, so a page that died once is
 * loaded again where it was; one that dies three times within a minute is not, because that would never end.
 */
export const watchWindows = (core: CorePort, log: Log) => {
  const count = createCrashCount(() => performance.now())
  let asking = false

  const askWhatNow = async (window: BrowserWindow): Promise<void> => {
    for (;;) {
      const { response } = await dialog.showMessageBox(keepsFailing)
      if (response === 2) return app.quit()
      if (response !== 1) break
      const saved = await saveReport(core, null)
      if (!saved.ok) dialog.showErrorBox('The report could not be saved', 'Choose another place, for example a stick.')
    }
    count.forget()
    if (!window.isDestroyed()) window.reload()
  }

  // The browser starts its graphics process again by itself; that it died is worth knowing.
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return
    log.info(`graphics: the process is gone: ${reason}`)
    core.noteTrouble('window', 'GRAPHICS_CRASHED')
  })

  return {
    /** The page's process is gone. Its address says where it was, so it comes back there. */
    crashed: (window: BrowserWindow, reason: string): void => {
      log.bug('window', `the page's process is gone: ${reason}`)
      if (reason === 'clean-exit' || window.isDestroyed()) return
      core.noteTrouble('window', 'WINDOW_CRASHED')
      if (!count.note()) return window.reload()
      if (asking) return
      asking = true
      core.noteTrouble('window', 'WINDOW_KEEPS_FAILING')
      void askWhatNow(window).finally(() => {
        asking = false
      })
    },
    /** @param again calls back when the page answers by itself: then the question goes away */
    stuck: (window: BrowserWindow, again: (answers: () => void) => void): void => {
      core.noteTrouble('window', 'WINDOW_STOPPED_ANSWERING')
      const answered = new AbortController()
      again(() => answered.abort())
      void dialog.showMessageBox(window, { ...notAnswering, signal: answered.signal }).then(({ response }) => {
        // A page that hangs does not hear of a reload; without its process it is loaded like after a crash.
        if (response === 1 && !answered.signal.aborted && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
      })
    }
  }
}
