/** Letters that do not leave: because the records do not add up, or because nobody answers. Each says what is so, what is safe, and what to do. */
import { createInspector } from '../support/inspector'
import { tamper } from '../support/sealed-mailbox'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane } from '../support/volunteer'

const { password } = maryKeane
const dayMs = 86_400_000

test('records that do not add up: sending has stopped, said on every screen; reading and writing go on', async ({ startDesk }) => {
  test.slow()
  const { app, mary, profileDir } = await startDesk()
  await mary.setOffline(true)
  await mary.writeAndSend({ to: danielReyes.name, subject: 'It waits', message: 'Dear Daniel, this one waits.' })
  await app.close()
  await tamper(profileDir, `UPDATE letter SET body = 'Something else.' WHERE subject = 'It waits'`, { password })
  await app.launch()
  await mary.signIn()
  const banner = mary.page.getByRole('alert').filter({ hasText: 'Sending has stopped on this PC.' })
  await expect(banner).toBeVisible()
  await expect(banner).toContainText('Nothing is lost')
  const inspector = createInspector(app)
  await inspector.look('home, sending stopped')

  await mary.goTo('Outbox')
  await expect(banner).toBeVisible()
  await expect(mary.page.getByRole('main')).toContainText('It waits')
  await inspector.look('outbox, sending stopped')
  await mary.compose({ to: danielReyes.name, subject: 'Still writing', message: 'Dear Daniel, writing goes on.' })
  await mary.waitUntilSaved()
  await mary.button('What to do').click()
  await expect(mary.page.getByRole('main')).toContainText('do not add up')
  inspector.expectNothingFound()
})

test('no answer for more than a day: still trying, in the Outbox, on the letter’s page and in the thread', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  await mary.setOffline(true)
  await mary.writeAndSend({ to: danielReyes.name, subject: 'No answer', message: 'Dear Daniel, are you there?' })
  await app.close()
  // As it stands when a try was made two days ago and nothing came back.
  await tamper(
    profileDir,
    `UPDATE delivery SET state = 'SENDING', attempts = 40; UPDATE letter_status SET state = 'sending', since = since - ${2 * dayMs};
     INSERT INTO letter_event (letter_seq, state, at) SELECT l.seq, 'sending', s.since FROM letter_status s JOIN letter l ON l.id = s.letter_id`,
    { password }
  )
  await app.launch()
  await mary.signIn()
  await mary.goTo('Outbox')
  const said = mary.page.getByRole('main')
  await expect(said).toContainText('Still trying to send, since')
  await expect(said).toContainText('it cannot go twice, and its stamps stay set aside')
  await said.getByRole('button', { name: 'Read' }).click()
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  await expect(said).toContainText('Still trying to send, since')
  await mary.button('All letters').click()
  await expect(mary.heading(/Daniel/)).toBeVisible()
  await expect(said).toContainText('The service has not answered for more than a day.')
})
