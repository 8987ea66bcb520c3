/** Practice mode: a newcomer finds a filled mailbox and can do everything, without an account of their own. */
import { expect, test } from '../support/app'
import { readServiceRecords } from '../support/service-records'
import { Volunteer } from '../support/volunteer'

const subject = 'The psalm you asked about'

test('practice: stamps, contacts, answers and a half-written letter are there, and the letter can be sent', async ({ startApp }) => {
  const app = await startApp()
  const someone = new Volunteer(() => app.page)
  await someone.practise()
  await expect(someone.page.getByRole('contentinfo')).toContainText('Practice mode')
  await someone.expectStamps('20 stamps')

  await test.step('people to write to', async () => {
    await someone.goTo('Contacts')
    for (const name of ['Daniel Reyes', 'Luis Ortega']) await expect(someone.row(name)).toContainText('You can write')
  })
  await test.step('answers to read', async () => {
    await someone.goTo('Inbox')
    await expect(someone.row('New')).toHaveCount(2)
    await someone.row('Hello from Cedar State').getByRole('button').click()
    await expect(someone.heading('Answer of Daniel Reyes')).toBeVisible()
    await expect(someone.page.getByRole('main')).toContainText('I look forward to your letter.')
    await someone.goTo('Inbox')
    await expect(someone.row('New')).toHaveCount(1)
  })
  await test.step('the letter that was begun', async () => {
    await someone.goTo('Home')
    await someone.continueLetter()
    await expect(someone.field('Subject')).toHaveValue(subject)
    await expect(someone.field('Message')).toHaveValue(/^Dear Daniel,[\s\S]* so that you have it when the light$/)
    await someone.page.keyboard.type(' goes out.')
    await someone.send()
    await expect(someone.heading('Sent Messages')).toBeVisible()
    await expect(someone.row(subject)).toBeVisible()
    await someone.expectStamps('19 stamps')
  })
  await test.step('the next time it is all as it was left', async () => {
    await someone.signOut()
    await expect(someone.heading('Welcome to Epistle')).toBeVisible()
    await someone.practise()
    await someone.openSent(subject)
    await expect(someone.page.getByRole('main')).toContainText('so that you have it when the light goes out.')
    await someone.goTo('Drafts')
    await expect(someone.page.getByText('No drafts')).toBeVisible()
  })
  await app.close()
  const service = readServiceRecords(app.profileDir)
  expect(service.purchases).toEqual([])
  expect(service.letters).toHaveLength(1)
})

test('practice leaves the letters of a real account alone', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.settleIn()
  await mary.signOut()
  await mary.practise()
  await mary.goTo('Contacts')
  await expect(mary.row('Luis Ortega')).toBeVisible()
  await mary.signOut()
  await mary.signIn()
  await mary.goTo('Contacts')
  await expect(mary.row('Daniel Reyes')).toBeVisible()
  await expect(mary.row('Luis Ortega')).toHaveCount(0)
  await mary.goTo('Inbox')
  await expect(mary.page.getByText('No answers yet')).toBeVisible()
})
