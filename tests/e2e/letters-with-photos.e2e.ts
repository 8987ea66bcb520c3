/** Letters with photos as they are found and read: filters and chips, the photos small and large, in the thread, by keyboard. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { must } from '../support/bridge'
import { contactNamed, sendLetter, untilAnswered } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { fixturePhoto } from '../support/photos'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

test.setTimeout(240_000)

const chapel = { subject: 'The chapel at dusk', body: 'Dear Daniel,\n\nhere is our chapel, and a candle for you.' }
const sendWithPhotos = async (page: Page): Promise<string> =>
  sendLetter(page, { contactId: await contactNamed(page, danielReyes.name), ...chapel, photos: { 'Our chapel.jpg': fixturePhoto('chapel.jpg'), 'A candle.png': fixturePhoto('candle.png') } })

const rows = (page: Page, list: string) => page.getByRole('list', { name: list, exact: true }).getByRole('listitem')
const thumb = (page: Page, name: string) => page.getByRole('button', { name: `Show the photo ${name}` })
/** The picture is there, not only its frame. */
const drawn = (page: Page, selector: string) => page.evaluate((of) => document.querySelector<HTMLImageElement>(of)?.naturalWidth ?? 0, selector)
const openFilters = async (mary: Volunteer): Promise<void> => {
  await mary.goTo('Sent Messages')
  await mary.button('Filters').click()
}

test('a letter is found by its photos and by who wrote it, and each row says whose words it holds', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const { page } = app
  await sendWithPhotos(page)
  await untilAnswered(page, await contactNamed(page, danielReyes.name))
  const { total: letters } = await must(page, 'archive.page', { box: 'sent' })
  const { total: answers } = await must(page, 'archive.page', { box: 'inbox' })
  const inspector = createInspector(app)

  await openFilters(mary)
  await page.getByRole('checkbox', { name: 'Only with photos' }).check()
  await expect(rows(page, 'Sent letters')).toHaveCount(1)
  await expect(rows(page, 'Sent letters')).toContainText('2 photos')
  await expect(page.getByRole('status').filter({ hasText: '1 match' })).toBeVisible()

  await test.step('a chip is taken away with the keyboard', async () => {
    const chip = page.getByRole('button', { name: 'Remove filter: With photos' })
    await chip.focus()
    await page.keyboard.press('Enter')
    await expect(chip).toBeHidden()
    await expect(page.getByRole('checkbox', { name: 'Only with photos' })).not.toBeChecked()
    await expect(rows(page, 'Sent letters')).toHaveCount(letters)
  })

  await test.step('written by either of you: letters to and answers from, in one list', async () => {
    await expect(mary.field('Written by')).toHaveValue('')
    await mary.field('Written by').selectOption({ label: 'Either of you' })
    await expect(page.getByRole('button', { name: 'Remove filter: Written by either of you' })).toBeVisible()
    await expect(rows(page, 'Letters and answers')).toHaveCount(letters + answers)
    await expect(rows(page, 'Letters and answers').filter({ hasText: 'To Daniel Reyes' })).toHaveCount(letters)
    await expect(rows(page, 'Letters and answers').filter({ hasText: 'From Daniel Reyes' })).toHaveCount(answers)
    await inspector.look('Sent Messages, filters open, letters and answers')
  })

  await test.step('an answer opened from there leads back there', async () => {
    await rows(page, 'Letters and answers').filter({ hasText: 'From Daniel Reyes' }).first().getByRole('button').click()
    await expect(mary.heading('Answer of Daniel Reyes')).toBeVisible()
    await mary.button('Back to Sent Messages').click()
    await expect(rows(page, 'Letters and answers')).toHaveCount(letters + answers)
  })

  await test.step('letters and answers are selected together, flagged, and read into one file', async () => {
    await mary.button('Select several').click()
    await mary.button('Select all shown').click()
    await expect(page.getByRole('status').filter({ hasText: `${letters + answers} selected.` })).toBeVisible()
    await page.getByRole('group', { name: 'Selected letters' }).getByRole('button', { name: 'Flag', exact: true }).click()
    await expect(rows(page, 'Letters and answers').filter({ hasText: 'Flagged' })).toHaveCount(letters + answers)
    await page.getByRole('group', { name: 'Selected letters' }).getByRole('button', { name: 'Export' }).click()
    await expect(page.getByRole('dialog', { name: `Save ${letters + answers} letters` })).toBeVisible()
    await page.keyboard.press('Escape')
    await mary.button('Done selecting').click()
  })

  await test.step('what the other person alone wrote', async () => {
    await page.getByRole('button', { name: /^Filters/ }).click()
    await mary.field('Written by').selectOption({ label: 'The other person' })
    await expect(rows(page, 'Answers')).toHaveCount(answers)
  })
  inspector.expectNothingFound()
})

