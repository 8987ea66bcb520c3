/** The diary and what is made of it: whatever a careless line of code could have written there stays text, and none of it is handed on. */
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect } from 'playwright/test'
import type { EpistleApp } from '../../support/app'
import { forge } from '../../support/bridge'
import type { Program } from '../support/program'
import { asShown } from './as-shown'
import type { Payload } from './payloads'
import { readPage } from './read-page'
import { checkNothingHappened, type Traps } from './traps'

/** Channels to knock at, each so seldom that none of them is too much. */
const knocked = ['drafts.open', 'contacts.remove', 'letters.send', 'inbox.open', 'drafts.discard', 'letters.cancel', 'imports.remove', 'thread.archive'] as const

export const readDiary = async (program: Program, app: EpistleApp, payloads: readonly Payload[], traps: Traps, folder: string): Promise<void> => {
  const { page, profileDir } = app
  // Payloads as keys and as values, as only a forged caller sends them.
  for (const [place, { text }] of payloads.entries()) await forge(page, knocked[place % knocked.length] ?? 'drafts.open', { [text]: text, draftId: text })
  const diary = join(profileDir, 'logs', 'epistle.log')
  await expect.poll(() => readFileSync(diary, 'utf8')).toContain('refused')
  const written = readFileSync(diary, 'utf8')
  for (const { text } of payloads) program.check(text.length < 20 || !written.includes(text), () => `log: a text of a caller stands in the diary: ${JSON.stringify(text)}`)
  appendFileSync(diary, payloads.map(({ text }) => `[2026-11-26 10:47:31.123] [error] drafts.save SqliteError: near "${text}"\n    at save (/somewhere/${text}/core.js:1:1)\n${text}\n`).join(''))

  await page.evaluate(() => (location.hash = '#/trouble'))
  await expect(page.getByRole('heading', { level: 1, name: 'What went wrong' })).toBeVisible()
  const zip = join(folder, 'report.zip')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, zip)
  await page.getByRole('button', { name: 'Save the report' }).click()
  await expect(page.getByText('Saved to report.zip.')).toBeVisible()
  const reading = await readPage(page)
  program.check(asShown(reading.words).includes(asShown(profileDir)), () => 'log: the folder is not told as it is called')
  program.check(!reading.parts.some((part) => part === 'img' || / on/.test(part)), () => `log: the folder's name became markup: ${reading.parts.filter((part) => /^img| on/.test(part)).join(', ')}`)
  const entries = Object.entries(unzipSync(readFileSync(zip))).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')] as const)
  program.check(entries.length > 2 && entries.every(([name]) => /\.(txt|json|log)$/.test(name)), () => `log: the report holds ${entries.map(([name]) => name).join(', ')}`)
  const told = entries.filter(([, text]) => /caught\(|127\.0\.0\.1/.test(text))
  program.check(told.length === 0, () => `log: texts stand in the report: ${told.map(([name]) => name).join(', ')}`)
  checkNothingHappened(program, traps, 'log')
}
