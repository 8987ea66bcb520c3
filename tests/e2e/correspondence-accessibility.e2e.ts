/** The screens of the correspondence, looked at by axe and measured in both text sizes and a narrow window, and walked through by keys alone. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright/test'
import { must } from '../support/bridge'
import { contactNamed, sendLetter, untilAnswered } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

const go = (page: Page, hash: string): Promise<void> => page.evaluate((to) => void (window.location.hash = to), hash)

/** Laura Graham is let go a while after the test began. */
const letLauraGo = (profileDir: string): void => {
  const service = new Database(join(profileDir, 'service.db'))
  service.prepare(`UPDATE person SET leaves_at = ? WHERE facility_id = 'cedar-state' AND number = '000012'`).run(Date.now() + 30 * 60_000)
  service.close()
}

test('thread, letter, answer, what came back, late, prayer, appeal, figures', async ({ startDesk }) => {
  test.setTimeout(300_000)
  const { app, mary } = await startDesk({ prepare: letLauraGo })
  const inspector = createInspector(app)
  const { page } = mary
  const contactId = await contactNamed(page, danielReyes.name)
  await go(page, `#/e/contacts/${contactId}`)
  await expect(page.getByText('No letters yet')).toBeVisible()
  await inspector.look('thread, empty')
  for (const [path, words] of [['came-back', 'No letter came back'], ['late', 'No letter is late'], ['prayer', 'No open intentions']] as const) {
    await go(page, `#/e/follow-up/${path}`)
    await expect(page.getByText(words)).toBeVisible()
    await inspector.look(`follow up, ${path}, empty`)
  }
  await go(page, '#/account/figures')
  await expect(page.getByText('No letters in this time')).toBeVisible()
  await inspector.look('figures, empty')

  const { contactId: laura } = await must(page, 'contacts.add', { facilityId: 'cedar-state', number: '000012' })
  await sendLetter(page, { contactId: laura, subject: 'Your first spring outside', body: 'Dear Laura, the door is open.' })
  await untilAnswered(page, contactId)
  const refused = await sendLetter(page, { contactId, subject: 'A riddle', body: 'Dear Daniel, there is a hacksaw.' })
  await must(page, 'practice.fastForward', { hours: 24 * 7 })
  await must(page, 'prayers.open', { kind: 'contact', id: contactId, words: 'For his mother' })
  await must(page, 'marks.saveNote', { kind: 'contact', id: contactId, baseRevision: 0, text: 'Likes psalms.' })
  await go(page, `#/e/contacts/${contactId}`)
  await expect(page.getByText('Prayer intention: For his mother')).toBeVisible()
  await inspector.look('thread')
  await mary.button('Archive all').click()
  await inspector.look('archive all, dialog')
  await mary.button('Cancel').click()
  await go(page, '#/e/inbox')
  await mary.row('Daniel Reyes').first().getByRole('button').click()
  await expect(mary.field('Private note')).toBeVisible()
  await inspector.look('answer')
  await mary.button('Answer').click()
  await expect(page.getByRole('region', { name: 'The answer you are answering' })).toBeVisible()
  await inspector.look('answering')
  await go(page, '#/e/follow-up/came-back')
  await expect(mary.row('A riddle')).toBeVisible()
  await inspector.look('came back')
  await mary.row('A riddle').getByRole('button').click()
  await expect(mary.button('Fix and resend')).toBeVisible()
  await inspector.look('what to do')
  await mary.button('Fix and resend').click()
  await expect(page.getByText('What to change')).toBeVisible()
  await inspector.look('mending')
  await go(page, '#/e/follow-up/came-back')
  await mary.row('Your first spring outside').getByRole('button').click()
  await mary.button('Close the contact').click()
  await expect(mary.dialog('Close this contact?')).toBeVisible()
  await inspector.look('close this contact, dialog')
  await mary.button('Close the contact').last().click()
  await expect(page.getByText('This person is no longer in your contacts.')).toBeVisible()
  await go(page, `#/e/follow-up/came-back/${refused}/appeal`)
  await expect(mary.field('Letter of appeal')).toBeVisible()
  await inspector.look('appeal')
  await go(page, '#/e/follow-up/prayer')
  await expect(mary.row('For his mother')).toBeVisible()
  await inspector.look('prayer')
  await go(page, '#/account/figures')
  await expect(page.getByRole('img', { name: /^Letters and answers by month/ })).toBeVisible()
  await inspector.look('figures')
  await go(page, `#/e/contacts/add?moved=${contactId}`)
  await expect(mary.heading('Update the address')).toBeVisible()
  await inspector.look('update the address')
  inspector.expectNothingFound()
})

test('by keys alone: from the thread to a flag, a note, an intention and back', async ({ startDesk }) => {
  const { mary } = await startDesk()
  const { page } = mary
  const contactId = await contactNamed(page, danielReyes.name)
  await sendLetter(page, { contactId, subject: 'A quiet week', body: 'Dear Daniel, rain and soup.' })
  const press = async (name: string): Promise<void> => {
    for (let tab = 0; tab < 80; tab += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText?.trim() ?? '')
      if (focused === name) return page.keyboard.press('Enter')
    }
    throw new Error(`no Tab leads to ${name}`)
  }
  await go(page, `#/e/contacts/${contactId}`)
  await expect(mary.heading('Letters with Daniel Reyes')).toBeFocused()
  await press('Add a prayer intention')
  await expect(mary.field('Prayer intention')).toBeFocused()
  await page.keyboard.type('For rain')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Prayer intention: For rain')).toBeVisible()
  await page.evaluate(() => document.querySelector<HTMLElement>('h1')?.focus())
  await press('Open')
  await expect(mary.heading('Letter to Daniel Reyes')).toBeVisible()
  await press('Flag')
  await expect(mary.button('Flagged')).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(mary.field('Private note')).toBeFocused()
  await page.keyboard.type('By keys.')
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
})
