import { dialog, type BrowserWindow } from 'electron'

/**
 * A window is to be closed and says that what is typed in it could not be saved. Asks outside the page, which is in trouble
 * already; the answer that loses nothing is the one that Enter and Escape give.
 * @returns whether the person wants to close it all the same
 */
export const closeUnsaved = async (window: BrowserWindow): Promise<boolean> => {
  if (window.isMinimized()) window.restore()
  window.focus()
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Epistle',
    message: 'Not saved: your last words are only on the screen.',
    detail: 'Copy your text now, or wait: Epistle saves it by itself as soon as the disk takes it. If you close the window, these words are lost.',
    buttons: ['Keep the window open', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
    noLink: true
  })
  return response === 1
}
