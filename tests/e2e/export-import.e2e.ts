/** Letters on paper, in files and back, in the real app: what other programs read in them is what was written. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EpistleApp } from '../support/app'
import { must } from '../support/bridge'
import { contactNamed, sendLetter } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { Keyboard } from '../support/keyboard'
import { runTool, wordsOf } from '../support/other-tools'
import { fixturePhoto } from '../support/photos'
import { expect, test } from '../support/settled'
import { danielReyes, Volunteer } from '../support/volunteer'

const psalm = readFileSync(new URL('../fixtures/texts/psalms-kjv.txt', import.meta.url), 'utf8').slice(0, 6_000).trim()
const letters: readonly (readonly [subject: string, message: string])[] = [
  ['The psalm you asked about', `Dear Daniel,\n\n${psalm}\n\nMaria`],
  ['=1+1 "quotes", commas; and José', 'Dear Daniel,\n\nFrom here on all is well.\n>From there, too.\n\n  two  spaces & <b>no markup</b> here\n']
]

/** The third has photos. */
const album = { subject: 'Our chapel', body: 'Dear Daniel,\n\nhere is our chapel.', photos: { 'The chapel.jpg': fixturePhoto('chapel.jpg'), 'A candle.png': fixturePhoto('candle.png') } }
const subjects = [...letters.map(([subject]) => subject), album.subject]
const texts = [...letters.map(([, message]) => message), album.body]
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

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
  await sendLetter(app.page, { contactId: await contactNamed(app.page, danielReyes.name), ...album })

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
import json, mailbox, sys, email.policy, email, hashlib
box = mailbox.mbox(sys.argv[1], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default))
print(json.dumps([{'subject': m['subject'], 'body': m.get_body(('plain',)).get_content(), 'to': m['to'], 'files': {a.get_filename(): hashlib.sha256(a.get_content()).hexdigest() for a in m.iter_attachments()}} for m in box]))`, mbox])
  ) as readonly { readonly subject: string; readonly body: string; readonly to: string; readonly files: Readonly<Record<string, string>> }[]
  expect(read.map(({ subject }) => subject)).toEqual(subjects)
  expect(read.map(({ body: text }) => text.trimEnd())).toEqual(texts.map((text) => text.trimEnd()))
  expect(read.map(({ files }) => files)).toEqual([{}, {}, Object.fromEntries(Object.entries(album.photos).map(([name, bytes]) => [name, hashOf(bytes)]))])
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
  for (const subject of subjects) {
    const number = Number(new RegExp(`${subject.replace(/[^\w]/g, '.')} (\\d+)`).exec(contents)?.[1])
    expect(number, contents).toBeGreaterThan(2)
    expect(wordsOf(runTool('pdftotext', ['-f', String(number), '-l', String(number), book, '-']))).toContain(subject)
  }
  expect(runTool('pdfimages', ['-list', book]), 'the photos of the third letter, the JPEG as it is').toMatch(/image +640 +480 .*jpeg[^]*image +300 +400 /)
  expect(readdirSync(folder).sort()).toEqual(['book.pdf', 'letter.pdf', 'letters.csv', 'letters.mbox', 'letters.zip'])
  await app.close()

  const second = await startApp()
  const joe = new Volunteer(() => second.page)
  await joe.settleIn({ email: 'mary.keane@parish.org' })
  await goToExchange(joe)
  await answerOpen(second, mbox)
  await joe.button('Choose a file').click()
  const preview = joe.page.getByRole('dialog', { name: 'What is in letters.mbox' })
  await expect(preview).toContainText('3 new messages.')
  await expect(preview).toContainText('2 photos come along.')
  await expect(preview).toContainText('Nothing has been saved yet.')
  await preview.getByRole('button', { name: 'Bring in 3 messages' }).click()
  await expect(joe.page.getByText('3 messages brought in from letters.mbox.')).toBeVisible()
  await joe.button('Put away').click()
  await joe.goTo('Sent Messages')
  await joe.row(album.subject).getByRole('button').first().click()
  await joe.page.getByRole('button', { name: 'Show the photo The chapel' }).click()
  await expect.poll(() => joe.page.getByRole('dialog').getByRole('img').evaluate((picture: HTMLImageElement) => [picture.naturalWidth, picture.naturalHeight])).toEqual([640, 480])
  await joe.page.keyboard.press('Escape')
  for (const bytes of Object.values(album.photos)) expect((await must(joe.page, 'photos.open', { photoId: hashOf(bytes) })).data).toBe(bytes.toString('base64'))
  await goToExchange(joe)
  const again = await saveAs(second, joe, 'Table (CSV)', 'again.csv')
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(csv, 'utf8'))
  await joe.button('Choose a file').click()
  await expect(joe.page.getByRole('dialog', { name: 'What is in letters.mbox' })).toContainText('Nothing new, 3 already here.')
  await joe.button('Close').click()
  await joe.button('Take out letters.mbox').click()
  const inspector = createInspector(second)
  await inspector.look('take an archive out, dialog')
  inspector.expectNothingFound()
  await joe.button('Take out').click()
  await expect(joe.page.getByText('3 messages taken out again.')).toBeVisible()
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

test('with the keyboard alone: a kind of file is chosen, saved, and its notice put away', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  const keys = new Keyboard(() => app.page)
  await mary.practise()
  await keys.follow(mary.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }))
  await expect(mary.heading('Settings')).toBeVisible()
  await keys.press(mary.button('Export and import'))
  await expect(mary.heading('Export and import')).toBeVisible()
  const path = join(folder, 'letters.mbox')
  await answerSave(app, path)
  await keys.goTo(mary.page.getByRole('radio', { name: 'Everything (ZIP)' }))
  await keys.key('ArrowDown')
  await expect(mary.page.getByRole('radio', { name: 'Mail archive (mbox)' })).toBeChecked()
  await keys.press(mary.button('Save as file'))
  await expect(mary.page.getByText('Saved to letters.mbox.')).toBeInViewport()
  expect(statSync(path).size).toBeGreaterThan(0)
  await keys.goTo(mary.button('Put away'), 'back')
  await keys.key('Enter')
  await expect(mary.page.getByText('Saved to letters.mbox.')).toHaveCount(0)
})

const manyLetters = 20_000
const oldArchive = (): string => {
  const path = join(folder, 'old.csv')
  const rows = Array.from({ length: manyLetters }, (_, n) => `2019-12-${10 + (n % 20)},Daniel Reyes,Letter number ${n} from the lighthouse,sent,Subject ${n}`)
  writeFileSync(path, `Date,Person,Message,Direction,Subject\nsoon,Daniel Reyes,x,sent,x\n${rows.join('\n')}\n`)
  return path
}

test('killed in the middle of bringing in, and of saving: nothing half is seen or lies anywhere, and doing it again works', async ({ startDesk }) => {
  test.setTimeout(300_000)
  const patient = { timeout: 120_000 }
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  const archive = oldArchive()
  const lookThrough = async () => {
    await goToExchange(mary)
    await answerOpen(app, archive)
    await mary.button('Choose a file').click()
    const preview = mary.page.getByRole('dialog', { name: 'What is in old.csv' })
    await expect(preview).toContainText('20,000 new messages, 1 could not be read.', patient)
    return preview
  }
  const bringIn = (preview: Awaited<ReturnType<typeof lookThrough>>): Promise<void> => preview.getByRole('button', { name: 'Bring in 20,000 messages' }).click()
  const underWay = (unit: string) => mary.page.getByRole('paragraph').filter({ hasText: new RegExp(`^[1-9][\\d,]* of 20,000 ${unit}$`) })

  await goToExchange(mary)
  await inspector.look('export and import')
  const first = await lookThrough()
  await inspector.look('what is in a file')
  await bringIn(first)
  await expect(underWay('messages'), 'how far it is stays in sight').toBeInViewport()
  await app.kill()

  await app.restart()
  await mary.arrive()
  const [contact] = await must(mary.page, 'contacts.list', {})
  expect(await must(mary.page, 'imports.list', {})).toEqual([])
  expect((await must(mary.page, 'archive.page', { box: 'sent' })).total).toBe(0)
  expect((await must(mary.page, 'archive.search', { box: 'both', query: 'lighthouse', filters: {} })).items).toEqual([])
  expect(await must(mary.page, 'thread.page', { contactId: contact?.contactId ?? '' })).toMatchObject({ letters: 0, replies: 0, entries: [] })

  await bringIn(await lookThrough())
  await expect(mary.page.getByText('20,000 messages brought in from old.csv.')).toBeVisible(patient)
  expect((await must(mary.page, 'archive.page', { box: 'sent' })).total).toBe(manyLetters)
  await mary.button('Put away').click()

  const zip = join(folder, 'letters.zip')
  await answerSave(app, zip)
  await mary.button('Save as file').click()
  await expect(underWay('letters')).toBeInViewport()
  await app.kill()
  expect(existsSync(zip), 'nothing stands under the name before it is whole').toBe(false)
  expect(readdirSync(folder).length, 'a beginning lay there').toBe(2)

  await app.restart()
  await mary.arrive()
  await expect.poll(() => readdirSync(folder)).toEqual(['old.csv'])
  await goToExchange(mary)
  await answerSave(app, zip)
  await mary.button('Save as file').click()
  await expect(mary.page.getByText('Saved to letters.zip.')).toBeVisible(patient)
  expect(runTool('unzip', ['-tq', zip])).toContain('No errors detected')
  inspector.expectNothingFound()
})
