/** The report for whoever helps: what is in it, and that nothing of anybody is, even when the diary quotes letters. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scrubLog } from '../../../src-main/storage/scrub-log'
import { searchFolders } from '../../crash/canary/search'
import { openTestDesk, password, readyToWrite, sendDraft, writeDraft, type TestDesk } from '../../support/core'

let folder = ''
let desk: TestDesk
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-bundle-'))
  desk = await openTestDesk({}, { profileDir: join(folder, 'Maria Delgado letters') })
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const secrets = {
  subject: 'The orchard behind the chapel',
  body: 'Dear Daniel, the quince tree by the gate has flowered.',
  draft: 'Half a thought about the harmonium.',
  password,
  firstName: 'Maria',
  lastName: 'Delgado',
  email: 'maria@parish.org',
  phone: '512 555 0142',
  street: '12 Chapel Road',
  contact: 'Daniel Reyes',
  number: '448213',
  answer: 'Saint Brigid Primary',
  card: '4242 4242 4242 4242',
  place: 'Maria Delgado letters'
}
const list = Object.entries(secrets).map(([name, text]) => ({ name, text }))

/** Errors as careless code could have written them, each quoting something of somebody. */
const hostileDiary = Object.values(secrets)
  .flatMap((text) => [
    `[2026-11-26 10:47:31.123] [error] drafts.save SyntaxError: Unexpected token 'D', "${text}" is not valid JSON`,
    `    at JSON.parse (<anonymous>) ${text}`,
    `    at save (/somewhere/${text}/core-thread.js:12:3)`,
    `[2026-11-26 10:47:31.124] [error] letters.search SqliteError: fts5: syntax error near "${text}"`,
    `[2026-11-26 10:47:31.125] [info]  ${text}: refused, the payload does not fit`,
    `[2026-11-26 10:47:31.126] [error] core thread Error: ${text}`,
    text,
    `  ${text}`
  ])
  .join('\n')

const write = async (): Promise<void> => {
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, secrets.body, secrets.subject))
  await writeDraft(desk, contact.contactId, secrets.draft)
  desk.noteTrouble('window', 'WINDOW_CRASHED')
  const logs = join(desk.profileDir, 'logs')
  mkdirSync(logs)
  writeFileSync(join(logs, 'epistle.log'), hostileDiary)
}

/** Only the report, in a folder of its own. */
const bundle = async (): Promise<string> => {
  const place = join(folder, 'out')
  mkdirSync(place, { recursive: true })
  expect(await desk.saveReport(join(place, 'report.zip'))).toEqual({ ok: true, value: null })
  return place
}

describe('the support bundle', () => {
  it('holds nothing of anybody in any form, though the diary quotes all of it', async () => {
    await write()
    const place = await bundle()
    const { files, hits } = searchFolders([place], list)
    expect(files).toBe(1)
    expect(hits).toEqual([])
  })

  it('and the search would see it: one planted word inside a ZIP is found', () => {
    const place = join(folder, 'planted')
    mkdirSync(place)
    writeFileSync(join(place, 'report.zip'), zipSync({ 'a.txt': Buffer.from(`x ${secrets.body} x`) }))
    expect(searchFolders([place], list).hits.map(({ canary }) => canary)).toContain('body')
  })

  it('says what a helper needs: troubles, versions, room, counts, and the diary without its words', async () => {
    await write()
    const entries = unzipSync(readFileSync(join(await bundle(), 'report.zip')))
    const text = Buffer.from(entries['what-went-wrong.txt'] ?? []).toString()
    expect(text).toContain('WINDOW_CRASHED')
    expect(text).toMatch(/Drafts: 1, waiting: \d, purchases not settled: 0/)
    const data = JSON.parse(Buffer.from(entries['what-went-wrong.json'] ?? []).toString()) as Record<string, unknown>
    expect(Object.keys(data).sort()).toEqual(['deskCheck', 'folder', 'madeAt', 'mailboxes', 'queue', 'surroundings', 'troubles', 'versions'])
    const diary = Buffer.from(entries['logs/epistle.log'] ?? []).toString()
    expect(diary).toContain('[2026-11-26 10:47:31.123] [error] drafts.save: SyntaxError (words left out)')
    expect(diary).toContain('at save core-thread.js:12:3')
  })

  it('replaces an older one only when it is whole, and leaves no half behind where it cannot be written', async () => {
    const gone = join(folder, 'gone', 'report.zip')
    expect(await desk.saveReport(gone)).toMatchObject({ ok: false })
    const place = await bundle()
    const first = readFileSync(join(place, 'report.zip'))
    desk.noteTrouble('window', 'GRAPHICS_CRASHED')
    await bundle()
    expect(readFileSync(join(place, 'report.zip')).equals(first)).toBe(false)
  })
})

describe('the diary for other eyes', () => {
  it.each([
    ['[2026-11-26 10:00:00.000] [error] drafts.save StorageError: a data file could not be opened', '[2026-11-26 10:00:00.000] [error] drafts.save: StorageError: a data file could not be opened'],
    ['[2026-11-26 10:00:00.000] [error] service SqliteError: UNIQUE constraint failed: account.email', '[2026-11-26 10:00:00.000] [error] service: SqliteError: UNIQUE constraint failed: account.email'],
    ["[2026-11-26 10:00:00.000] [error] window the page's process is gone: crashed", "[2026-11-26 10:00:00.000] [error] window: the page's process is gone: crashed"],
    ['[2026-11-26 10:00:00.000] [info]  drafts.save: refused, the payload does not fit', '[2026-11-26 10:00:00.000] [info] drafts.save: refused, the payload does not fit'],
    ['[2026-11-26 10:00:00.000] [error] drafts.save Error: Dear Daniel', '[2026-11-26 10:00:00.000] [error] drafts.save: Error (words left out)']
  ])('%s', (line, expected) => {
    expect(scrubLog(line)).toBe(expected)
  })
})