test('photos of a letter are seen small and large, by mouse and by keyboard, and in the thread', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const { page } = app
  await sendWithPhotos(page)
  const inspector = createInspector(app)
  await mary.openSent(chapel.subject)
  await expect(page.getByText('2 photos')).toBeVisible()
  await expect.poll(() => drawn(page, '.thumb img')).toBe(640)
  await inspector.look('a letter with photos')

  await thumb(page, 'Our chapel').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Our chapel' })
  await expect(dialog.getByRole('img', { name: 'The photo Our chapel' })).toBeVisible()
  await expect.poll(() => drawn(page, 'dialog[open] img')).toBe(640)
  await expect(dialog.getByText('Photo 1 of 2')).toBeVisible()
  await inspector.look('a photo, large')

  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog', { name: 'A candle' }).getByRole('img', { name: 'The photo A candle' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(dialog, 'after the last one comes the first').toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('dialog', { name: 'A candle' })).toBeVisible()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(thumb(page, 'Our chapel'), 'the focus is where it was').toBeFocused()

  await test.step('the same in the thread', async () => {
    await mary.button('All letters').click()
    await expect(mary.heading('Letters with Daniel Reyes')).toBeVisible()
    const entry = page.getByRole('article').filter({ hasText: 'a candle for you' })
    await expect(entry).toContainText('2 photos')
    await entry.getByRole('button', { name: 'Show the photo A candle' }).click()
    await expect(page.getByRole('dialog', { name: 'A candle' })).toBeVisible()
    await page.getByRole('dialog', { name: 'A candle' }).getByRole('button', { name: 'Close' }).click()
    await inspector.look('a thread with photos')
  })
  inspector.expectNothingFound()
})

/** An e-mail of somebody else's, with a photo attached. */
const emailWithPhoto = [
  'From: Ana Pham <ana@example.org>',
  'To: mary.keane@parish.org',
  'Date: Tue, 24 Dec 2019 10:00:00 +0000',
  'Subject: Christmas here',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Dear Mary, we have a candle, too.',
  '--b',
  'Content-Type: image/png; name=candle.png',
  'Content-Disposition: attachment; filename=candle.png',
  'Content-Transfer-Encoding: base64',
  '',
  fixturePhoto('candle.png').toString('base64').replace(/.{76}/g, '$&\r\n'),
  '--b--',
  ''
].join('\r\n')

test('a photo that came with an older archive is found in Inbox and seen like any other', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const { page } = app
  const path = join(app.profileDir, '..', 'christmas.eml')
  writeFileSync(path, emailWithPhoto)
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
  await page.evaluate(() => void (window.location.hash = '#/settings/exchange'))
  await mary.button('Choose a file').click()
  await page.getByRole('button', { name: 'Bring in 1 message' }).click()
  await expect(page.getByText('1 message brought in from christmas.eml.')).toBeVisible()

  await mary.goTo('Inbox')
  await mary.button('Filters').click()
  await page.getByRole('checkbox', { name: 'Only with photos' }).check()
  await expect(rows(page, 'Answers')).toHaveCount(1)
  await expect(rows(page, 'Answers')).toContainText('1 photo')
  await expect(rows(page, 'Answers')).toContainText('From an older archive')
  await rows(page, 'Answers').getByRole('button').click()
  await expect(mary.heading('Letter from Ana Pham')).toBeVisible()
  await thumb(page, 'candle').click()
  await expect(page.getByRole('dialog', { name: 'candle' }).getByRole('img', { name: 'The photo candle' })).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'candle' }).getByRole('button', { name: 'Next' }), 'one alone leads nowhere').toBeHidden()
  await page.getByRole('dialog', { name: 'candle' }).getByRole('button', { name: 'Close' }).click()
  await mary.button('Back to Inbox').click()
  await expect(rows(page, 'Answers')).toHaveCount(1)
})
