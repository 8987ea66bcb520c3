/** Letters on paper, in files and back, in the real app: what other programs read in them is what was written. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type EpistleApp } from '../support/app'
import { runTool, wordsOf } from '../support/other-tools'
import { danielReyes, Volunteer } from '../support/volunteer'

const psalm = readFileSync(new URL('../fixtures/texts/psalms-kjv.txt', import.meta.url), 'utf8').slice(0, 6_000).trim()
const letters: readonly (readonly [subject: string, message: string])[] = [
  ['The psalm you asked about', `Dear Daniel,\n\n${psalm}\n\nMaria`],
  ['=1+1 "quotes", commas; and José', 'Dear Daniel,\n\nFrom here on all is well.\n>From there, too.\n\n  two  spaces & <b>no markup</b> here\n']
]

/** The person answers the system's dialog: this is the file. */
const answerSave = (app: EpistleApp, path: string | null): Promise<void> =>
  app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => (chosen === null ? { canceled: true, filePath: '' } : { canceled: false, filePath: chosen })
  }, path)
const answerOpen = (app: EpistleApp, path: string): Promise<void> =>
  app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-files-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const goToExchange = async (mary: Volunteer): Promise<void> => {
  await mary.goTo('Settings')
  await mary.button('Export and import').click()
  await expect(mary.heading('Export and import')).toBeVisible()
}
const saveAs = async (app: EpistleApp, mary: Volunteer, kind: string, name: string): Promise<string> => {
  const path = join(folder, name)
  await answerSave(app, path)
  await mary.page.getByRole('radio', { name: kind }).check()
  await mary.button('Save as file').click()
  await expect(mary.page.getByText(`Saved to ${name}.`)).toBeVisible()
  await mary.button('Put away').click()
  return path
}

