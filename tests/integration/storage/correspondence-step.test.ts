/** A mailbox from before marks and threads: everything in it is there afterwards, and everybody is a person. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMailbox } from '../../../src-main/storage/mailbox'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMigrated } from '../../../src-main/storage/open-migrated'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-step-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'correspondence'))

/** A mailbox as the version before wrote it: two people, a letter, an answer. */
const fillOld = (file: string): void => {
  const old = openMigrated(file, before, 1)
  old.exec(`
    INSERT INTO facility VALUES ('cedar-state', '{"id":"cedar-state","name":"Cedar State"}', 1);
    INSERT INTO contact VALUES ('c1', 'cedar-state', '448213', 'Daniel', 'Reyes', 'active', 'ready', 1, NULL);
    INSERT INTO contact VALUES ('c2', 'cedar-state', '448214', 'Luis', 'Ortega', 'active', 'ready', 2, 3);
    INSERT INTO draft VALUES ('d1', 'sent', NULL, 1, 2);
    INSERT INTO letter VALUES (1, 'l1', 'd1', 'c1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 'Psalm', 'Dear Daniel', 0, 5);
    INSERT INTO delivery VALUES ('v1', 'l1', 'k1', '${'0'.repeat(64)}', 'TX', 'stamp', 1, 'QUEUED', 0, 5, NULL);
    UPDATE delivery SET state = 'SENDING', attempts = 1;
    UPDATE delivery SET state = 'SENT', receipt = 'R-1';
    INSERT INTO letter_status VALUES ('l1', 'replied', 9, NULL, NULL);
    INSERT INTO letter_event VALUES (1, 'l1', 'submitted', 6, NULL, NULL), (2, 'l1', 'delivered', 8, NULL, 1), (3, 'l1', 'replied', 9, NULL, 2);
    INSERT INTO reply VALUES (1, 'r1', 3, 'l1', 'c1', 'Daniel Reyes', 'cedar-state', '448213', 'Re: Psalm', 'Thank you', 9, NULL);`)
  old.close()
}

it('is brought up to date with its letters, and threads find them', () => {
  const file = join(folder, 'mailbox.db')
  fillOld(file)
  const mailbox = openMailbox(file, 10)
  expect(mailbox.people.personOf('c1')).toBe('c1')
  expect(mailbox.people.contactsOf('c2'), 'who was removed keeps the letters too').toEqual(['c2'])
  const place = { at: 100, seq: 0 }
  expect(mailbox.thread.lettersBefore(['c1'], place, 10)).toEqual([{ at: 5, seq: 1, letterId: 'l1', takenAt: 6 }])
  expect(mailbox.thread.repliesBefore(['c1'], place, 10)).toEqual([{ at: 9, seq: 1, messageId: 'r1' }])
  expect([mailbox.thread.countLetters(['c1']), mailbox.thread.countReplies(['c1'])]).toEqual([1, 1])
  expect(mailbox.marks.get({ kind: 'letter', id: 'l1' })).toEqual({ flagged: null, archived: null })
  mailbox.close()
})

it('keeps what must not change', () => {
  const file = join(folder, 'mailbox.db')
  fillOld(file)
  const mailbox = openMailbox(file, 10)
  mailbox.notes.put({ kind: 'letter', id: 'l1' }, { revision: 1, text: 'Likes psalms', before: null, savedAt: 10 })
  mailbox.people.recordMove('c1', 'c2', 11)
  mailbox.close()
  const raw = openMigrated(file, mailboxMigrations, 12)
  for (const [sql, why] of [
    ['DELETE FROM note', 'a note cannot be deleted'],
    ["UPDATE note SET text = '', revision = 1", 'a note only goes on'],
    ['DELETE FROM contact_move', 'a move cannot be deleted'],
    ['UPDATE contact_move SET at = 0', 'a move cannot change'],
    ["INSERT INTO mark VALUES ('letter', 'l1', NULL, NULL)", 'CHECK constraint failed'],
    ["INSERT INTO draft_origin VALUES ('d1', 'r1', 'l1')", 'CHECK constraint failed']
  ] as const) {
    expect(() => raw.exec(sql), sql).toThrow(why)
  }
  raw.exec("INSERT INTO contact VALUES ('c9', 'cedar-state', '448219', 'Ana', 'Pham', 'active', 'ready', 1, NULL)")
  expect(raw.prepare("SELECT person_id FROM contact_person WHERE contact_id = 'c9'").pluck().get(), 'every new contact is a person').toBe('c9')
  const pray = (id: string): unknown => raw.exec(`INSERT INTO prayer (id, kind, item_id, words, opened_at) VALUES ('${id}', 'contact', 'c9', '', 1)`)
  pray('p1')
  expect(() => pray('p2'), 'one open intention for each').toThrow('UNIQUE')
  raw.exec('UPDATE prayer SET closed_at = 2')
  pray('p2')
  raw.exec("INSERT INTO draft_origin VALUES ('d1', 'r1', NULL)")
  expect(() => raw.exec("UPDATE draft_origin SET answers_reply = NULL, resends_letter = 'l1'")).toThrow('why a draft was begun cannot change')
  raw.close()
})
