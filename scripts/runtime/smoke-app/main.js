import { app, BrowserWindow } from 'electron'

// Not awaited at top level: Electron becomes ready only after this module has finished.
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
  await window.loadURL('data:text/html,<p>open</p>')
  console.log('window opened')
  app.exit(0)
})
