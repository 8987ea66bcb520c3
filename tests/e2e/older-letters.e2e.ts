/** An older archive in the real app: its letters stand among the others, are found, read, said whom they are with, and go again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { must } from '../support/bridge'
import { contactNamed, sendLetter } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-older-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const go = (page: Page, hash: string): Promise<void> => page.evaluate((to) => void (window.location.hash = to), hash)
const table = [
  'Date,Person,Message,Direction,Subject',
  '2019-12-24,Daniel Reyes,"Dear Daniel, the lighthouse is lit for Christmas.",sent,Christmas',
  '2020-01-06,Daniel Reyes,Thank you for the lighthouse.,received,Re: Christmas',
  '2020-02-01,Ana Pham,"Dear Ana, the seashore in winter.",sent,For Ana',
  '2020-02-09,Ana Pham,The seashore was kind.,received,Re: For Ana'
].join('\n')

test('in the lists, the thread and the search, with whom is said by hand, and gone with its archive', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const { page } = mary
  const inspector = createInspector(app)
  const contactId = await contactNamed(page, danielReyes.name)
  await sendLetter(page, { contactId, subject: 'A quiet week', body: 'Dear Daniel, rain and soup.' })
  const path = join(folder, 'old.csv')
  writeFileSync(path, table)
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
  await go(page, '#/settings/exchange')
  await mary.button('Choose a file').click()
  await page.getByRole('button', { name: 'Bring in 4 messages' }).click()
  await expect(page.getByText('4 messages brought in from old.csv.')).toBeVisible()
  await mary.button('Put away').click()

  await mary.goTo('Sent Messages')
  const rows = page.getByRole('list', { name: 'Sent letters' }).getByRole('listitem')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(0)).toContainText('A quiet week')
  await expect(rows.nth(1)).toContainText('Ana Pham')
  await expect(rows.nth(1)).toContainText('From an older archive')
  await inspector.look('Sent Messages with an older archive')
  await page.getByLabel('Search your letters').fill('lighthouse')
  await expect(rows).toHaveCount(1)
  await rows.first().getByRole('button').click()
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Brought in from old.csv on')
  await expect(page.getByRole('main')).toContainText('24 December 2019')
  await mary.button('All letters').click()
  await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
  await expect(page.getByText('2 letters, 1 answer, newest first')).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(3)
  await inspector.look('thread with an older archive')

  // Ana Pham is nobody's contact: all that is known of her is her name.
  await mary.goTo('Inbox')
  await page.getByRole('list', { name: 'Answers' }).getByRole('listitem').filter({ hasText: 'Ana Pham' }).getByRole('button').click()
  await expect(mary.heading('Letter from Ana Pham')).toBeVisible()
  await mary.button('This is the person').click()
  await expect(page.getByText('Choose a contact first.')).toBeVisible()
  await inspector.look('a letter of an older archive')
  await page.getByLabel('Person', { exact: true }).selectOption(contactId)
  await mary.button('This is the person').click()
  await expect(mary.heading('Letter from Daniel Reyes')).toBeVisible()
  expect(await must(page, 'thread.page', { contactId })).toMatchObject({ letters: 3, replies: 2 })
  await mary.button('Take that back').click()
  await expect(mary.heading('Letter from Ana Pham')).toBeVisible()
  await mary.button('Flag').click()
  await expect(mary.button('Flagged')).toBeVisible()
  await mary.goTo('Inbox')
  await expect(page.getByRole('list', { name: 'Answers' }).getByRole('listitem').filter({ hasText: 'Ana Pham' })).toContainText('Flagged')

  await go(page, '#/settings/exchange')
  await page.getByRole('button', { name: 'Take out old.csv' }).click()
  await page.getByRole('button', { name: 'Take out', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Archives brought in' })).toHaveCount(0)
  await mary.goTo('Sent Messages')
  await page.getByRole('main').getByRole('button', { name: 'Clear' }).first().click()
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('A quiet week')
  inspector.expectNothingFound()
})

test('a person is found by the note about them, and the search says so', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const { page } = mary
  const inspector = createInspector(app)
  const contactId = await contactNamed(page, danielReyes.name)
  await sendLetter(page, { contactId, subject: 'A quiet week', body: 'Dear Daniel, rain and soup.' })
  await must(page, 'marks.saveNote', { kind: 'contact', id: contactId, baseRevision: 0, text: 'His grandmother Rosa calls on Sundays.' })
  await mary.goTo('Sent Messages')
  await page.getByLabel('Search your letters').fill('rosa')
  const people = page.getByRole('list', { name: 'People' })
  await expect(people).toContainText('In the note about Daniel: His grandmother Rosa calls on Sundays.')
  await expect(people.locator('mark')).toHaveText('Rosa')
  await expect(page.getByRole('heading', { name: 'No letters match.' })).toBeVisible()
  await inspector.look('a search that finds a person')
  await people.getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
  inspector.expectNothingFound()
})

test('a long conversation: what changes far from the screen is right as soon as it comes near', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const { page } = mary
  const contactId = await contactNamed(page, danielReyes.name)
  const path = join(folder, 'long.csv')
  const days = Array.from({ length: 90 }, (_, n) => new Date(Date.UTC(2019, 0, 1 + n * 3)).toISOString().slice(0, 10))
  writeFileSync(path, ['Date,Person,Message,Direction,Subject', ...days.map((day, n) => `${day},Daniel Reyes,"${'Dear Daniel, it rains on the chapel roof. '.repeat(12)}",${n % 2 === 0 ? 'sent' : 'received'},Letter ${n}`)].join('\n'))
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
  await go(page, '#/settings/exchange')
  await mary.button('Choose a file').click()
  await page.getByRole('button', { name: 'Bring in 90 messages' }).click()
  await expect(page.getByText('90 messages brought in from long.csv.')).toBeVisible()
  await go(page, `#/e/contacts/${contactId}`)
  for (const shown of [20, 70, 90]) {
    await expect(page.locator('article')).toHaveCount(shown)
    if (shown < 90) await mary.button('Show earlier letters').click()
  }
  await expect(mary.button('Show earlier letters')).toHaveCount(0)
  const oldest = page.locator('article').last()
  await expect(oldest).toContainText('Letter 0')
  await page.getByRole('main').getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded()
  const pages = await must(page, 'archive.search', { box: 'sent', query: '', filters: { until: Date.UTC(2019, 0, 2) } })
  const first = pages.items[0]
  await must(page, 'marks.flag', { kind: 'imported', id: first?.kind === 'imported' ? first.imported.messageId : '', on: true })
  await oldest.scrollIntoViewIfNeeded()
  await expect(oldest).toContainText('Flagged')
  await expect(page.locator('article')).toHaveCount(90)
})
