import { BrowserWindow, session, type Session } from 'electron'
import type { PaperOutcome, PaperRun, Sheet } from '../contract/paper'
import { appOrigin, servePaper } from './app-scheme'
import { denyNavigation } from './deny-navigation'
import { denyNetwork } from './deny-network'
import { denyNewWindows } from './deny-new-windows'
import { denyPeers } from './deny-peers'
import { denyPermissions } from './deny-permissions'
import { denyWebviews } from './deny-webviews'

/** Printing sometimes never comes back (Electron 39092); then the person hears so, and the window is gone. */
const mostPatienceMs = 30_000
const page = `${appOrigin}/paper.html`

/** What stands at the foot and the head of every page; Chromium fills the number in. */
const line = (text: string): string => `<div style="width:100%;font-size:8.5pt;font-family:serif;text-align:center">${text}</div>`
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/**
 * Prints on paper or into a PDF, in a hidden window without scripts that lives as long as one sheet. Its page is served from memory: no letter is
 * ever in a file.
 * @param folder of the built pages
 * @returns prints a sheet; a PDF that takes longer than `patienceMs` is given up
 */
export const createPaper = (folder: string): ((sheet: Sheet, patienceMs?: number) => PaperRun) => {
  let store: Session | null = null
  let current: Sheet | null = null
  /** Nothing of this session is ever on the disk. */
  const ownSession = (): Session => {
    if (store !== null) return store
    store = session.fromPartition('paper')
    denyPermissions(store)
    denyNetwork(store)
    servePaper(store, folder, () => current)
    return store
  }
  return (sheet, patienceMs = mostPatienceMs) => {
    current = sheet
    const window = new BrowserWindow({
      show: false,
      webPreferences: { session: ownSession(), sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, javascript: false, spellcheck: false, devTools: false }
    })
    const contents = window.webContents
    denyNavigation(contents, page)
    denyNewWindows(contents)
    denyPeers(contents)
    denyWebviews(contents)
    let end: (outcome: PaperOutcome) => void = () => undefined
    const ended = new Promise<PaperOutcome>((resolve) => (end = resolve))
    const late = setTimeout(() => end({ outcome: 'failed', reason: 'slow' }), patienceMs)
    contents.on('render-process-gone', () => end({ outcome: 'failed', reason: 'other' }))
    const work = async (): Promise<PaperOutcome> => {
      await window.loadURL(page)
      if (sheet.to === 'pdf') return { outcome: 'pdf', bytes: await makePdf(window, sheet) }
      // The system's dialog waits for the person, however long that takes.
      clearTimeout(late)
      return sendToPrinter(window, sheet)
    }
    work().then(end, () => end({ outcome: 'failed', reason: 'other' }))
    return {
      ended: ended.finally(() => {
        clearTimeout(late)
        current = null
        if (!window.isDestroyed()) window.destroy()
      }),
      stop: () => end({ outcome: 'cancelled' })
    }
  }
}

const makePdf = (window: BrowserWindow, sheet: Sheet): Promise<Uint8Array> =>
  window.webContents.printToPDF({
    pageSize: 'Letter',
    margins: { top: 0.9, bottom: 0.9, left: 0.9, right: 0.9 },
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    displayHeaderFooter: true,
    headerTemplate: line(sheet.header === null ? '' : escape(sheet.header)),
    footerTemplate: line('<span class="pageNumber"></span>')
  })

const sendToPrinter = (window: BrowserWindow, sheet: Sheet): Promise<PaperOutcome> =>
  new Promise((resolve) => {
    window.webContents.print({ pageSize: 'Letter', ...(sheet.header === null ? {} : { header: sheet.header }) }, (printed, reason) => {
      if (printed) resolve({ outcome: 'printed' })
      else resolve(/cancel/i.test(reason) ? { outcome: 'cancelled' } : { outcome: 'failed', reason: 'noPrinter' })
    })
  })