test('a letter to a PDF, a thread into files, and into another profile: equal', async ({ startApp }) => {
  test.setTimeout(240_000)
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.settleIn()
  for (const [subject, message] of letters) await mary.writeAndSend({ to: danielReyes.name, subject, message })
  await expect(mary.row(letters[1]?.[0] ?? '')).toBeVisible()

  // One letter, 18 point, as a PDF.
  await mary.openSent(letters[0]?.[0] ?? '')
  const pdf = join(folder, 'letter.pdf')
  await answerSave(app, null)
  await mary.button('Print').click()
  const dialog = mary.page.getByRole('dialog', { name: 'Print this letter' })
  await dialog.getByRole('radio', { name: '18 point' }).check()
  await dialog.getByRole('button', { name: 'Save as PDF' }).click()
  await expect(dialog, 'nothing was chosen: the question stays').toBeVisible()
  await answerSave(app, pdf)
  await dialog.getByRole('button', { name: 'Save as PDF' }).click()
  await expect(mary.page.getByText('Saved to letter.pdf.')).toBeVisible()
  await mary.button('Put away').click()
  const about = runTool('pdfinfo', [pdf])
  expect(about).toMatch(/^Tagged:\s+yes$/m)
  expect(about).toMatch(/^JavaScript:\s+no$/m)
  expect(about).toMatch(/^Title:\s+Letter to Daniel Reyes$/m)
  // Without the strips at the head and the foot, where the number of the page stands.
  const pages = Number(/^Pages:\s+(\d+)$/m.exec(about)?.[1])
  expect(pages).toBeGreaterThan(2)
  const body = wordsOf(runTool('pdftotext', ['-x', '0', '-y', '60', '-W', '612', '-H', '672', pdf, '-']))
  expect(body.endsWith(wordsOf(letters[0]?.[1] ?? ''))).toBe(true)
  expect(body).toContain('To Daniel Reyes')

  await goToExchange(mary)
  const csv = await saveAs(app, mary, 'Table (CSV)', 'letters.csv')
  const mbox = await saveAs(app, mary, 'Mail archive (mbox)', 'letters.mbox')
  const read = JSON.parse(
    runTool('python3', ['-c', `
import json, mailbox, sys, email.policy, email
box = mailbox.mbox(sys.argv[1], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default))
print(json.dumps([{'subject': m['subject'], 'body': m.get_content(), 'to': m['to']} for m in box]))`, mbox])
  ) as readonly { readonly subject: string; readonly body: string; readonly to: string }[]
  expect(read.map(({ subject }) => subject)).toEqual(letters.map(([subject]) => subject))
  expect(read.map(({ body: text }) => text.trimEnd())).toEqual(letters.map(([, message]) => message.trimEnd()))
  expect(read[0]?.to).toContain('Daniel Reyes')
  const zip = await saveAs(app, mary, 'Everything (ZIP)', 'letters.zip')
  expect(runTool('unzip', ['-t', zip])).toContain('No errors detected')

  // A year book with the pages in its contents.
  const book = join(folder, 'book.pdf')
  await answerSave(app, book)
  await mary.page.getByRole('radio', { name: 'Year book' }).check()
  await mary.button('Print or save as PDF').click()
  await mary.page.getByRole('dialog', { name: 'Print the year book' }).getByRole('button', { name: 'Save as PDF' }).click()
  await expect(mary.page.getByText('Saved to book.pdf.')).toBeVisible()
  const contents = wordsOf(runTool('pdftotext', ['-f', '2', '-l', '2', '-layout', book, '-']))
  for (const [subject] of letters) {
    const number = Number(new RegExp(`${subject.replace(/[^\w]/g, '.')} (\\d+)`).exec(contents)?.[1])
    expect(number, contents).toBeGreaterThan(2)
    expect(wordsOf(runTool('pdftotext', ['-f', String(number), '-l', String(number), book, '-']))).toContain(subject)
  }
  expect(readdirSync(folder).sort()).toEqual(['book.pdf', 'letter.pdf', 'letters.csv', 'letters.mbox', 'letters.zip'])
  await app.close()

  const second = await startApp()
  const joe = new Volunteer(() => second.page)
  await joe.settleIn({ email: 'mary.keane@parish.org' })
  await goToExchange(joe)
  await answerOpen(second, mbox)
  await joe.button('Choose a file').click()
  const preview = joe.page.getByRole('dialog', { name: 'What is in letters.mbox' })
  await expect(preview).toContainText('2 new messages.')
  await expect(preview).toContainText('Nothing has been saved yet.')
  await preview.getByRole('button', { name: 'Bring in 2 messages' }).click()
  await expect(joe.page.getByText('2 messages brought in from letters.mbox.')).toBeVisible()
  await joe.button('Put away').click()
  const again = await saveAs(second, joe, 'Table (CSV)', 'again.csv')
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(csv, 'utf8'))
  await joe.button('Choose a file').click()
  await expect(joe.page.getByRole('dialog', { name: 'What is in letters.mbox' })).toContainText('Nothing new, 2 already here.')
  await joe.button('Close').click()
  await joe.button('Take out letters.mbox').click()
  await joe.button('Take out').click()
  await expect(joe.page.getByText('2 messages taken out again.')).toBeVisible()
})

test('a full disk and a place that is gone: one sentence, nothing left behind', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.practise()
  await goToExchange(mary)
  const gone = join(folder, 'stick', 'letters.zip')
  await answerSave(app, gone)
  await mary.button('Save as file').click()
  await expect(mary.page.getByText('letters.zip was not saved: its folder or USB stick is not there any more.')).toBeVisible()
  expect(existsSync(gone)).toBe(false)
  await mary.button('Put away').click()
  await answerSave(app, join(folder, 'letters'))
  await mary.button('Save as file').click()
  await expect(mary.page.getByText('Saved to letters.zip.')).toBeVisible()
  expect(statSync(join(folder, 'letters.zip')).mode & 0o077, 'for this person alone').toBe(0)
})
