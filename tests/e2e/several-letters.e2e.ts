/** Several letters at once, in the real app: chosen with the mouse and with the keys, saved, printed, flagged, archived; and a whole thread on paper and in a file. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import type { EpistleApp } from '../support/app'
import { must } from '../support/bridge'
import { contactNamed, sendLetter } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { runTool, wordsOf } from '../support/other-tools'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-several-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The person answers the system's dialog: this is the file. */
const answerSave = async (app: EpistleApp, name: string): Promise<string> => {
  const path = join(folder, name)
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen })
  }, path)
  return path
}
const subjects = ['Advent', 'Christmas', 'Epiphany', 'Lent', 'Easter'] as const
const writeAll = async (page: Page): Promise<string> => {
  const contactId = await contactNamed(page, danielReyes.name)
  for (const subject of subjects) await sendLetter(page, { contactId, subject, body: `Dear Daniel, a blessed ${subject}.` })
  return contactId
}
const saved = async (page: Page, name: string): Promise<void> => {
  await expect(page.getByText(`Saved to ${name}.`)).toBeVisible()
  await page.getByRole('button', { name: 'Put away' }).click()
}

test('chosen in the list, then flagged, saved, printed and archived', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const { page } = mary
  const inspector = createInspector(app)
  await writeAll(page)
  await mary.goTo('Sent Messages')
  const list = page.getByRole('list', { name: 'Sent letters' })
  const box = (subject: string) => list.getByRole('checkbox', { name: new RegExp(subject) })
  await expect(list.getByRole('listitem')).toHaveCount(5)
  await mary.button('Select several').click()
  await mary.button('Export').click()
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is selected yet.' })).toBeVisible()

  // With the mouse, Shift for a stretch; newest first.
  await box('Lent').click()
  await box('Christmas').click({ modifiers: ['Shift'] })
  await expect(page.getByRole('status').filter({ hasText: '3 selected.' })).toBeVisible()
  await expect(box('Epiphany')).toBeChecked()
  await inspector.look('three letters selected')
  await mary.button('Flag').click()
  await expect(page.getByRole('status').filter({ hasText: '3 letters flagged.' })).toBeVisible()
  await expect(box('Christmas')).toContainText('Flagged')
  await expect(box('Advent')).not.toContainText('Flagged')

  const path = await answerSave(app, 'feasts.zip')
  await mary.button('Export').click()
  await inspector.look('save the selected letters, dialog')
  await page.getByRole('dialog', { name: 'Save 3 letters' }).getByRole('button', { name: 'Save as file' }).click()
  await saved(page, 'feasts.zip')
  expect(runTool('unzip', ['-l', path]).match(/\.eml$/gm)).toHaveLength(3)
  const pdf = await answerSave(app, 'feasts.pdf')
  await mary.button('Print').click()
  await page.getByRole('dialog', { name: 'Print 3 letters' }).getByRole('button', { name: 'Save as PDF' }).click()
  await saved(page, 'feasts.pdf')
  const text = wordsOf(runTool('pdftotext', [pdf, '-']))
  for (const subject of ['Christmas', 'Epiphany', 'Lent']) expect(text).toContain(`blessed ${subject}`)
  expect(text).not.toContain('blessed Easter')

  await mary.button('Archive').click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('status').filter({ hasText: '3 letters archived.' })).toBeVisible()
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Only archived').check()
  await expect(list.getByRole('listitem')).toHaveCount(3)

  // With the keys alone: all of them, and back out of the archive.
  await list.getByRole('checkbox').first().focus()
  await page.keyboard.press('Space')
  await expect(list.getByRole('checkbox').first()).toBeChecked()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(list.getByRole('checkbox').nth(1)).toBeChecked()
  await expect(list.getByRole('checkbox').nth(2)).not.toBeChecked()
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('status').filter({ hasText: '3 selected.' })).toBeVisible()
  await mary.button('Take out of the archive').click()
  await expect(list.getByRole('listitem')).toHaveCount(0)
  await mary.button('Clear').first().click()
  await expect(list.getByRole('listitem')).toHaveCount(5)
  await mary.button('Done selecting').click()
  await expect(list.getByRole('checkbox')).toHaveCount(0)
  await list.getByRole('button').first().click()
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  inspector.expectNothingFound()
})

