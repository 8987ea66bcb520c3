/** A mailbox whose history names its letters by their ids: every step of it is there afterwards, in its order, and what is damaged of it can still be brought back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMailbox } from '../../../src-main/storage/mailbox'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import type { Connection } from '../../../src-main/storage/open'
import { openMigrated } from '../../../src-main/storage/open-migrated'
import { bringBack } from '../../../src-main/storage/salvage/bring-back'
import { readableRows } from '../../../src-main/storage/salvage/rows'
import { addContact, addFacility, openRawMailbox } from '../../support/mailbox-rows'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-lean-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const day = 86_400_000
const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'lean-history'))

const openOld = (): Connection => openMigrated(join(folder, 'mailbox.db'), before, 1)

/** Two letters whose steps came in between each other; the second one's number is not the second. */
const fillOld = (): Connection => {
  const old = openOld()
  const letter = (seq: number, id: string): string => `
    INSERT INTO draft VALUES ('d-${id}', 'sent', NULL, 1, 2);
    INSERT INTO letter VALUES (${seq}, '${id}', 'd-${id}', 'contact-1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 'Psalm', 'Dear Daniel', 0, ${day});
    INSERT INTO confirmation VALUES (${seq}, '${id}', '${'0'.repeat(64)}', 1, ${day});
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'reserve', 'k-${id}', 'available', 'reserved', 1, 1);
    INSERT INTO delivery VALUES ('v-${id}', '${id}', 'k-${id}', '${'0'.repeat(64)}', 'TX', 'stamp', 1, 'QUEUED', 0, 5, NULL);
    UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = '${id}';
    UPDATE delivery SET state = 'SENT', receipt = 'R-${id}' WHERE letter_id = '${id}';
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'post', 'k-${id}', 'reserved', 'spent', 1, 2);`
  addFacility(old)
  addContact(old)
  old.exec(`
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'grant', 'g', 'outside', 'available', 5, 1);
    ${letter(3, 'zoe')} ${letter(8, 'ann')}
    INSERT INTO letter_status VALUES ('zoe', 'delivered', ${4 * day}, NULL, NULL), ('ann', 'rejected', ${5 * day}, 'contraband', NULL);
    INSERT INTO letter_event VALUES (2, 'zoe', 'queued', ${day}, NULL, NULL), (3, 'ann', 'queued', ${day}, NULL, NULL), (4, 'zoe', 'submitted', ${2 * day}, NULL, NULL),
      (5, 'ann', 'submitted', ${2 * day}, NULL, NULL), (9, 'zoe', 'delivered', ${4 * day}, NULL, 1), (11, 'ann', 'rejected', ${5 * day}, 'contraband', 2);
    INSERT INTO meta VALUES ('updatesCursor', '2');`)
  return old
}

const zoe = [
  { state: 'queued', at: day, reason: null },
  { state: 'submitted', at: 2 * day, reason: null },
  { state: 'delivered', at: 4 * day, reason: null }
]
const ann = [
  { state: 'queued', at: day, reason: null },
  { state: 'submitted', at: 2 * day, reason: null },
  { state: 'rejected', at: 5 * day, reason: 'contraband' }
]

it('each letter has its own steps, in their order, and the next one follows', () => {
  const old = fillOld()
  const counted = old.prepare('SELECT * FROM figure_days').all()
  old.close()
  const mailbox = openMailbox(join(folder, 'mailbox.db'), 10)
  expect(mailbox.letters.events('zoe')).toEqual(zoe)
  expect(mailbox.letters.events('ann')).toEqual(ann)
  expect([1, 2, 3].map((seq) => mailbox.letters.hasServiceEvent(seq))).toEqual([true, true, false])
  expect(mailbox.thread.lettersBefore(['contact-1'], { at: 9 * day, seq: 0 }, 10).map(({ letterId, takenAt }) => [letterId, takenAt])).toEqual([['ann', 2 * day], ['zoe', 2 * day]])
  mailbox.letters.moveTo('zoe', 'replied', 6 * day, null, 3)
  expect(mailbox.letters.events('zoe')).toEqual([...zoe, { state: 'replied', at: 6 * day, reason: null }])
  expect(() => mailbox.letters.moveTo('nobody', 'delivered', 6 * day, null, 4)).toThrow(/NOT NULL/)
  mailbox.close()
  const raw = openMigrated(join(folder, 'mailbox.db'), mailboxMigrations, 11)
  expect(raw.prepare('SELECT seq, letter_seq FROM letter_event ORDER BY seq').raw().all()).toEqual([[2, 3], [3, 8], [4, 3], [5, 8], [9, 3], [11, 8], [12, 3]])
  expect(raw.prepare('SELECT * FROM figure_days').all(), 'nothing is counted a second time').toEqual(counted)
  expect(counted).toMatchObject([{ days: 2, letters: 1 }])
  raw.exec(`INSERT INTO letter_event (letter_seq, state, at, service_seq) VALUES (8, 'delivered', ${3 * day}, 7), (8, 'delivered', ${9 * day}, 8)`)
  expect(raw.prepare('SELECT days, letters FROM figure_days ORDER BY days').raw().all(), 'a delivery counts once').toEqual([[1, 1], [2, 1]])
  expect(() => raw.exec('DELETE FROM letter_event')).toThrow(/history cannot be deleted/)
  expect(() => raw.exec('UPDATE letter_event SET letter_seq = 3')).toThrow(/history cannot change/)
  raw.close()
})

it('letters of a damaged file of that version come into a mailbox of today with their history', () => {
  const old = fillOld()
  const target = openRawMailbox()
  target.exec(`INSERT INTO meta VALUES ('updatesCursor', '2')`)
  const derived: readonly string[] = ['archive_month', 'figure_month', 'figure_days']
  expect(bringBack(target, (table) => (derived.includes(table) ? [] : readableRows(old, table)), 20)).toMatchObject({ letters: 2, unsent: 0 })
  const steps = (id: string): unknown[] => target.prepare('SELECT e.state, e.at, e.reason FROM letter_event e JOIN letter l ON l.seq = e.letter_seq WHERE l.id = ? ORDER BY e.seq').all(id)
  expect(steps('zoe')).toEqual(zoe)
  expect(steps('ann')).toEqual(ann)
  old.close()
  target.close()
})
