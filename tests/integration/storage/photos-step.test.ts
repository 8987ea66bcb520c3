/** A mailbox from before letters took photos: its letters, drafts and lists are as they were, none has a photo, and from then on each can. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkFrom, nothingVerified } from '../../../src-main/app/invariants'
import { openMailbox } from '../../../src-main/storage/mailbox'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMigrated } from '../../../src-main/storage/open-migrated'
import { canonicalLetter } from '../../../src-main/wire/canonical'
import { addContact, addFacility } from '../../support/mailbox-rows'
import { pngPhoto } from '../../support/photos'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-photos-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const hashOf = (letter: Parameters<typeof canonicalLetter>[0], stamps: number): string => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')
/** As it was made before there were photos. */
const confirmedHash = createHash('sha256').update('["letter-1","cedar-state","448213","Psalm","Dear Daniel",false,1]').digest('hex')
const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'photos'))
const file = (): string => join(folder, 'mailbox.db')

/** One letter sent, one waiting, a draft, an answer, and one message of an older archive. */
const fillOld = (): readonly [tables: readonly string[], rows: Readonly<Record<string, readonly unknown[]>>] => {
  const old = openMigrated(file(), before, 1)
  addFacility(old)
  addContact(old)
  const letter = (seq: number, id: string): string => `
    INSERT INTO draft VALUES ('d-${id}', 'sent', NULL, 1, 2);
    INSERT INTO letter VALUES (${seq}, '${id}', 'd-${id}', 'contact-1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 'Psalm', 'Dear Daniel', 0, ${seq * 86_400_000});
    INSERT INTO confirmation VALUES (${seq}, '${id}', '${confirmedHash}', 1, 5);
    INSERT INTO letter_event (letter_seq, state, at) VALUES (${seq}, 'queued', 5);
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'reserve', 'k-${id}', 'available', 'reserved', 1, 1);
    INSERT INTO delivery VALUES ('v-${id}', '${id}', 'k-${id}', '${confirmedHash}', 'TX', 'stamp', 1, 'QUEUED', 0, 5, NULL);`
  old.exec(`
    INSERT INTO meta VALUES ('accountId', 'maria');
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'grant', 'g', 'outside', 'available', 5, 1);
    ${letter(1, 'sent')} ${letter(2, 'waits')}
    UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = 'sent';
    UPDATE delivery SET state = 'SENT', receipt = 'R' WHERE letter_id = 'sent';
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'post', 'k-sent', 'reserved', 'spent', 1, 2);
    INSERT INTO letter_status VALUES ('sent', 'submitted', 5, NULL, NULL), ('waits', 'queued', 5, NULL, NULL);
    INSERT INTO draft VALUES ('open', 'open', NULL, 1, NULL);
    INSERT INTO draft_text (draft_id, slot, revision, contact_id, subject, body, prepaid_reply, started_at, saved_at) VALUES ('open', 1, 3, 'contact-1', 'Psalm', 'Half writ', 0, 1, 1);
    INSERT INTO reply VALUES (1, 'reply', 7, 'sent', 'contact-1', 'Daniel', 'cedar-state', '448213', 's', 'Thank you', 900000, NULL);
    INSERT INTO import (id, file_name, format, state, begun_at) VALUES ('i', 'letters.mbox', 'mbox', 'running', 1);
    INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, fingerprint)
      VALUES ('m', 1, 'sent', 'contact-1', 'Daniel', '448213', 'cedar-state', 'Cedar State', 's', 'Long ago', 5000, 'f');
    UPDATE import SET state = 'done', ended_at = 9, messages = 1;`)
  const tables = old.prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'archive_text%' AND name <> 'migration' ORDER BY name`).pluck().all() as string[]
  const columns = (table: string): string => (old.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]).map((name) => `"${name}"`).join(', ')
  const selects = tables.map((table) => `SELECT json_array(${columns(table)}) FROM "${table}" ORDER BY 1`)
  const rows = Object.fromEntries(selects.map((select) => [select, old.prepare(select).pluck().all()]))
  old.close()
  return [selects, rows]
}

it('everything is as before, no letter has a photo, and what was confirmed has its hash', () => {
  const [selects, rows] = fillOld()
  const now = openMigrated(file(), mailboxMigrations, 10)
  expect(selects.length).toBeGreaterThan(30)
  for (const select of selects) expect(now.prepare(select).pluck().all(), select).toEqual(rows[select])
  expect(now.prepare('SELECT photos FROM letter').pluck().all()).toEqual([0, 0])
  expect(now.prepare('SELECT kind, photos FROM archive ORDER BY kind').raw().all()).toEqual([['letter', 0], ['reply', 0]])
  expect(now.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(now.pragma('foreign_key_check')).toEqual([])
  now.close()
  const mailbox = openMailbox(file(), 11)
  const look = checkFrom(mailbox, 'maria', hashOf, nothingVerified)
  for (let step = look.next(); ; step = look.next()) {
    if (step.done !== true) continue
    expect(step.value).toHaveProperty('point')
    break
  }
  mailbox.close()
})

it('from then on a draft takes photos, a letter freezes them, and the older archive can have some', () => {
  fillOld()
  const mailbox = openMailbox(file(), 10)
  const photo = (shade: number) => ({ type: 'png' as const, width: 8, height: 8, bytes: pngPhoto(shade) })
  expect(mailbox.photos.addToDraft('open', 'candle', photo(1))).toBe(true)
  expect(mailbox.photos.addToImported(1, 'chapel', photo(2))).toBe(true)
  const letter = { contactId: 'contact-1', contactName: 'Daniel Reyes', facilityId: 'cedar-state', facilityName: 'Cedar State', number: '448213', subject: 's', body: 'b', prepaidReply: false, confirmedAt: 20 }
  mailbox.letters.insert({ ...letter, letterId: 'new', draftId: 'open' }, { payloadHash: confirmedHash, stamps: 2 })
  mailbox.photos.freeze('new', 'open')
  mailbox.deliveries.insert({ deliveryId: 'v-new', letterId: 'new', key: 'k-new', payloadHash: confirmedHash, walletId: 'TX', unit: 'stamp', stamps: 2, at: 20 })
  mailbox.letters.moveTo('new', 'queued', 20, null)
  expect(mailbox.photos.ofLetter('new')).toMatchObject([{ name: 'candle', bytes: pngPhoto(1).length }])
  expect([mailbox.letters.get('new')?.photoCount, mailbox.letters.get('sent')?.photoCount, mailbox.imports.message('m')?.photoCount]).toEqual([1, 0, 1])
  mailbox.close()
})
