/** The same letter in two windows: whoever is second is told, and nobody's words are written over. */
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { danielReyes, Volunteer } from '../support/volunteer'

const subject = 'The feast on Sunday'
const beginning = 'Dear Daniel,'
const first = `${beginning}\n\nfrom the window on the left.`
const second = `${beginning}\n\nfrom the window on the right.`

test('one draft changed in two windows: the conflict is shown, both texts are in Drafts', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject, message: beginning })
  await mary.waitUntilStored(beginning)

  const right = await test.step('a second window, by the menu: it knows who is signed in', async () => {
    const page = await app.openWindow()
    const there = new Volunteer(() => page)
    await expect(there.heading('Home')).toBeVisible()
    await there.continueLetter()
    await expect(there.field('Message')).toHaveValue(beginning)
    return there
  })

  await test.step('both write; the second to be saved is told', async () => {
    await mary.field('Message').fill(first)
    await mary.waitUntilStored(first)
    await right.field('Message').fill(second)
    await expect(right.page.getByText('This letter was also changed in another window. Both texts are kept.')).toBeVisible()
    await expect(right.field('Message')).toHaveValue(second)
    await expect(mary.field('Message')).toHaveValue(first)
    const inspector = createInspector({ electron: app.electron, page: right.page })
    await inspector.look('a letter changed in another window')
    inspector.expectNothingFound()
  })

  await test.step('the other text is one press away', async () => {
    await right.button('Open the other text').click()
    await expect(right.field('Message')).toHaveValue(first)
  })

  await test.step('both are listed, the copy marked as one', async () => {
    await mary.goTo('Drafts')
    await expect(mary.row(subject)).toHaveCount(2)
    await expect(mary.row('from the window on the left.')).toHaveCount(1)
    await expect(mary.row('from the window on the right.')).toContainText('Kept from another window')
    const drafts = await must(mary.page, 'drafts.list', {})
    const texts = await Promise.all(drafts.map(async ({ draftId }) => (await must(mary.page, 'drafts.open', { draftId })).body))
    expect(texts.toSorted()).toEqual([first, second])
  })
})

test('a letter sent in one window: what is typed in the other goes on in a new draft', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject, message: first })
  await mary.waitUntilStored(first)
  const page = await app.openWindow()
  const right = new Volunteer(() => page)
  await right.continueLetter()
  await expect(right.field('Message')).toHaveValue(first)

  await mary.send()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await right.field('Message').fill(second)
  await expect(right.page.getByText('This letter was sent or discarded in another window.')).toBeVisible()
  await mary.goTo('Drafts')
  await expect(mary.row('from the window on the right.')).toHaveCount(1)
  await mary.openSent(subject)
  await expect(mary.page.getByRole('main')).toContainText('from the window on the left.')
})

test('the same draft cannot be sent from both windows', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject, message: first })
  await mary.waitUntilStored(first)
  const page = await app.openWindow()
  const right = new Volunteer(() => page)
  await right.continueLetter()

  const here = await mary.askToSend()
  const there = await right.askToSend()
  await here.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await there.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(right.page.getByText('This letter was sent or discarded meanwhile.')).toBeVisible()
  expect((await must(mary.page, 'letters.sent', {})).total + (await must(mary.page, 'letters.outbox', {})).length).toBe(1)
  await mary.expectStamps('19 stamps')
})
