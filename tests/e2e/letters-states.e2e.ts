/** Where a letter is, told in words a person would use, from sent to answered; and why, when it was not let through. */
import { must } from '../support/bridge'
import { readServiceRecords } from '../support/service-records'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

const write = (mary: Volunteer, subject: string, message: string): Promise<void> => mary.writeAndSend({ to: danielReyes.name, subject, message })

/** What happened to the open letter so far, step by step. */
const history = (mary: Volunteer): Promise<readonly string[]> =>
  mary.page.getByRole('main').getByRole('listitem').filter({ has: mary.page.locator('time') }).locator('> :first-child').allTextContents()

test('sent, in review, approved, delivered', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await write(mary, 'A quiet week', 'Dear Daniel,\n\na quiet week here: rain, soup, and the choir.')
  await expect(mary.row('A quiet week')).toContainText('Sent')
  await mary.fastForward('1 day')
  await mary.openSent()
  await expect(mary.row('A quiet week')).toContainText(/Delivered|Answered/)
  await mary.openSent('A quiet week')
  expect((await history(mary)).slice(0, 6)).toEqual(['Confirmed, waiting to send', 'Given to the service', 'Sent: the service has it', 'In review', 'Approved', 'Delivered'])
})

test('a forbidden word: held, then not delivered, with the reason in plain words and in the post', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  await write(mary, 'A riddle', 'Dear Daniel,\n\na baker hides a hacksaw in a loaf. In a comic paper, that is.')
  await mary.fastForward('1 hour')
  await mary.openSent()
  await expect(mary.row('A riddle')).toContainText('Held for review')
  await mary.fastForward('1 week')
  await mary.openSent()
  await expect(mary.row('A riddle')).toContainText('Not delivered: contraband')
  await mary.openSent('A riddle')
  expect((await history(mary)).slice(-2)).toEqual(['Held for review: contraband', 'Not delivered: contraband'])
  await expect(mary.page.getByText('hides a hacksaw in a loaf')).toBeVisible()

  await mary.page.getByRole('link', { name: /^Service post/ }).click()
  await mary.row('Your letter to Daniel Reyes was not let through').getByRole('button').click()
  await expect(mary.page.getByRole('article')).toContainText('Reason: contraband')
  await mary.expectStamps('19 stamps')
  await app.close()
  expect(readServiceRecords(profileDir).letters.map(({ state }) => state)).toEqual(['rejected'])
})

test('a word to look at twice: held, then let through', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await write(mary, 'The old gang', 'Dear Daniel,\n\nthe whole gang of choir boys sends greetings.')
  await mary.fastForward('1 hour')
  await mary.openSent()
  await expect(mary.row('The old gang')).toContainText('Held for review')
  await mary.openSent('The old gang')
  await expect(mary.page.getByText('Held for review: signs of a gang')).toBeVisible()
  await mary.fastForward('1 week')
  await mary.openSent('The old gang')
  expect((await history(mary)).slice(3, 7)).toEqual(['In review', 'Held for review: signs of a gang', 'Approved', 'Delivered'])
})

test('an answer comes, is read, and is answered', async ({ startDesk }) => {
  const { mary } = await startDesk()
  // Nine in ten prepaid letters are answered; six in a row that are not come once in a million runs.
  for (let letter = 1; letter <= 6 && (await must(mary.page, 'inbox.list', {})).total === 0; letter += 1) {
    await mary.compose({ to: danielReyes.name, subject: `Please write back (${letter})`, message: 'Dear Daniel,\n\nhow is the garden?' })
    await mary.field('Prepay the answer (1 more stamp)').check()
    await mary.send()
    await expect(mary.heading('Sent Messages')).toBeVisible()
    await mary.fastForward('1 week')
  }

  await test.step('it waits in the Inbox, and everybody is told', async () => {
    await mary.goTo('Home')
    await mary.page.getByRole('main').getByRole('link', { name: '1 unread answer' }).click()
    await expect(mary.heading('Inbox')).toBeVisible()
    await expect(mary.row('Daniel Reyes')).toContainText('New')
  })
  await test.step('it is read', async () => {
    await mary.row('Daniel Reyes').getByRole('button').click()
    await expect(mary.heading('Answer of Daniel Reyes')).toBeVisible()
    await mary.page.getByRole('link', { name: 'Read the letter this answers' }).click()
    await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
    expect((await history(mary)).at(-1)).toBe('Answered')
    await mary.goTo('Inbox')
    await expect(mary.row('Daniel Reyes')).not.toContainText('New')
  })
  await test.step('it is answered', async () => {
    await mary.row('Daniel Reyes').getByRole('button').click()
    await mary.button('Answer').click()
    await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
    await expect(mary.button('Read the answer')).toBeVisible()
    await mary.field('Subject').fill('Thank you')
    await mary.field('Message').fill('Dear Daniel,\n\nthank you for your answer.')
    await mary.send()
    await expect(mary.row('Thank you')).toBeVisible()
  })
})
