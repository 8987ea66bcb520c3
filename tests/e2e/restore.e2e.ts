/** Backups in the real app: made and tried in Settings, and the way back when the mailbox is smashed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EpistleApp } from '../support/app'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { maryKeane } from '../support/volunteer'

const mailboxFile = (app: EpistleApp): string => {
  const folder = join(app.profileDir, 'mailboxes')
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.db')) ?? '')
}

test('back up now, try a restore, and go back to the copy', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.goTo('Settings')
  await mary.button('Back up now').click()
  await expect(mary.page.getByText('The copy was made and checked.')).toBeVisible()
  const [account = ''] = readdirSync(join(app.profileDir, 'backups'))
  expect(readdirSync(join(app.profileDir, 'backups', account)).length).toBeGreaterThan(0)

  await mary.button('Try a restore').click()
  await expect(mary.page.getByText(/^This copy is good: .*1 contact, from today/u)).toBeVisible()

  await mary.page.getByRole('link', { name: 'Go back to an earlier copy' }).click()
  await expect(mary.heading('Go back to an earlier copy')).toBeVisible()
  await mary.button('Go back to this copy').click()
  const dialog = mary.page.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Go back to this copy' }).click()
  const notice = mary.page.getByRole('dialog', { name: 'Your letters are back' })
  await expect(notice).toContainText('The file from before was not deleted.')
  await notice.getByRole('button', { name: 'Close' }).click()
  expect(readdirSync(join(app.profileDir, 'mailboxes')).some((name) => name.includes('.db.before-restore-'))).toBe(true)
})

test('a smashed mailbox: said in words, restored with a few clicks, and the damaged file is kept', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const file = mailboxFile(app)
  const smashed = Buffer.from(readFileSync(file)).fill(7)
  writeFileSync(file, smashed)
  await mary.trySignIn(maryKeane.email, maryKeane.password)
  await expect(mary.heading('The file with your letters is damaged')).toBeVisible()
  await mary.button('Restore this copy').click()
  const dialog = mary.page.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  const inspector = createInspector(app)
  await inspector.look('restore this copy, dialog')
  await dialog.getByRole('button', { name: 'Restore this copy' }).click()
  const notice = mary.page.getByRole('dialog', { name: 'Your letters are back' })
  await expect(notice).toContainText('1 contact')
  await inspector.look('your letters are back, dialog')
  inspector.expectNothingFound()
  await notice.getByRole('button', { name: 'Close' }).click()
  await mary.goTo('Contacts')
  await expect(mary.row('Daniel Reyes')).toBeVisible()
  const kept = readdirSync(join(app.profileDir, 'mailboxes')).filter((name) => name.includes('.db.damaged-'))
  expect(kept.length).toBeGreaterThan(0)
  expect(readFileSync(join(app.profileDir, 'mailboxes', kept.find((name) => !name.endsWith('-wal')) ?? '')).equals(smashed)).toBe(true)
})
