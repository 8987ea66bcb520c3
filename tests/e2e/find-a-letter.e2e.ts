/** The desk with ten thousand letters: found by typing, narrowed, kept by name, walked through with the keys. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { expect } from 'playwright/test'
import { projectFolder, test, type EpistleApp, type StartApp } from '../support/app'
import { Volunteer } from '../support/volunteer'

type Seed = { readonly seedArchive: (options: object) => Promise<{ readonly written: number }> }
const { bundleSeed, seedStamp } = (await import(new URL('../../scripts/seed/bundle.mjs', import.meta.url).href)) as {
  readonly bundleSeed: (name: string) => Promise<Seed>
  readonly seedStamp: () => string
}
const letters = 10_000
const login = { email: 'maria@parish.org', password: 'Lantern7oak' }

/** A profile with ten thousand letters, made once for each state of the sources it depends on. */
const seededProfile = async (): Promise<string> => {
  const kept = join(projectFolder, 'node_modules', '.epistle', `seeded-${letters}-${seedStamp()}`)
  if (existsSync(kept)) return kept
  const making = `${kept}.${process.pid}`
  mkdirSync(making, { recursive: true })
  const { seedArchive } = await bundleSeed('seed')
  const { written } = await seedArchive({ profileDir: making, letters, seed: '1', login, folder: projectFolder, cost: 'quick', progress: () => undefined, stopped: () => false })
  expect(written).toBe(letters)
  try {
    renameSync(making, kept)
  } catch {
    // Another worker was quicker; its folder is as good.
    rmSync(making, { recursive: true, force: true })
  }
  return kept
}

test.setTimeout(300_000)
test.beforeAll(async () => {
  test.setTimeout(600_000)
  await seededProfile()
})

const openDesk = async (startApp: StartApp): Promise<{ readonly app: EpistleApp; readonly page: Page; readonly mary: Volunteer }> => {
  const kept = await seededProfile()
  const app = await startApp({ prepare: (profileDir) => cpSync(kept, profileDir, { recursive: true }) })
  const { page } = app
  await must(page, 'accounts.signIn', login)
  const mary = new Volunteer(() => app.page)
  await expect(mary.heading('Home')).toBeVisible()
  return { app, page, mary }
}
const list = (page: Page) => page.getByRole('list', { name: 'Sent letters' })
const places = (page: Page) => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset') ?? '')

