/** Epistle was killed: at the next sign-in it says what was open, and a letter confirmed a moment before goes once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../support/app'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { readServiceRecords } from '../support/service-records'
import { expect, test } from '../support/settled'
import { danielReyes, type LetterText } from '../support/volunteer'

const lydia = readFileSync(join(projectFolder, 'tests/fixtures/texts', 'letter-lydia.txt'), 'utf8').trim()
const letter: LetterText = { to: danielReyes.name, subject: 'Before the light went', message: lydia }
const closed = /^Epistle closed unexpectedly\. Here is what was open/

test('killed while two letters were open in two windows: both are shown, one is gone on with, and never shown again', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  await mary.compose(letter)
  await mary.waitUntilStored(lydia)
  const second = await app.openWindow()
  await second.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Compose', exact: true }).click()
  await second.getByLabel('Subject', { exact: true }).fill('In the other window')
  await second.getByLabel('Message', { exact: true }).fill('Dear Luis, a word between two cups of tea')
  await expect.poll(async () => (await must(mary.page, 'drafts.list', {})).map((draft) => draft.excerpt)).toContain('Dear Luis, a word between two cups of tea')
  await app.kill()

  await app.restart()
  await mary.arrive()
  await expect(mary.heading(closed)).toBeVisible()
  const main = mary.page.getByRole('main')
  await expect(main.getByRole('region', { name: 'Letter to Daniel Reyes' })).toContainText('Before the light went')
  await expect(main).toContainText(lydia.slice(-40).replace(/\s+/g, ' '))
  await expect(main).toContainText('In the other window')
  await expect(main).toContainText('in the last second before it closed')
  await inspector.look('closed unexpectedly')
  await main.getByRole('region', { name: 'Letter to Daniel Reyes' }).getByRole('button', { name: 'Continue writing' }).click()
  await expect(mary.field('Message')).toHaveValue(lydia)
  await expect(mary.field('Message')).toBeFocused()

  await app.restart()
  await mary.arrive()
  await expect(mary.heading('Home')).toBeVisible()
  inspector.expectNothingFound()
})

test('a clean end shows nothing, whatever was open', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose(letter)
  await mary.waitUntilStored(lydia)
  await app.closeWindow()
  await app.restart()
  await mary.arrive()
  await expect(mary.heading('Home')).toBeVisible()

  await mary.continueLetter()
  await expect(mary.field('Message')).toHaveValue(lydia)
  await mary.goTo('Drafts')
  await expect(mary.heading('Drafts')).toBeVisible()
  await app.kill()
  await app.restart()
  await mary.arrive()
  await expect(mary.heading('Home'), 'the letter was put down before the power went').toBeVisible()
})

for (const [what, serviceConfig, wait] of [
  ['right after Confirm, while the service is slow', { latencyMs: [4_000, 4_000] }, 0],
  ['while the letter is on the way', { latencyMs: [3_000, 3_000] }, 1_500],
  ['after every answer was lost', { faults: { dropResponse: 0.9 } }, 4_000]
] as const) {
  test(`killed ${what}: one letter, one stamp, its state in words`, async ({ startDesk }) => {
    test.slow()
    const { app, mary, profileDir } = await startDesk()
    await mary.compose(letter)
    await mary.waitUntilStored(lydia)
    // The sign-in before was quick; from here on the service is as bad as it gets.
    await must(mary.page, 'practice.set', serviceConfig as never)
    const dialog = await mary.askToSend()
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect.poll(async () => (await must(mary.page, 'drafts.list', {})).length).toBe(0)
    await mary.page.waitForTimeout(wait)
    await app.kill()

    await app.restart()
    await mary.arrive()
    await expect(mary.heading(closed)).toBeVisible()
    await expect(mary.page.getByRole('main')).toContainText(letter.subject)
    await expect(mary.page.getByRole('main')).toContainText(/Waiting to send|Sending now|Sent|In review/)
    await expect(mary.page.getByRole('main')).toContainText(/cannot go twice|by itself|The service has it|is reading it/)
    await mary.button('Later').click()
    await must(mary.page, 'practice.set', { latencyMs: [0, 0], faults: { dropResponse: 0 } })
    await mary.openSent()
    await expect(mary.row(letter.subject)).toHaveCount(1, { timeout: 30_000 })
    await expect(mary.row(letter.subject)).toContainText(/Sent|In review|Approved/)
    await mary.row(letter.subject).getByRole('button').click()
    await expect(mary.page.getByRole('main')).toContainText(/usually|has it|is reading it/)
    await mary.goTo('Outbox')
    await expect(mary.page.getByText('Nothing is waiting')).toBeVisible()
    await mary.expectStamps('19 stamps')
    await app.close()
    const records = readServiceRecords(profileDir)
    expect(records.letters).toHaveLength(1)
    expect(records.ledger.filter(({ reason }) => reason === 'message').map(({ amount }) => amount)).toEqual([-1])
    expect(records.balance).toBe(19)
  })
}

test('started again in the middle of sending: Epistle asks the service, and says so', async ({ startDesk }) => {
  test.slow()
  // Every answer takes its time, also after the start: long enough to read what is said meanwhile.
  const { app, mary, profileDir } = await startDesk({ serviceConfig: { latencyMs: [2_500, 2_500] } })
  const inspector = createInspector(app)
  await mary.compose(letter)
  await mary.waitUntilStored(lydia)
  await mary.send()
  await mary.goTo('Outbox')
  await expect(mary.row(letter.subject)).toContainText('Epistle is handing it to the service. It cannot go twice.', { timeout: 45_000 })
  await app.kill()
  await app.restart()
  await mary.arrive()
  await expect(mary.page.getByRole('main')).toContainText('Epistle is asking the service whether it has this letter. It cannot go twice.')
  await inspector.look('closed unexpectedly, a letter on its way')
  await expect(mary.page.getByRole('main')).toContainText('The service has it')
  await mary.button('Later').click()
  await mary.expectStamps('19 stamps')
  await app.close()
  expect(readServiceRecords(profileDir).letters).toHaveLength(1)
  expect(readServiceRecords(profileDir).balance).toBe(19)
  inspector.expectNothingFound()
})
