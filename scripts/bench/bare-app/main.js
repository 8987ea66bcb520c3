/** The least a desktop app on Electron can be: one window, one page, the same safety settings. What Epistle is measured against. */
import { app, BrowserWindow } from 'electron'
import { fileURLToPath } from 'node:url'

// Not awaited at top level: Electron becomes ready only after this module has finished.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, spellcheck: false } })
  return window.loadFile(fileURLToPath(new URL('index.html', import.meta.url)))
})
app.on('window-all-closed', () => app.quit())
