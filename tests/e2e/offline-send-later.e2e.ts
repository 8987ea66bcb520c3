/** The line is down: letters are confirmed all the same, wait in the Outbox, and go once when it is back. */
import { readServiceRecords } from '../support/service-records'
import { expect, test } from '../support/settled'
import { danielReyes, type LetterText } from '../support/volunteer'

const letter: LetterText = { to: danielReyes.name, subject: 'Before the storm', message: 'Dear Daniel,\n\nthe line is down here, but the kettle is on. More when it is back.' }

const messagesIn = (profileDir: string): readonly number[] =>
  readServiceRecords(profileDir)
    .ledger.filter(({ reason }) => reason === 'message')
    .map(({ amount }) => amount)

test('confirmed offline, kept through a power cut and an offline sign-in, sent once when the line is back', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  await mary.setOffline(true)

  await test.step('"Send" becomes "Send later", and the question says so', async () => {
    await mary.compose(letter)
    await expect(mary.button('Send')).toHaveCount(0)
    await mary.button('Send later').click()
    const dialog = mary.dialog('Use 1 stamp?')
    await expect(dialog).toContainText('You are offline: the letter waits in the Outbox and goes once, by itself, when the service is back.')
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  })

  const waits = async (): Promise<void> => {
    const row = mary.row(letter.subject)
    await expect(row).toContainText('Waiting to send')
    await expect(row).toContainText('1 stamp set aside')
    await mary.expectStamps('19 stamps')
  }
  await test.step('it waits in the Outbox with its stamp', async () => {
    await expect(mary.heading('Outbox')).toBeVisible()
    await waits()
    await mary.goTo('Purchase Stamps')
    await expect(mary.page.getByText('and 1 set aside for letters that wait')).toBeVisible()
  })

  await test.step('power cut; sign-in without the service', async () => {
    await app.kill()
    await app.restart()
    await mary.signIn()
    await expect(mary.page.getByText('You signed in while the service cannot be reached.')).toBeVisible()
    await mary.goTo('Outbox')
    await waits()
  })

  await test.step('the line is back: it goes by itself', async () => {
    await mary.setOffline(false)
    await mary.openSent()
    await expect(mary.row(letter.subject)).toBeVisible()
    await mary.goTo('Outbox')
    await expect(mary.page.getByText('Nothing is waiting')).toBeVisible()
    await mary.expectStamps('19 stamps')
  })
  await app.close()
  expect(messagesIn(profileDir)).toEqual([-1])
})

test('taken back from the Outbox, the letter is a draft again and its stamp is free', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  await mary.setOffline(true)
  await mary.writeAndSend(letter)
  await expect(mary.heading('Outbox')).toBeVisible()
  await mary.expectStamps('19 stamps')
  await mary.row(letter.subject).getByRole('button', { name: 'Take back' }).click()
  await expect(mary.field('Message')).toHaveValue(letter.message)
  await expect(mary.field('Subject')).toHaveValue(letter.subject)
  await mary.expectStamps('20 stamps')
  await mary.setOffline(false)
  await mary.goTo('Drafts')
  await expect(mary.row(letter.subject)).toHaveCount(1)
  await mary.openSent()
  await expect(mary.page.getByText('No letters sent yet')).toBeVisible()
  await app.close()
  expect(messagesIn(profileDir)).toEqual([])
})

test('a double click on Confirm, and Enter held down, send one letter', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  await mary.compose(letter)
  const dialog = await mary.askToSend()
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).dblclick()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await expect(mary.row(letter.subject)).toHaveCount(1)

  await mary.compose({ ...letter, subject: 'With a heavy hand' })
  const again = await mary.askToSend()
  await again.getByRole('button', { name: 'Confirm', exact: true }).focus()
  // Pressed once more without letting go is how a held key arrives.
  for (let repeat = 0; repeat < 8; repeat += 1) await mary.page.keyboard.down('Enter')
  await mary.page.keyboard.up('Enter')
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await expect(mary.row('With a heavy hand')).toHaveCount(1)
  await mary.expectStamps('18 stamps')
  await app.close()
  expect(messagesIn(profileDir)).toEqual([-1, -1])
})
