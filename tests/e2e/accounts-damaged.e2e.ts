/** A wrong password, a damaged mailbox, a header of garbage and a missing file: each is told as what it is, and nothing is deleted. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EpistleApp } from '../support/app'
import { expect, test } from '../support/settled'
import { maryKeane, type Volunteer } from '../support/volunteer'

/** Without copies there is nothing to take a lost header from, and nothing to restore: restore.e2e.ts has those. */
const withoutCopies = (app: EpistleApp): void => rmSync(join(app.profileDir, 'backups'), { recursive: true, force: true })

const fileEnding = (app: EpistleApp, ending: string): string => {
  const folder = join(app.profileDir, 'mailboxes')
  const name = readdirSync(folder).find((file) => file.endsWith(ending))
  if (name === undefined) throw new Error(`no ${ending} file`)
  return join(folder, name)
}

const damaged = 'The file with your letters is damaged'
const signIn = (mary: Volunteer): Promise<void> => mary.trySignIn(maryKeane.email, maryKeane.password)
const restoreOrStartEmpty = async (mary: Volunteer): Promise<void> => {
  await expect(mary.page.getByRole('radio', { name: 'Restore a backup' })).toBeChecked()
  await expect(mary.page.getByRole('radio', { name: 'Start with an empty mailbox' })).toBeVisible()
}

test('a wrong password speaks of the password, and of no file', async ({ startDesk }) => {
  const { mary } = await startDesk({ signIn: false })
  await mary.trySignIn(maryKeane.email, 'Wrong1word')
  await expect(mary.page.getByRole('alert')).toContainText('That e-mail and password do not match.')
  await expect(mary.page.getByRole('main')).not.toContainText(/letters|damaged|backup/)
})

test('one flipped bit in the mailbox: the file is damaged, the password is right, the file is kept', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const file = fileEnding(app, '.db')
  const whole = readFileSync(file)
  const flipped = Buffer.from(whole)
  flipped[200] = (flipped[200] ?? 0) ^ 1
  writeFileSync(file, flipped)
  await signIn(mary)
  await expect(mary.heading(damaged)).toBeVisible()
  await expect(mary.page.getByText("The file with Mary Keane's letters on this PC cannot be read. Your password is right, and nothing was deleted.")).toBeVisible()
  await restoreOrStartEmpty(mary)
  expect(readFileSync(file).equals(flipped)).toBe(true)

  await test.step('the backup is put back: everything is there', async () => {
    await mary.button('Sign out for now').click()
    await expect(mary.heading('Who is writing today?')).toBeVisible()
    writeFileSync(file, whole)
    await mary.signIn()
    await mary.goTo('Contacts')
    await expect(mary.row('Daniel Reyes')).toBeVisible()
  })
})

test('a header of garbage: damaged too; whoever starts empty keeps the old files aside', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const header = fileEnding(app, '.vault')
  const file = fileEnding(app, '.db')
  const letters = readFileSync(file)
  withoutCopies(app)
  writeFileSync(header, 'garbage')
  rmSync(`${header}.before`, { force: true })
  await signIn(mary)
  await expect(mary.heading(damaged)).toBeVisible()
  await restoreOrStartEmpty(mary)
  expect(readFileSync(header, 'utf8')).toBe('garbage')

  await mary.page.getByRole('radio', { name: 'Start with an empty mailbox' }).check()
  await mary.button('Start with an empty mailbox').click()
  const dialog = mary.dialog('Start with an empty mailbox?')
  await expect(dialog.getByRole('button', { name: 'Go back' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Start empty' }).click()
  await expect(mary.heading('Home')).toBeVisible()
  const folder = join(app.profileDir, 'mailboxes')
  const aside = readdirSync(folder).filter((name) => name.includes('.sealed-'))
  expect(aside.some((name) => readFileSync(join(folder, name)).equals(letters))).toBe(true)
  expect(aside.some((name) => readFileSync(join(folder, name), 'utf8') === 'garbage')).toBe(true)
})

test('a missing file: the letters are not here, and neither the password nor damage is to blame', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const file = fileEnding(app, '.db')
  const header = fileEnding(app, '.vault')
  const whole = readFileSync(file)
  withoutCopies(app)
  rmSync(file)
  await signIn(mary)
  await expect(mary.heading('Your letters are not here')).toBeVisible()
  await expect(mary.page.getByText("We can't find Mary Keane's letters on this PC. Restore a backup. Your password is right, and it is not to blame.")).toBeVisible()
  await restoreOrStartEmpty(mary)
  expect(existsSync(header)).toBe(true)

  await test.step('without the service, too', async () => {
    await mary.button('Sign out for now').click()
    await mary.goTo('Settings')
    await mary.page.getByRole('switch', { name: 'Offline' }).check()
    await expect(mary.page.getByRole('contentinfo')).toContainText('The service cannot be reached now.')
    await mary.page.goBack()
    await signIn(mary)
    await expect(mary.page.getByRole('alert')).toContainText("We can't find Mary Keane's letters on this PC. Restore a backup.")
  })
  await test.step('the backup is put back', async () => {
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, whole)
    await mary.field('Password').fill(maryKeane.password)
    await mary.button('Sign In').click()
    await expect(mary.heading('Home')).toBeVisible()
  })
})
