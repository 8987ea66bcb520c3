/** A disk that is full to the last byte under the real app: said at once, the text can be copied, and it is saved by itself when there is room. */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EpistleApp } from '../support/app'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { removeFolder } from '../support/remove-folder'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, Volunteer } from '../support/volunteer'

/**
 * A disk of its own for one profile: a small file system, mounted in a view of the disk that only the app has, with what lies in `from`.
 * @returns what starts Electron there
 */
const smallDisk = (folder: string, from: string, profile: string): ((executable: string) => string) => {
  const script = join(folder, 'electron')
  return (executable) => {
    writeFileSync(script, `#!/bin/sh\nexec unshare -rm sh -c 'mount -t tmpfs -o size=48m none "${profile}" && cp -a "${from}/." "${profile}" && exec "${executable}" "$@"' sh "$@"\n`, { mode: 0o755 })
    return script
  }
}

/** Only the app sees its disk, so it is filled from inside: until it takes not one byte more. */
const fill = (app: EpistleApp): Promise<void> =>
  app.electron.evaluate((_electron, profile) => {
    const { appendFileSync } = process.getBuiltinModule('node:fs')
    for (const size of [1_048_576, 65_536, 4_096, 512, 1]) {
      try {
        for (;;) appendFileSync(`${profile}/filler`, Buffer.alloc(size, 7))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    }
  }, app.profileDir)
const makeRoom = (app: EpistleApp): Promise<void> =>
  app.electron.evaluate((_electron, profile) => process.getBuiltinModule('node:fs').rmSync(`${profile}/filler`), app.profileDir)

test('what is typed on a full disk stays, can be copied, and is on disk soon after there is room', async ({ startDesk, startApp }) => {
  test.slow()
  const settled = await startDesk({ signIn: false })
  await settled.app.close()
  const folder = mkdtempSync(join(tmpdir(), 'epistle-small-'))
  const profile = join(folder, 'profile')
  mkdirSync(profile)
  cpSync(settled.profileDir, join(folder, 'from'), { recursive: true, filter: (name) => !/browser|logs|Singleton/.test(name) })
  const app = await startApp({ profileDir: profile, within: smallDisk(folder, join(folder, 'from'), profile) })
  const mary = new Volunteer(() => app.page)
  await mary.signIn()
  await mary.compose({ to: danielReyes.name, subject: 'A full disk', message: 'Dear Daniel, this was saved.' })
  await mary.waitUntilSaved()

  await fill(app)
  app.expectTrouble(/ENOSPC|disk is full|DISK_FULL|No space left|quota/i)
  const words = `Dear Daniel, ${'the disk is full, and not a word of this may be lost. '.repeat(900)}`
  await mary.field('Message').fill(words)
  await expect(app.page.getByText('Not saved: the disk of this PC is full.').first()).toBeVisible()
  await expect(mary.field('Message')).toHaveValue(words)
  await mary.button('Copy the text').first().click()
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain(words.trim())
  const inspector = createInspector(app)
  await inspector.look('a full disk')

  await test.step('nobody leaves the locked screen with words that are not saved, unless they say so', async () => {
    await must(app.page, 'desk.lock', {})
    await mary.button('Sign out').click()
    await expect(mary.dialog('Leave without saving?')).toBeVisible()
    await inspector.look('leave without saving, dialog')
    await mary.button('Stay locked').click()
    await mary.field('Passcode').fill(maryKeane.passcode)
    await mary.button('Unlock').click()
    await expect(mary.field('Message')).toHaveValue(words)
  })
  inspector.expectNothingFound()

  await makeRoom(app)
  await mary.waitUntilSaved()
  await expect(app.page.getByText('Not saved: the disk of this PC is full.')).toBeHidden()
  const [draft] = await must(app.page, 'drafts.list', {})
  expect((await must(app.page, 'drafts.open', { draftId: draft?.draftId ?? '' })).body.trim()).toBe(words.trim())
  await app.close()
  removeFolder(folder)
})
