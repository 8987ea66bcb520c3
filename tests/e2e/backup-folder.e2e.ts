/** A USB stick for the copies: chosen, written to, taken out, missed on Home after a week, and put back. A folder stands for the stick. */
import Database from 'better-sqlite3'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInspector } from '../support/inspector'
import { removeFolder } from '../support/remove-folder'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

const copiesOn = (stick: string): readonly string[] => {
  const all = join(stick, 'Epistle copies')
  return existsSync(all) ? readdirSync(all).flatMap((account) => readdirSync(join(all, account)).filter((name) => /^copy-\d+-[\dT-]+$/u.test(name))) : []
}

test('a copy goes to the stick; a stick that is away is said, calmly, and the next copy reaches it again', async ({ startDesk }) => {
  test.slow()
  const folder = mkdtempSync(join(tmpdir(), 'epistle-stick-'))
  const stick = join(folder, 'stick')
  mkdirSync(stick)
  const { app, mary, profileDir } = await startDesk()
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, stick)
  await mary.goTo('Settings')
  await mary.button('Choose a folder or USB stick').click()
  await expect(mary.page.getByText('From now on each copy also goes to this folder.')).toBeVisible()
  await expect(mary.page.getByText(stick)).toBeVisible()
  expect(copiesOn(stick)).toHaveLength(1)
  await mary.button('Back up now').click()
  await expect(mary.page.getByText('The copy was made and checked. It is on the USB stick, too.')).toBeVisible()

  await test.step('taken out: the copy on this PC is made, and that is said', async () => {
    renameSync(stick, `${stick}-out`)
    await mary.button('Back up now').click()
    await expect(mary.page.getByText('The copy was made and checked.', { exact: true })).toBeVisible()
    await expect(mary.page.getByText('The USB stick is not in. The copy on this PC was made.')).toBeVisible()
    await mary.goTo('Home')
    await expect(mary.page.getByText('Your USB stick has not been in for more than a week.'), 'one day is nothing to talk about').toBeHidden()
  })

  await test.step('away for more than a week: Home says so, and what to do', async () => {
    await app.close()
    const desk = new Database(join(profileDir, 'desk.db'))
    desk.prepare('UPDATE account SET backup_carried_at = ?').run(Date.now() - 9 * 86_400_000)
    desk.close()
    await app.launch()
    await mary.signIn()
    await expect(mary.page.getByText('Your USB stick has not been in for more than a week.')).toBeVisible()
    const inspector = createInspector(app)
    await inspector.look('home, a stick that is missed')
    inspector.expectNothingFound()
    renameSync(`${stick}-out`, stick)
    await mary.button('Back up now').click()
    await expect(mary.page.getByText(/USB stick has not been in|No copy has reached your USB stick/)).toBeHidden()
    expect(copiesOn(stick).length).toBeGreaterThan(0)
  })

  await test.step('the copy on the stick is one to go back to', async () => {
    await mary.goTo('Settings')
    await mary.page.getByRole('link', { name: 'Go back to an earlier copy' }).click()
    await expect(mary.page.getByRole('main')).toContainText('in your folder or on your stick')
    await mary.goTo('Contacts')
    await expect(mary.row(danielReyes.number)).toBeVisible()
  })
  await app.close()
  removeFolder(folder)
})
