import { app, BrowserWindow, screen } from 'electron'
import { appOrigin } from './app-scheme'
import { denyNavigation } from './deny-navigation'
import { denyNewWindows } from './deny-new-windows'
import { denyPeers } from './deny-peers'
import { denyWebviews } from './deny-webviews'

export type Bounds = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number; readonly maximized?: boolean }

const smallest = { width: 480, height: 480 }

/** Bounds that lie on a screen that is there now; a window whose monitor is gone comes back to the main one. */
const onScreen = (wanted: Bounds): Bounds => {
  const size = { width: Math.max(smallest.width, wanted.width), height: Math.max(smallest.height, wanted.height) }
  if (wanted.x === undefined || wanted.y === undefined) return size
  const { x, y } = wanted
  const visible = screen
    .getAllDisplays()
    .some(({ workArea }) => x + size.width > workArea.x + 80 && x < workArea.x + workArea.width - 80 && y >= workArea.y - 20 && y < workArea.y + workArea.height - 80)
  return visible ? { ...size, x, y } : size
}

/**
 * Opens a window on our own pages, sandboxed and isolated (checklist 2-4, 6).
 * @param crashed called when the page's process is gone; the window itself stays
 */
export const openWindow = (options: {
  readonly preload: string
  readonly bounds: Bounds
  /** Resolves with whether there is anything to show it for. */
  readonly mayShow: Promise<boolean>
  readonly closed: (bounds: Bounds) => void
  readonly crashed: (window: BrowserWindow, reason: string) => void
  /** The page does not answer; `again` is called when it does. */
  readonly stuck: (window: BrowserWindow, again: (answers: () => void) => void) => void
}): BrowserWindow => {
  const { maximized, ...bounds } = options.bounds
  const window = new BrowserWindow({
    ...onScreen(bounds),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Epistle',
    show: false,
    backgroundColor: '#faf7f2',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // Dictionaries would be fetched from the network, which this app never uses.
      spellcheck: false,
      devTools: !app.isPackaged
    }
  })
  if (maximized === true) window.maximize()
  guard(window, options)
  window.once('ready-to-show', () => {
    void options.mayShow.then((may) => {
      if (may && !window.isDestroyed()) window.show()
    })
  })
  void window.loadURL(`${appOrigin}/index.html`)
  return window
}

const guard = (window: BrowserWindow, options: Parameters<typeof openWindow>[0]): void => {
  const contents = window.webContents
  denyNavigation(contents)
  denyNewWindows(contents)
  denyPeers(contents)
  denyWebviews(contents)
  contents.on('render-process-gone', (_event, details) => options.crashed(window, details.reason))
  window.on('unresponsive', () => options.stuck(window, (answers) => window.once('responsive', answers)))
  window.on('close', () => options.closed({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
}
