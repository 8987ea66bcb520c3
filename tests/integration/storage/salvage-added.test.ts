/** What a volunteer added to letters and people comes out of a damaged mailbox as it became, beside the letters themselves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openConnection, type Connection } from '../../../src-main/storage/open'
import { bringBack } from '../../../src-main/storage/salvage/bring-back'
import { readableRows } from '../../../src-main/storage/salvage/rows'
import { addContact, addDraft, addFacility, addLedgerLine, addLetter, addPurchase, openRawMailbox } from '../../support/mailbox-rows'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-added-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** One letter that came back, and one person at two addresses. */
const begin = (file: string): Connection => {
  const mailbox = openRawMailbox(join(folder, file))
  addFacility(mailbox)
  addContact(mailbox)
  addContact(mailbox, 'contact-2', '448299')
  addDraft(mailbox)
  addDraft(mailbox, 'draft-2')
  addLetter(mailbox)
  addLedgerLine(mailbox, 'grant', 'g', 'outside', 'available', 5)
  mailbox.exec(`UPDATE letter_status SET state = 'rejected', since = 3`)
  mailbox.exec(`
    INSERT INTO note (kind, item_id, revision, text, saved_at) VALUES ('contact', 'contact-1', 1, 'Likes psalms', 5);
    INSERT INTO mark VALUES ('letter', 'letter-1', 5, NULL);
    INSERT INTO prayer (id, kind, item_id, words, opened_at) VALUES ('p1', 'contact', 'contact-1', 'peace', 5);
    INSERT INTO appeal VALUES ('letter-1', 1, 'Dear Sir', 5, NULL);
    INSERT INTO saved_search VALUES ('s1', 'Psalms', 'psalm', '{}', 5);`)
  return mailbox
}
/** The same mailbox some days later. */
const goOn = (mailbox: Connection): void => {
  mailbox.exec(`
    UPDATE note SET revision = 2, text = 'Likes psalms, and hymns', saved_at = 9 WHERE item_id = 'contact-1';
    INSERT INTO note (kind, item_id, revision, text, saved_at) VALUES ('letter', 'letter-1', 1, 'Came back on a Friday', 9);
    UPDATE mark SET archived_at = 9;
    INSERT INTO mark VALUES ('contact', 'contact-1', 9, NULL);
    UPDATE prayer SET prayed_at = 9, times = 1, closed_at = 9;
    INSERT INTO prayer (id, kind, item_id, words, opened_at) VALUES ('p2', 'contact', 'contact-1', 'his mother', 9);
    UPDATE appeal SET revision = 2, text = 'Dear Sir or Madam', written_at = 9;
    UPDATE saved_search SET name = 'Psalms and hymns';
    UPDATE contact_person SET person_id = 'contact-1' WHERE contact_id = 'contact-2';
    INSERT INTO draft_origin VALUES ('draft-2', NULL, 'letter-1');
    INSERT INTO draft_aside VALUES ('draft-2', NULL, 's', 'a shorter text', 0, 9);
    UPDATE letter_status SET dismissed_at = 9;
    UPDATE contact SET last_name = 'Reyes-Ortiz', status = 'transferred' WHERE id = 'contact-2';`)
}
const tables = ['note', 'mark', 'prayer', 'appeal', 'saved_search', 'contact_person', 'draft_origin', 'draft_aside', 'letter_status', 'contact']
const added = (mailbox: Connection): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(tables.map((table) => [table, mailbox.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]))

it('all of it, where the copy has an older state and where it has none', () => {
  const copy = begin('copy.db')
  const damaged = begin('damaged.db')
  goOn(damaged)
  expect(added(copy)).not.toEqual(added(damaged))
  bringBack(copy, (table) => readableRows(damaged, table), 20)
  expect(added(copy)).toEqual(added(damaged))
  copy.close()
  damaged.close()
})