test('"the psalm for Daniel" is found among ten thousand letters by typing', async ({ startApp }) => {
  const { page, mary } = await openDesk(startApp)
  await mary.goTo('Sent Messages')
  await expect(list(page).getByRole('listitem').first()).toBeVisible()
  const { total } = await must(page, 'archive.page', { box: 'sent' })
  expect(total).toBeGreaterThan(5_000)
  await expect(list(page).getByRole('listitem').first()).toHaveAttribute('aria-setsize', String(total))
  expect(await list(page).getByRole('listitem').count(), 'only what is in sight is in the page').toBeLessThan(60)

  await page.keyboard.press('Control+f')
  const field = page.getByLabel('Search your letters')
  await expect(field).toBeFocused()
  await page.keyboard.type('"the psalm for Daniel', { delay: 30 })
  await expect(page.getByRole('status').filter({ hasText: '1 match' })).toBeVisible()
  const row = list(page).getByRole('listitem')
  await expect(row).toHaveCount(1)
  await expect(row.locator('mark')).toContainText(['The', 'psalm', 'for', 'Daniel'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('I will lift up mine eyes unto the hills')

  await page.goBack()
  await expect(field).toHaveValue('"the psalm for Daniel')
  await expect(row).toHaveCount(1)
  await expect(row.getByRole('button')).toBeFocused()
})

test('the last letter to somebody lies beside a new one, however many went to others since', async ({ startApp }) => {
  const { app, page, mary } = await openDesk(startApp)
  const newest = new Set((await must(page, 'letters.sent', { pageSize: 200 })).items.map(({ contactId }) => contactId))
  const longAgo = []
  for (const contact of (await must(page, 'contacts.list', {})).filter(({ contactId, standing }) => standing === 'ready' && !newest.has(contactId))) {
    const { entries } = await must(page, 'thread.page', { contactId: contact.contactId })
    const letter = entries.find((entry) => entry.type === 'letter')
    if (letter !== undefined) longAgo.push({ contact, letter })
  }
  const [first] = longAgo
  if (first === undefined) throw new Error('everybody was written to a short while ago')
  await must(page, 'drafts.create', { contactId: first.contact.contactId })
  await mary.goTo('Drafts')
  await mary.row(`${first.contact.firstName} ${first.contact.lastName}`).getByRole('button').first().click()
  await mary.button('Read your letter').click()
  await expect(page.getByRole('dialog')).toContainText(first.letter.subject)
  const inspector = createInspector(app)
  await inspector.look('the last letter, dialog')
  inspector.expectNothingFound()
})

test('no text is an error, and nothing found has one way on', async ({ startApp }) => {
  const { page, mary } = await openDesk(startApp)
  await mary.goTo('Sent Messages')
  const field = page.getByLabel('Search your letters')
  for (const strange of ['NEAR(', '"', '%', '*', "'", '😀', 'a'.repeat(5_000), 'AND OR NOT', '-', '^psalm:']) {
    await field.fill(strange)
    await expect(page.getByText('No matches.', { exact: true }).first().or(list(page))).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  await field.fill('xylophone zither')
  await expect(page.getByRole('heading', { name: 'No matches.' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Clear' }).last().click()
  await expect(field).toHaveValue('')
  await expect(list(page).getByRole('listitem').first()).toBeVisible()
})

test('filters stand above the list as chips, and a search is kept by name', async ({ startApp }) => {
  const { app, page, mary } = await openDesk(startApp)
  const inspector = createInspector(app)
  await mary.goTo('Sent Messages')
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Where the letter is').selectOption({ label: 'Not delivered' })
  await expect(page.getByRole('button', { name: 'Remove filter: Not delivered' })).toBeVisible()
  await expect(list(page).getByRole('listitem').first()).toContainText('Not delivered')
  await page.getByLabel('Facility', { exact: true }).selectOption({ label: 'Cedar State' })
  await expect(page.getByRole('button', { name: 'Remove filter: Cedar State' })).toBeVisible()
  const { items } = await must(page, 'archive.search', { box: 'sent', query: '', filters: { states: ['rejected'], facilityIds: ['cedar-state'] }, limit: 200 })
  await expect(page.getByRole('status').filter({ hasText: `${items.length} match` })).toBeVisible()

  await page.getByRole('button', { name: 'Save this search' }).click()
  await page.getByLabel('Name', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Name', { exact: true }).fill('Refused at Cedar')
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('button', { name: 'Clear' }).first().click()
  await expect(page.getByRole('button', { name: /^Remove filter/ })).toHaveCount(0)

  await page.getByRole('button', { name: 'Saved searches (1)' }).click()
  await page.getByRole('button', { name: 'Refused at Cedar', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Remove filter: Cedar State' })).toBeVisible()
  await inspector.look('saved searches')
  await page.getByRole('button', { name: 'Rename Refused at Cedar' }).click()
  await page.getByLabel('Name', { exact: true }).fill('To write again')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'To write again', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Delete To write again' }).click()
  await inspector.look('delete a saved search, dialog')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: /^Saved searches/ })).toHaveCount(0)
  inspector.expectNothingFound()
})

test('the keys walk through the whole list, by time and by person', async ({ startApp }) => {
  const { page, mary } = await openDesk(startApp)
  await mary.goTo('Sent Messages')
  await list(page).getByRole('button').first().focus()
  const { total } = await must(page, 'archive.page', { box: 'sent' })
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => places(page)).toBe('2')
  await page.keyboard.press('PageDown')
  await expect.poll(async () => Number(await places(page))).toBeGreaterThan(3)
  await page.keyboard.press('End')
  await expect.poll(() => places(page)).toBe(String(total))
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => places(page)).toBe(String(total - 1))
  const subject = await page.evaluate(() => document.activeElement?.textContent ?? '')
  await page.keyboard.press('Enter')
  await expect(mary.heading(/^Letter to/)).toBeVisible()
  await page.goBack()
  await expect.poll(() => places(page)).toBe(String(total - 1))
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toBe(subject)
  await page.keyboard.press('Home')
  await expect.poll(() => places(page)).toBe('1')

  await page.getByText('Person', { exact: true }).last().click()
  const headings = list(page).getByRole('heading', { level: 2 })
  await expect(headings.first()).toBeVisible()
  const { items } = await must(page, 'archive.page', { box: 'sent', order: 'person', limit: 1 })
  const first = items[0]
  await expect(headings.first()).toHaveText(first?.kind === 'letter' ? first.letter.contactName : '')
})

test('the desk is accessible, with a search on it too', async ({ startApp }) => {
  const { app, page, mary } = await openDesk(startApp)
  const inspector = createInspector(app)
  await mary.goTo('Sent Messages')
  await expect(list(page).getByRole('listitem').first()).toBeVisible()
  await inspector.look('Sent Messages, ten thousand letters')
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByLabel('Stamps', { exact: true }).selectOption({ label: '1 stamp' })
  await page.getByLabel('Search your letters').fill('psalm')
  await expect(page.getByRole('button', { name: 'Remove filter: 1 stamp' })).toBeVisible()
  await inspector.look('a search with filters')
  await page.getByRole('button', { name: 'Save this search' }).click()
  await inspector.look('save a search, dialog')
  await page.keyboard.press('Escape')
  await mary.goTo('Inbox')
  await expect(page.getByRole('list', { name: 'Answers' }).getByRole('listitem').first()).toBeVisible()
  await inspector.look('Inbox, thousands of answers')
  inspector.expectNothingFound()
})