test('a whole thread in a file and on paper, from its own page', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const { page } = mary
  const inspector = createInspector(app)
  const contactId = await writeAll(page)
  await page.evaluate((id) => void (window.location.hash = `#/e/contacts/${id}`), contactId)
  await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
  await inspector.look('thread with its buttons')
  const csv = await answerSave(app, 'thread.csv')
  await mary.button('Export').click()
  const dialog = page.getByRole('dialog', { name: 'Save these letters' })
  await dialog.getByRole('radio', { name: 'Table (CSV)' }).check()
  await dialog.getByRole('button', { name: 'Save as file' }).click()
  await saved(page, 'thread.csv')
  expect(existsSync(csv)).toBe(true)
  const book = await answerSave(app, 'book.pdf')
  await mary.button('Print').click()
  const paper = page.getByRole('dialog', { name: 'Print these letters' })
  await paper.getByRole('radio', { name: 'Year book' }).check()
  await inspector.look('print a thread, dialog')
  await paper.getByRole('button', { name: 'Save as PDF' }).click()
  await saved(page, 'book.pdf')
  const text = wordsOf(runTool('pdftotext', [book, '-']))
  for (const subject of subjects) expect(text).toContain(`blessed ${subject}`)
  inspector.expectNothingFound()
})

test('two people, two states: each choice stands above the list, and a letter with any of them is shown', async ({ startDesk }) => {
  const { mary } = await startDesk()
  const { page } = mary
  await writeAll(page)
  const { contactId: other } = await must(page, 'contacts.add', { facilityId: 'cedar-state', number: '448214' })
  await mary.goTo('Sent Messages')
  await page.getByRole('button', { name: /^Filters/ }).click()
  const person = page.getByLabel('Person', { exact: true }).and(page.locator('select'))
  await person.selectOption(other)
  await expect(page.getByRole('heading', { name: 'No matches.' })).toBeVisible()
  await expect(person).toHaveValue('')
  await person.selectOption({ label: `${danielReyes.name}, Cedar State, ${danielReyes.number}` })
  const chips = page.getByRole('list', { name: 'Filters in use' }).getByRole('button')
  await expect(chips).toHaveCount(2)
  await expect(page.getByRole('list', { name: 'Sent letters' }).getByRole('listitem')).toHaveCount(5)
  await page.getByLabel('Where the letter is').selectOption({ label: 'Came back' })
  await expect(page.getByRole('heading', { name: 'No matches.' })).toBeVisible()
  const { items } = await must(page, 'archive.page', { box: 'sent' })
  const states = new Set(items.map((row) => (row.kind === 'letter' ? row.letter.state : '')))
  const names = { submitted: 'Sent', screening: 'In review', held: 'Held for review', approved: 'Approved', delivered: 'Delivered' } as const
  for (const state of states) await page.getByLabel('Where the letter is').selectOption({ label: names[state as keyof typeof names] })
  await expect(page.getByRole('list', { name: 'Sent letters' }).getByRole('listitem')).toHaveCount(5)
  await chips.filter({ hasText: danielReyes.name }).click()
  await expect(page.getByRole('heading', { name: 'No matches.' })).toBeVisible()
})

test('one key flags the letter one is on, in the list and in the thread, and is a letter like any other where one writes', async ({ startDesk }) => {
  const { mary } = await startDesk()
  const { page } = mary
  const contactId = await writeAll(page)
  await mary.goTo('Sent Messages')
  const list = page.getByRole('list', { name: 'Sent letters' })
  const row = (subject: string) => list.getByRole('button', { name: new RegExp(subject) })
  const told = (words: string) => expect(page.getByRole('status').filter({ hasText: words })).toHaveCount(1)
  await row('Easter').focus()
  await page.keyboard.press('ArrowDown')
  await expect(row('Lent')).toBeFocused()
  await page.keyboard.press('f')
  await expect(row('Lent')).toContainText('Flagged')
  await told('“Lent” is flagged.')
  await expect(row('Lent')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('f')
  await expect(row('Epiphany')).toContainText('Flagged')
  await page.keyboard.press('f')
  await told('The flag of “Epiphany” is taken away.')
  await expect(row('Epiphany')).not.toContainText('Flagged')
  await page.keyboard.press('f')
  await expect(row('Epiphany')).toContainText('Flagged')

  // Among flagged letters alone, the one that leaves hands the focus on.
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Only flagged').check()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await row('Lent').focus()
  await page.keyboard.press('f')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(row('Epiphany')).toBeFocused()
  await mary.button('Clear').first().click()

  const field = page.getByLabel('Search your letters')
  await field.pressSequentially('f')
  await expect(field).toHaveValue('f')
  await field.fill('')
  await expect(list.getByText('Flagged')).toHaveCount(1)

  await page.evaluate((id) => void (window.location.hash = `#/e/contacts/${id}`), contactId)
  const advent = page.getByRole('article').filter({ hasText: 'blessed Advent' })
  await advent.getByRole('button', { name: 'Open' }).focus()
  await page.keyboard.press('f')
  await expect(advent).toContainText('Flagged')
  await told('“Advent” is flagged.')
  await expect(advent.getByRole('button', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('f')
  await expect(advent).not.toContainText('Flagged')
  await page.getByLabel('Private note').pressSequentially('for him')
  await expect(page.getByLabel('Private note')).toHaveValue('for him')
  await expect(page.getByRole('article').filter({ hasText: 'Flagged' })).toHaveCount(1)
})