it('a state older than the copy’s changes nothing that only goes on', () => {
  const copy = begin('copy.db')
  goOn(copy)
  const notes = (): unknown => copy.prepare('SELECT * FROM note ORDER BY seq').all()
  const before = notes()
  const damaged = begin('damaged.db')
  bringBack(copy, (table) => readableRows(damaged, table), 20)
  expect(notes()).toEqual(before)
  copy.close()
  damaged.close()
})

it('counts are made anew by what comes, and not brought beside that', () => {
  const sent = (mailbox: Connection): Connection => {
    mailbox.exec(`
      INSERT INTO delivery VALUES ('v', 'letter-1', 'k', '${'a'.repeat(64)}', 'TX', 'stamp', 1, 'QUEUED', 0, 5, NULL);
      INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'reserve', 'k', 'available', 'reserved', 1, 1);
      UPDATE delivery SET state = 'SENDING', attempts = 1;
      UPDATE delivery SET state = 'SENT', receipt = 'R';
      INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'post', 'k', 'reserved', 'spent', 1, 2);`)
    return mailbox
  }
  const damaged = sent(begin('damaged.db'))
  const target = openRawMailbox()
  expect(bringBack(target, (table) => readableRows(damaged, table), 20).letters).toBe(1)
  const figures = 'SELECT letters, stamps FROM figure_month'
  expect(target.prepare(figures).all()).toEqual([{ letters: 1, stamps: 1 }])
  expect(target.prepare(figures).all()).toEqual(damaged.prepare(figures).all())
  damaged.close()
  target.close()
})

it('purchases as they ended; one without its stamps waits to be asked about', () => {
  const copy = begin('copy.db')
  const damaged = begin('damaged.db')
  addPurchase(copy, 'p1', 'k1')
  for (const n of [1, 2, 3]) addPurchase(damaged, `p${n}`, `k${n}`)
  damaged.exec(`
    UPDATE purchase SET state = 'added', receipt = 'R-' || id, settled_at = 9 WHERE key IN ('k1', 'k2');
    UPDATE purchase SET state = 'declined', settled_at = 9 WHERE key = 'k3';`)
  addLedgerLine(damaged, 'purchase', 'k1', 'outside', 'available', 20)
  bringBack(copy, (table) => readableRows(damaged, table), 20)
  expect(copy.prepare('SELECT key, state, receipt, settled_at FROM purchase ORDER BY key').raw().all()).toEqual([
    ['k1', 'added', 'R-p1', 9],
    ['k2', 'pending', null, null],
    ['k3', 'declined', null, 9]
  ])
  expect(copy.prepare('SELECT available FROM wallet_balance').pluck().all()).toEqual([25])
  copy.close()
  damaged.close()
})

it('of a table without row numbers, all but the page that is lost', () => {
  const file = join(folder, 'marks.db')
  const mailbox = openRawMailbox(file)
  const insert = mailbox.prepare(`INSERT INTO mark VALUES ('letter', ?, ?, NULL)`)
  const all = 2_000
  mailbox.transaction(() => {
    for (let at = 0; at < all; at += 1) insert.run(`letter-${String(at).padStart(6, '0')}`, at)
  })()
  const pages = mailbox.prepare(`SELECT pageno FROM dbstat WHERE name = 'mark' AND pagetype = 'leaf' ORDER BY path`).pluck().all() as number[]
  mailbox.close()
  expect(pages.length).toBeGreaterThan(4)
  const bytes = readFileSync(file)
  const lost = pages[2] ?? 0
  bytes.fill(9, (lost - 1) * 4096, lost * 4096)
  writeFileSync(file, bytes)
  const damaged = openConnection(file)
  const times = [...readableRows(damaged, 'mark')].map((row) => Number(row['flagged_at'])).sort((a, b) => a - b)
  damaged.close()
  expect([times[0], times.at(-1)]).toEqual([0, all - 1])
  expect(new Set(times).size).toBe(times.length)
  expect(times.length).toBeGreaterThan(all - all / 4)
  expect(times.length).toBeLessThan(all)
})
