/** Electron's entry. The order of these lines is the order of the start. */
import { app, BrowserWindow, dialog, session } from 'electron'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventChannel } from './contract/channels'
import type { CorePort } from './contract/core-port'
import type { AppEvent } from './contract/events'
import { listenForDroppedFiles } from './ipc/dropped-files'
import { registerCommands } from './ipc/register'
import { openSettings } from './settings'
import { appOrigin, registerAppScheme, serveApp } from './shell/app-scheme'
import { createFileChooser } from './shell/choose-file'
import { startCore, type CoreStart } from './shell/core-host'
import { denyNetwork } from './shell/deny-network'
import { denyPermissions } from './shell/deny-permissions'
import { enableSandbox } from './shell/enable-sandbox'
import { askAboutDesk } from './shell/ask-about-desk'
import { chooseFolder } from './shell/choose-folder'
import { createFlush } from './shell/flush'
import { closeUnsaved } from './shell/keep-open'
import { openLog } from './shell/log'
import { setMenu } from './shell/menu'
import { readStartOptions, type StartOptions } from './shell/paths'
import { saveReport } from './shell/save-report'
import { createPaper } from './shell/paper-window'
import { startTrouble } from './shell/start-trouble'
import { readOwnerName } from './storage/owner-note'
import { watchWindows } from './shell/window-trouble'
import { openWindow } from './shell/windows'

const here = dirname(fileURLToPath(import.meta.url))

const stop = (title: string, sentence: string): never => {
  // First where nobody has to press a button.
  process.stderr.write(`${title}: ${sentence}\n`)
  dialog.showErrorBox(title, sentence)
  app.exit(1)
  throw new Error(sentence)
}

const stopWith = ({ title, sentence }: ReturnType<typeof startTrouble>): never => stop(title, sentence)

const readOptions = (): StartOptions => {
  try {
    return readStartOptions(process.argv)
  } catch (error) {
    return stop('Epistle cannot start', error instanceof Error ? error.message : 'The command line could not be read.')
  }
}

const main = async (): Promise<void> => {
  app.setName('Epistle')
  enableSandbox()
  registerAppScheme()
  const options = readOptions()
  // Before any file of ours is opened (start-up order, step 1).
  if (!app.requestSingleInstanceLock()) {
    // The first start comes to the front, unless it is another person's: then nobody has heard of this one.
    const owner = readOwnerName({ read: (file) => readFileSync(file, 'utf8') }, options.profileDir)
    if (owner !== null && owner !== userInfo().username) stopWith(startTrouble('ALREADY_OPEN', '', owner))
    app.exit(0)
    return
  }
  const log = openLog(options.browserDir)
  const { core, started } = startCore(
    new URL('./core-thread.js', import.meta.url),
    { profileDir: options.profileDir, version: app.getVersion(), serviceConfig: options.serviceConfig },
    log.bug,
    createPaper(join(here, '../renderer')),
    () => stop('Epistle has to close', 'Something went wrong inside Epistle. Everything that was saved is safe. Please start it again.'),
    askAboutDesk
  )
  const settings = openSettings(options.profileDir, (notice) => core.noteTrouble('settings', notice === 'reset' ? 'SETTINGS_RESET' : 'SETTINGS_UNSAVED'))
  await app.whenReady()
  denyPermissions(session.defaultSession)
  denyNetwork(session.defaultSession)
  serveApp(session.defaultSession, join(here, '../renderer'))
  // The first window loads its page while the core opens the profile, and is shown when both are done.
  runDesk(core, started, settings, log)
  const result = await started
  if (result.ok) return
  // Where somebody else is at work, nothing is written, not even into the diary.
  if (result.code !== 'ALREADY_OPEN') log.bug('start', result.message)
  stopWith(startTrouble(result.code, result.message, result.owner))
}

/** Windows, commands and the way out. */
const runDesk = (core: CorePort, started: Promise<CoreStart>, settings: ReturnType<typeof openSettings>, log: ReturnType<typeof openLog>): void => {
  const send = (window: BrowserWindow, event: AppEvent): void => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(eventChannel, event)
  }
  /** The windows people see; the one for paper is none of them. */
  const windows = new Set<BrowserWindow>()
  const tellAll = (event: AppEvent): void => windows.forEach((window) => send(window, event))
  const flush = createFlush(send)
  const files = createFileChooser(core.grant)
  const trouble = watchWindows(core, log)
  let leaving = false
  /** Asked once at a time, however often the cross is pressed. */
  const asking = new Map<BrowserWindow, Promise<boolean>>()
  const mayClose = (window: BrowserWindow): Promise<boolean> => {
    const asked = asking.get(window)
    if (asked !== undefined) return asked
    const answer = flush
      .ask(window)
      .then((saved) => saved || closeUnsaved(window))
      .finally(() => asking.delete(window))
    asking.set(window, answer)
    return answer
  }

  const open = (): void => {
    const window = openWindow({
      preload: join(here, '../preload/index.cjs'),
      bounds: settings.windowBounds(),
      mayShow: started.then(({ ok }) => ok),
      closed: (bounds) => void settings.keepWindowBounds(bounds),
      crashed: trouble.crashed,
      stuck: trouble.stuck
    })
    windows.add(window)
    window.on('closed', () => {
      windows.delete(window)
      // Paper under way keeps nobody waiting.
      if (windows.size === 0) app.quit()
    })
    let flushed = false
    window.on('close', (event) => {
      if (flushed || leaving || window.webContents.isCrashed()) return
      event.preventDefault()
      void mayClose(window).then((may) => {
        if (!may) return
        flushed = true
        if (!window.isDestroyed()) window.close()
      })
    })
  }

  // The page's process starts while this one goes on; what it asks can only arrive after this turn.
  open()
  const takeDropped = listenForDroppedFiles(appOrigin)
  registerCommands(
    appOrigin,
    core,
    {
      settings,
      settingsChanged: () => tellAll({ type: 'settingsChanged', settings: settings.get() }),
      openWindow: open,
      saveReport: () => saveReport(core, BrowserWindow.getFocusedWindow()),
      flushed: flush.answered,
      chooseSave: (sender, { kind, name }) => files.chooseSave(BrowserWindow.fromWebContents(sender), kind, name),
      chooseOpen: (sender, { kind }) => files.chooseOpen(BrowserWindow.fromWebContents(sender), kind),
      takeDropped: (sender) => {
        const path = takeDropped(sender)
        return path === null ? null : files.dropped(path)
      },
      chooseFolder: (sender, title) => chooseFolder(BrowserWindow.fromWebContents(sender), title)
    },
    log
  )
  core.onEvent(tellAll)
  setMenu({
    openWindow: open,
    show: (window, screen) => BrowserWindow.getAllWindows().filter((one) => one === window).forEach((one) => send(one, { type: 'screenWanted', screen }))
  })

  app.on('second-instance', () => {
    const [window] = windows
    if (window === undefined) return open()
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    if (leaving) return
    void Promise.all([...windows].map(mayClose)).then(async (answers) => {
      if (answers.includes(false)) return
      leaving = true
      await Promise.allSettled([core.close(), settings.settled()])
      closed = true
      app.quit()
    })
  })
}

void main()
