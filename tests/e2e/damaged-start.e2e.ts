/** A start with a damaged file: this PC's own is put right when the person says so, the service's keeps nobody from their letters. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInspector } from '../support/inspector'
import { removeFolder } from '../support/remove-folder'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

/** Rows of a table are overwritten, the header is not: SQLite opens such a file without a word. */
const damage = (file: string): Buffer => {
  const bytes = readFileSync(file)
  bytes.fill(0xff, 4_096 * 3 + 8, 4_096 * 3 + 108)
  writeFileSync(file, bytes)
  return bytes
}

/** Electron, with somebody at hand who presses the first button of whatever is asked at the start, and writes down what that was. */
const withSomebody = (folder: string, asked: string) => (executable: string): string => {
  const person = join(folder, 'person.cjs')
  const script = join(folder, 'electron')
  writeFileSync(
    person,
    `const { dialog } = require('electron')
dialog.showMessageBox = (options) => {
  require('node:fs').appendFileSync(${JSON.stringify(asked)}, JSON.stringify(options) + '\\n')
  return Promise.resolve({ response: 0, checkboxChecked: false })
}`
  )
  writeFileSync(script, `#!/bin/sh\nexec "${executable}" -r "${person}" "$@"\n`, { mode: 0o755 })
  return script
}

test('this PC’s own file is damaged: asked in plain words, put right from its copy, and kept', async ({ startDesk }) => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-damaged-'))
  const asked = join(folder, 'asked.jsonl')
  let damaged: Buffer = Buffer.alloc(0)
  const { mary, profileDir } = await startDesk({
    within: withSomebody(folder, asked),
    prepare: (profile) => {
      damaged = damage(join(profile, 'desk.db'))
    }
  })
  const question = JSON.parse(readFileSync(asked, 'utf8')) as { message: string; buttons: string[] }
  expect(question.message).toBe('Epistle’s own file on this PC is damaged. Your letters are in other files and were not touched.')
  expect(question.buttons).toEqual(['Go on with the copy', 'Close Epistle'])
  const kept = readdirSync(profileDir).filter((name) => name.startsWith('desk.db.damaged-'))
  expect(kept).toHaveLength(1)
  expect(readFileSync(join(profileDir, kept[0] ?? '')).equals(damaged)).toBe(true)
  await mary.goTo('Contacts')
  await expect(mary.row(danielReyes.number)).toBeVisible()
  removeFolder(folder)
})

test('the service’s file is damaged: said on every screen, and letters are read and written', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ prepare: (profile) => void writeFileSync(join(profile, 'service.db'), Buffer.alloc(8_192, 7)) })
  await expect(mary.page.getByText('Nothing can be sent from this PC now: a file of the service is damaged.')).toBeVisible()
  await mary.compose({ to: danielReyes.name, subject: 'Still here', message: 'Dear Daniel, writing goes on.' })
  await mary.waitUntilSaved()
  await mary.goTo('Home')
  const inspector = createInspector(app)
  await inspector.look('home, the service’s file damaged')
  inspector.expectNothingFound()
})
