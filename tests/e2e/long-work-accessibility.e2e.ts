/** Long work and the warning before the screen locks, as people who see badly or cannot hit small things meet them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventChannel } from '../../src-main/contract/channels'
import type { EpistleApp } from '../support/app'
import { contactNamed, sendLetter } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-long-work-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The person answers the system's dialog: this is the file. Its printing waits for `goOn`. */
const holdNextPrint = (app: EpistleApp, file: string): Promise<void> =>
  app.electron.evaluate(({ app: main, dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    const held = new Promise<void>((resolve) => ((globalThis as { goOn?: () => void }).goOn = resolve))
    main.once('browser-window-created', (_event, { webContents }) => {
      const print = webContents.printToPDF.bind(webContents)
      webContents.printToPDF = async (options) => {
        await held
        return print(options)
      }
    })
  }, file)
const goOn = (app: EpistleApp): Promise<void> => app.electron.evaluate(() => (globalThis as { goOn?: () => void }).goOn?.())

const beginPrint = async (app: EpistleApp, mary: Volunteer, file: string): Promise<void> => {
  await holdNextPrint(app, file)
  await mary.button('Print').click()
  await mary.page.getByRole('dialog', { name: 'Print this letter' }).getByRole('button', { name: 'Save as PDF' }).click()
}

test('long work: under way, done, cancelled, failed', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  const contactId = await contactNamed(mary.page, danielReyes.name)
  await sendLetter(mary.page, { contactId, subject: 'A letter to print', body: 'Dear Daniel, peace.' })
  await mary.openSent('A letter to print')

  const underWay = mary.page.getByRole('progressbar')
  await beginPrint(app, mary, join(folder, 'letter.pdf'))
  await expect(underWay).toBeVisible()
  await inspector.look('long work under way')
  await goOn(app)
  await expect(mary.page.getByText('Saved to letter.pdf.')).toBeVisible()
  await inspector.look('long work that is done')
  await mary.button('Put away').click()

  await beginPrint(app, mary, join(folder, 'letter.pdf'))
  await expect(underWay).toBeVisible()
  await mary.button('Cancel').click()
  await expect(underWay).toHaveCount(0)
  await inspector.look('long work that was cancelled')
  await mary.button('Put away').click()

  await beginPrint(app, mary, join(folder, 'gone', 'letter.pdf'))
  await expect(mary.page.getByText('letter.pdf was not saved: its folder or USB stick is not there any more.')).toBeVisible()
  await inspector.look('long work that failed')
  inspector.expectNothingFound()
})

test('the warning before the screen locks', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  // It comes when nobody has moved for minutes; here main says so at once.
  await app.electron.evaluate(({ BrowserWindow }, channel) => BrowserWindow.getAllWindows()[0]?.webContents.send(channel, { type: 'idleWarning', what: 'lock', at: Date.now() + 60_000 }), eventChannel)
  await expect(mary.page.getByRole('alertdialog')).toBeVisible()
  await inspector.look('the warning before the lock')
  inspector.expectNothingFound()
})
