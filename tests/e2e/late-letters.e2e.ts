/** A letter of which nothing is heard is late by working days, on Home and on its page, with the next step; and not a moment longer than that. */
import { must } from '../support/bridge'
import { contactNamed, sendLetter } from '../support/correspondence'
import { putCoreClockOn } from '../support/core-clock'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane } from '../support/volunteer'

const day = 24 * 60 * 60 * 1000

test('late letters: wait, ask, appeal, and gone when the news comes', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await sendLetter(mary.page, { contactId: await contactNamed(mary.page, danielReyes.name), subject: 'The choir', body: 'Dear Daniel, we sang.' })
  await must(mary.page, 'practice.set', { offline: true })
  await mary.goTo('Home')
  await expect(mary.page.getByRole('main').getByRole('link', { name: '1 letter is late' })).toHaveCount(0)

  const later = async (ms: number): Promise<void> => {
    await putCoreClockOn(app, ms)
    // So long away signs the volunteer out; the password opens the mailbox without the line.
    await mary.signIn(maryKeane)
    await mary.goTo('Home')
    await mary.page.getByRole('main').getByRole('link', { name: '1 letter is late' }).click()
    await expect(mary.heading('Late letters')).toBeVisible()
  }
  await mary.signOut()
  await later(9 * day)
  await expect(mary.row('The choir')).toContainText(/[345] working days late/)
  await expect(mary.row('The choir')).toContainText('Ask the facility.')
  const inspector = createInspector(app)
  await inspector.look('late letters')
  inspector.expectNothingFound()
  await expect(mary.page.getByText('News of these letters may be waiting there.')).toBeVisible()
  await mary.signOut()
  await later(14 * day)
  await expect(mary.row('The choir')).toContainText('Write a letter of appeal.')
  await mary.button('Write an appeal').click()
  await expect(mary.field('Letter of appeal')).toHaveValue(/By your own rules it should have arrived by/)

  await must(mary.page, 'practice.set', { offline: false })
  await must(mary.page, 'sync.now', {})
  await mary.goTo('Home')
  await expect(mary.page.getByRole('main').getByRole('link', { name: '1 letter is late' })).toHaveCount(0)
})
