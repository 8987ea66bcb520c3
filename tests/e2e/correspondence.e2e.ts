/** One thread with one person: an answer is read and answered in place, a letter that came back is mended, marks outlast a crash. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright/test'
import { must } from '../support/bridge'
import { contactNamed, sendLetter, untilAnswered } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { removeFolder } from '../support/remove-folder'
import { readServiceRecords } from '../support/service-records'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

const go = (page: Page, hash: string): Promise<void> => page.evaluate((to) => void (window.location.hash = to), hash)
const entries = (mary: Volunteer) => mary.page.getByRole('list', { name: /^Letters with/ }).getByRole('article')

test('an answer is read and answered in place, and both stand in the thread', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await untilAnswered(mary.page, await contactNamed(mary.page, danielReyes.name))
  await mary.goTo('Inbox')
  await mary.row('Daniel Reyes').first().getByRole('button').click()
  const answer = (await mary.page.getByRole('article').locator('.text').textContent())?.trim() ?? ''
  await mary.button('Answer').click()
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  await expect(mary.field('Subject')).toHaveValue(/^Re: /)
  await expect(mary.page.getByRole('region', { name: 'The answer you are answering' }), 'beside the letter').toHaveText(answer)
  await mary.field('Message').fill('Dear Daniel,\n\nthank you for your answer.')
  await mary.field('Prepay the answer (1 more stamp)').check()
  await expect(mary.page.getByRole('complementary', { name: 'About this letter' }), 'the prepaid answer is in the price').toContainText('2 stamps')
  await mary.waitUntilSaved()

  await test.step('begun once: the same draft comes back', async () => {
    await mary.goTo('Inbox')
    await mary.row('Daniel Reyes').first().getByRole('button').click()
    await mary.button('Answer').click()
    await expect(mary.field('Message')).toHaveValue('Dear Daniel,\n\nthank you for your answer.')
  })
  await mary.send()
  await mary.goTo('Contacts')
  await mary.row(danielReyes.number).getByRole('button', { name: 'Letters' }).click()
  await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
  await expect(entries(mary).nth(0)).toContainText('thank you for your answer')
  await expect(entries(mary).nth(1)).toContainText('Daniel answered')
  await expect(entries(mary).nth(1)).toContainText('You answered this.')
  await expect(entries(mary).nth(2)).toContainText('how is the garden?')
})

test('a flag, a note and a prayer intention are there after the app was killed', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await sendLetter(mary.page, { contactId: await contactNamed(mary.page, danielReyes.name), subject: 'A quiet week', body: 'Dear Daniel, rain and soup.' })
  await mary.openSent('A quiet week')
  await mary.button('Flag').click()
  await expect(mary.button('Flagged')).toHaveAttribute('aria-pressed', 'true')
  await mary.button('Add a prayer intention').click()
  await mary.field('Prayer intention').fill('For his mother')
  await mary.button('Keep').click()
  await expect(mary.page.getByText('Prayer intention: For his mother')).toBeVisible()
  await mary.field('Private note').fill('Ask about the hearing in May.')
  await expect(mary.page.getByText(/^Saved \d/)).toBeVisible()
  await app.kill()
  await app.restart()
  await mary.signIn()
  await mary.openSent('A quiet week')
  await expect(mary.button('Flagged')).toBeVisible()
  await expect(mary.field('Private note')).toHaveValue('Ask about the hearing in May.')

  await test.step('the intention is prayed for and closed', async () => {
    await mary.goTo('Home')
    await mary.page.getByRole('main').getByRole('link', { name: '1 prayer intention' }).click()
    await expect(mary.heading('Prayer intentions')).toBeVisible()
    await mary.button('Prayed for').click()
    await expect(mary.row('For his mother')).toContainText('Prayed for once')
    await mary.button('Close').click()
    await expect(mary.page.getByText('No open intentions')).toBeVisible()
  })
})

test('a letter that was refused is mended and sent as a new one: two letters, linked, one stamp each', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  const first = await sendLetter(mary.page, { contactId: await contactNamed(mary.page, danielReyes.name), subject: 'A riddle', body: 'Dear Daniel,\n\na baker hides a hacksaw in a loaf.' })
  await must(mary.page, 'practice.fastForward', { hours: 24 * 7 })
  await mary.goTo('Home')
  await mary.page.getByRole('main').getByRole('link', { name: '1 letter came back' }).click()
  await mary.row('A riddle').getByRole('button').click()
  await expect(mary.page.getByText('The reviewers read about something that is forbidden there.')).toBeVisible()
  await expect(mary.page.getByText('Up to 20,000 characters.')).toBeVisible()
  await mary.button('Fix and resend').click()
  await expect(mary.field('Subject')).toHaveValue('A riddle')
  await expect(mary.field('Message')).toHaveValue('Dear Daniel,\n\na baker hides a hacksaw in a loaf.')
  await expect(mary.page.getByText('What to change')).toBeVisible()
  await mary.field('Message').fill('Dear Daniel,\n\na baker hides a coin in a loaf.')
  const dialog = await mary.askToSend()
  await expect(dialog).toContainText('This is a new letter. The first one did not arrive')
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await must(mary.page, 'sync.now', {})

  await go(mary.page, '#/e/follow-up/came-back')
  await expect(mary.page.getByText('No letter came back')).toBeVisible()
  await mary.page.getByText('Settled', { exact: true }).click()
  await expect(mary.row('A riddle')).toContainText('Another letter was sent')
  const page = await must(mary.page, 'thread.page', { contactId: await contactNamed(mary.page, danielReyes.name) })
  expect(page.entries).toMatchObject([{ resends: first }, { letterId: first, state: 'rejected' }])
  await app.close()
  const { letters, ledger } = readServiceRecords(profileDir)
  expect(letters.map(({ stamps }) => stamps)).toEqual([1, 1])
  expect(ledger.filter(({ reason }) => reason === 'message').map(({ amount }) => amount)).toEqual([-1, -1])
})

test('a letter of appeal is ready, can be changed, and keeps its day', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await sendLetter(mary.page, { contactId: await contactNamed(mary.page, danielReyes.name), subject: 'A riddle', body: 'Dear Daniel, there is a hacksaw.' })
  await must(mary.page, 'practice.fastForward', { hours: 24 * 7 })
  await mary.openSent('A riddle')
  await mary.button('What to do').click()
  await mary.button('Write an appeal').click()
  await expect(mary.heading('Appeal for Daniel Reyes')).toBeVisible()
  const text = mary.field('Letter of appeal')
  await expect(text).toHaveValue(/Cedar State[\s\S]*Daniel Reyes, number 448213[\s\S]*The reason given was: contraband\.[\s\S]*Mary Keane/)
  await text.fill(`${await text.inputValue()}\nP.S. It was a riddle.`)
  await mary.button('It is written').click()
  await expect(mary.page.getByText(/^Appeal written on \d+ \w+/)).toBeVisible()
  await mary.button('Back to the letter').click()
  await expect(mary.page.getByText(/^Appeal written on/)).toBeVisible()
  await mary.button('Open the appeal').click()
  await expect(text).toHaveValue(/P\.S\. It was a riddle\.$/)
})

test('somebody who moved stays one thread', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  const contactId = await contactNamed(mary.page, danielReyes.name)
  await sendLetter(mary.page, { contactId, subject: 'At Cedar', body: 'Dear Daniel.' })
  await go(mary.page, `#/e/contacts/add?moved=${contactId}`)
  await expect(mary.heading('Update the address')).toBeVisible()
  await expect(mary.field('Name or ID number')).toHaveValue('Daniel Reyes')
  await mary.field('State').selectOption({ label: 'California' })
  await mary.button('Search').click()
  await mary.row('R448213').getByRole('button', { name: 'This is the person' }).click()
  const dialog = mary.dialog('Is this the same person?')
  await expect(dialog).toContainText('Bay State Prison')
  await inspector.look('is this the same person, dialog')
  await dialog.getByRole('button', { name: 'Yes, update the address' }).click()
  await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
  await expect(mary.page.getByText(/^Moved to Bay State Prison, \d+ \w+$/)).toBeVisible()
  await inspector.look('thread of somebody who moved')
  inspector.expectNothingFound()
  await expect(entries(mary).nth(0)).toContainText('At Cedar')
  await mary.goTo('Contacts')
  await expect(mary.page.getByRole('list', { name: 'Contacts' }).getByRole('listitem')).toHaveCount(1)
})

test('figures: what was sent and answered, as a drawing, a table and a file', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const contactId = await contactNamed(mary.page, danielReyes.name)
  await sendLetter(mary.page, { contactId, subject: 'One', body: 'Dear Daniel.' })
  await sendLetter(mary.page, { contactId, subject: 'Two', body: 'Dear Daniel.' })
  await go(mary.page, '#/account/figures')
  await expect(mary.heading('Figures')).toBeVisible()
  await expect(mary.page.getByRole('img', { name: /^Letters and answers by month/ })).toBeVisible()
  await expect(mary.page.getByRole('table').getByRole('row').last()).toContainText(/All\s*2\s*0\s*0 %/)
  await mary.page.getByText('By person', { exact: true }).click()
  await expect(mary.page.getByRole('table').getByRole('rowheader', { name: 'Daniel Reyes' })).toBeVisible()

  const folder = mkdtempSync(join(tmpdir(), 'epistle-figures-'))
  const file = join(folder, 'figures.csv')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await mary.button('Save as a table (CSV)').click()
  await expect(mary.page.getByText('Saved as figures.csv.')).toBeVisible()
  expect(existsSync(file)).toBe(true)
  const rows = parse(readFileSync(file), { bom: true }) as string[][]
  expect(rows.map(([name, letters]) => [name, letters])).toEqual([['Person', 'Letters'], ['Daniel Reyes', '2'], ['All', '2']])
  removeFolder(folder)
})
