/** A mailbox from before the timeline, with drafts in it: their texts and every earlier version are there afterwards, and the new rules hold for them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMailbox } from '../../../src-main/storage/mailbox'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMigrated } from '../../../src-main/storage/open-migrated'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-timeline-'))
  file = join(folder, 'mailbox.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'timeline'))

/** As the version before wrote it: a draft with two earlier versions, one with none, one that was thrown away. */
const fillOld = (): void => {
  const old = openMigrated(file, before, 1)
  old.exec(`
    INSERT INTO draft VALUES ('d1', 'open', NULL, 1, NULL), ('d2', 'open', 'd1', 2, NULL), ('d3', 'discarded', NULL, 3, 4);
    INSERT INTO draft_text (draft_id, slot, revision, contact_id, subject, body, prepaid_reply, started_at, saved_at) VALUES
      ('d1', 1, 3, NULL, 'Psalm', 'Dear Daniel', 0, 10, 20),
      ('d1', 2, 6, NULL, 'Psalm 23', 'Dear Daniel, the Lord is my shepherd', 0, 30, 40),
      ('d1', 3, 9, NULL, 'Psalm 23', 'Dear Daniel, the Lord is my shepherd; I shall not want', 1, 50, 60),
      ('d2', 1, 0, NULL, '', '', 0, 70, 70),
      ('d3', 1, 1, NULL, 'No', 'thrown away', 0, 80, 80);`)
  old.close()
}

it('is brought up to date with every draft and version as it was', () => {
  fillOld()
  const mailbox = openMailbox(file, 100)
  expect(mailbox.drafts.listOpen()).toMatchObject([
    { draftId: 'd2', copyOf: 'd1', revision: 0, body: '' },
    { draftId: 'd1', revision: 9, slot: 3, subject: 'Psalm 23', body: 'Dear Daniel, the Lord is my shepherd; I shall not want', prepaidReply: true, savedAt: 60 }
  ])
  expect(mailbox.drafts.get('d3')).toMatchObject({ state: 'discarded', body: 'thrown away' })
  expect(mailbox.drafts.versions('d1').map(({ body, pinned }) => [body.length, pinned])).toEqual([
    [54, false],
    [36, false],
    [11, false]
  ])
  expect(mailbox.draftsInHand.leftOpen(), 'nothing was in hand before there were hands').toEqual([])
  mailbox.close()
})

it('the new rules hold for the old rows: the newest text stays, an earlier one may be thinned, a pinned one may not', () => {
  fillOld()
  openMailbox(file, 100).close()
  const raw = openMigrated(file, mailboxMigrations, 101)
  expect(() => raw.exec(`DELETE FROM draft_text WHERE draft_id = 'd1' AND slot = 3`)).toThrow('the text of a draft cannot be thinned')
  expect(() => raw.exec(`DELETE FROM draft_text WHERE draft_id = 'd2'`)).toThrow('the text of a draft cannot be thinned')
  raw.exec(`UPDATE draft_text SET pinned = 1 WHERE draft_id = 'd1' AND slot = 1`)
  expect(() => raw.exec(`DELETE FROM draft_text WHERE draft_id = 'd1' AND slot = 1`)).toThrow('a pinned version cannot be thinned')
  raw.exec(`DELETE FROM draft_text WHERE draft_id = 'd1' AND slot = 2`)
  expect(raw.prepare(`SELECT slot FROM draft_text WHERE draft_id = 'd1' ORDER BY slot`).pluck().all()).toEqual([1, 3])
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  raw.close()
})
