/** Prints everything with one person, as letters and as a year book, and reads the window it is printed from and the file that came of it. */
import { join } from 'node:path'
import { paperKinds, type PaperKind } from '../../../src-main/contract/paper'
import type { EpistleApp } from '../../support/app'
import { must } from '../../support/bridge'
import { runTool } from '../../support/other-tools'
import type { Person } from './profile'
import { look, type Reading } from './read-page'

export type Print = {
  readonly kind: PaperKind
  /** The hidden window, while it is printed from. */
  readonly window: Reading
  /** The words of the PDF, without the head and the foot of its pages. */
  readonly words: string
}

export const printAll = async ({ page, electron }: EpistleApp, person: Person, folder: string): Promise<readonly Print[]> => {
  const prints: Print[] = []
  for (const kind of paperKinds) {
    const file = join(folder, `${kind}.pdf`)
    await electron.evaluate(({ app, dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      // The window is gone as soon as its page is printed; it is held until somebody has read it.
      const read = new Promise<void>((resolve) => ((globalThis as { wasRead?: () => void }).wasRead = resolve))
      app.once('browser-window-created', (_event, { webContents }) => {
        const print = webContents.printToPDF.bind(webContents)
        webContents.printToPDF = async (options) => {
          await read
          return print(options)
        }
      })
    }, file)
    const place = await must(page, 'files.chooseSave', { kind: 'pdf', name: kind })
    const opened = electron.waitForEvent('window')
    await must(page, 'prints.start', { placeId: place?.placeId ?? '', kind, selection: { contactId: person.contactId }, textSize: '12', withAddress: true })
    const paper = await opened
    await paper.waitForSelector('main')
    const window = await paper.evaluate(look)
    await electron.evaluate(() => (globalThis as { wasRead?: () => void }).wasRead?.())
    while ((await must(page, 'jobs.current', {}))?.state === 'running') await page.waitForTimeout(50)
    // Letter paper, 72 points an inch; in the order it was written, or tabs read as columns.
    prints.push({ kind, window, words: runTool('pdftotext', ['-raw', '-r', '72', '-x', '0', '-y', '60', '-W', '612', '-H', '672', file, '-']) })
  }
  return prints
}
