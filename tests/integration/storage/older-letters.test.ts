/** Letters of an older archive stand in the lists, the threads and the search like any other, and leave them with their import. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FacilityRules } from '@contract/facility'
import { openMailbox, type Mailbox } from '../../../src-main/storage/mailbox'
import type { NewImported } from '../../../src-main/storage/mailbox/imports'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { bringBack } from '../../../src-main/storage/salvage/bring-back'
import { readableRows } from '../../../src-main/storage/salvage/rows'
import { openConnection } from '../../../src-main/storage/open'
import { openMigrated } from '../../../src-main/storage/open-migrated'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-older-'))
  file = join(folder, 'mailbox.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const march = Date.UTC(2019, 2, 5, 12)
const message = (id: string, more: Partial<NewImported> = {}): NewImported => ({
  id,
  direction: 'sent',
  contactId: null,
  personName: 'Ana Pham',
  number: '',
  facilityId: '',
  facilityName: '',
  subject: `Subject ${id}`,
  body: `Dear friend, words of ${id}`,
  at: march,
  state: null,
  stamps: null,
  unit: null,
  receipt: null,
  answers: null,
  originId: id,
  fingerprint: id,
  ...more
})
const bringIn = (mailbox: Mailbox, messages: readonly NewImported[], importId = 'import-1'): void => {
  const seq = mailbox.transaction(() => mailbox.imports.begin(importId, 'old.csv', 'csv', 1))
  mailbox.transaction(() => messages.forEach((each) => mailbox.imports.insert(seq, each)))
  mailbox.transaction(() => mailbox.imports.finish(seq, 2))
}
const listAll = (mailbox: Mailbox, most = 2): void => {
  while (mailbox.archiveIndex.listImported(most) > 0);
}
const addDaniel = (mailbox: Mailbox): void => {
  mailbox.facilities.put({ id: 'cedar-state', name: 'Cedar State' } as FacilityRules, 1)
  mailbox.contacts.put({ contactId: 'c1', facilityId: 'cedar-state', number: '448213', firstName: 'Daniel', lastName: 'Reyes', status: 'active', standing: 'ready', addedAt: 1 })
}
const found = (mailbox: Mailbox, word: string): readonly number[] =>
  mailbox.archiveSearch
    .look({ words: { all: [{ word, open: false }], none: [] }, filter: { boxes: ['sent', 'inbox'], people: null, states: null, unread: false, flagged: false, stamps: null, photos: false, from: -1e12, until: 1e12 }, before: 1e12 }, 100)
    .found.map(({ source }) => source)
/** What the lists say must be what counting says. */
const countsHold = (at: string): void => {
  const raw = openConnection(at)
  const kept = raw.prepare(`SELECT box, person, entries FROM (SELECT box, person, sum(entries) AS entries FROM archive_month WHERE box <> 'unread' GROUP BY 1, 2) WHERE entries > 0 ORDER BY 1, 2`).all()
  const counted = raw.prepare('SELECT box, 0 AS person, count(*) AS entries FROM archive GROUP BY 1 UNION ALL SELECT box, person, count(*) FROM archive GROUP BY 1, 2 ORDER BY 1, 2').all()
  expect(kept).toEqual(counted)
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  raw.close()
}

it('an import that is done comes into the lists by direction, in the order of time, each with a place of its own', () => {
  const mailbox = openMailbox(file, 1)
  bringIn(mailbox, [message('a'), message('b', { direction: 'received', at: march + 5_000 }), message('c'), message('d', { at: march - 86_400_000 * 40 })])
  expect(mailbox.archive.total('sent'), 'not before it was listed').toBe(0)
  listAll(mailbox)
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ kind, source }) => [kind, source])).toEqual([['imported', 3], ['imported', 1], ['imported', 4]])
  expect(mailbox.archive.byTime('inbox', 0, 10).map(({ source }) => source)).toEqual([2])
  expect(mailbox.archive.months('sent').map(({ year, month, entries }) => [year, month, entries])).toEqual([[2019, 3, 2], [2019, 1, 1]])
  expect([mailbox.archive.totalOwn('sent'), mailbox.archive.own('sent', 0, 10)], 'none of it is a letter of ours').toEqual([0, []])
  expect(mailbox.archive.people('sent').map(({ firstName, lastName, entries }) => [firstName, lastName, entries])).toEqual([['', 'Ana Pham', 3]])
  expect(found(mailbox, 'pham')).toEqual([2, 3, 1, 4])
  expect(mailbox.archiveIndex.listImported(10), 'nothing twice').toBe(0)
  mailbox.close()
  countsHold(file)
})

it('an import under way, and one that is cut off, is in no list', () => {
  const mailbox = openMailbox(file, 1)
  const seq = mailbox.transaction(() => mailbox.imports.begin('import-1', 'old.csv', 'csv', 1))
  mailbox.transaction(() => mailbox.imports.insert(seq, message('a')))
  listAll(mailbox)
  expect(mailbox.archive.total('sent')).toBe(0)
  while (mailbox.transaction(() => mailbox.imports.removeSome(seq)) > 0);
  expect(mailbox.archive.total('sent')).toBe(0)
  mailbox.close()
  countsHold(file)
})

it('somebody of the contact list, said later or known by number, gets it into the thread; taking that back works', () => {
  const mailbox = openMailbox(file, 1)
  bringIn(mailbox, [message('a'), message('b', { direction: 'received' }), message('n', { number: '448213', facilityId: 'cedar-state', personName: 'D. Reyes' })])
  listAll(mailbox)
  addDaniel(mailbox)
  const place = { at: 1e15, seq: 0 }
  expect(mailbox.thread.importedBefore(['c1'], place, 10).map(({ importedId }) => importedId), 'by number, by itself').toEqual(['n'])
  expect(mailbox.archive.strangers().length).toBe(1)
  while (mailbox.transaction(() => mailbox.imports.giveSome('a', null, 'c1')) > 0);
  expect(mailbox.thread.importedBefore(['c1'], place, 10).map(({ importedId }) => importedId)).toEqual(['n', 'b', 'a'])
  expect([mailbox.thread.countLetters(['c1']), mailbox.thread.countReplies(['c1'])]).toEqual([2, 1])
  const daniel = mailbox.archive.personOf('c1') ?? 0
  expect(mailbox.archive.people('sent').map(({ lastName, entries }) => [lastName, entries])).toEqual([['Reyes', 2]])
  expect(mailbox.archive.ofPerson('inbox', daniel, 0, 10).map(({ source }) => source)).toEqual([2])
  while (mailbox.archiveIndex.step(10) > 0);
  expect([...found(mailbox, 'daniel')].sort(), 'and is found by the name on the list').toEqual([1, 2, 3])
  expect(mailbox.imports.message('a')).toMatchObject({ personName: 'Daniel Reyes', saidByHand: true })
  expect(mailbox.imports.message('n')).toMatchObject({ personName: 'Daniel Reyes', saidByHand: false })

  while (mailbox.transaction(() => mailbox.imports.giveSome('a', 'c1', null)) > 0);
  expect(mailbox.thread.importedBefore(['c1'], place, 10).map(({ importedId }) => importedId)).toEqual(['n'])
  expect(mailbox.imports.message('b')).toMatchObject({ personName: 'Ana Pham', contactId: null })
  mailbox.close()
  countsHold(file)
})

it('is flagged, archived and noted like any other; what is about it goes with its import, and nothing else does', () => {
  const mailbox = openMailbox(file, 1)
  bringIn(mailbox, [message('a'), message('b')])
  bringIn(mailbox, [message('other')], 'import-2')
  listAll(mailbox)
  mailbox.transaction(() => {
    mailbox.marks.setFlagged({ kind: 'imported', id: 'a' }, 5)
    mailbox.marks.setArchived({ kind: 'imported', id: 'a' }, 5)
    mailbox.notes.put({ kind: 'imported', id: 'a' }, { revision: 1, text: 'lighthouse', before: null, savedAt: 5 })
    mailbox.prayers.insert('p1', { kind: 'imported', id: 'a' }, 'his mother', 5)
  })
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ source }) => source)).toEqual([3, 2])
  const away = mailbox.archiveSearch.look({ words: { all: [{ word: 'lighthouse', open: false }], none: [] }, filter: { boxes: ['sentAway'], people: null, states: null, unread: false, flagged: true, stamps: null, photos: false, from: -1e12, until: 1e12 }, before: 1e12 }, 10).found
  expect(away).toMatchObject([{ kind: 'imported', source: 1, flagged: 1 }])
  mailbox.close()
  const raw = openMigrated(file, mailboxMigrations, 3)
  expect(() => raw.exec("DELETE FROM note WHERE item_id = 'a'")).toThrow('a note cannot be deleted')
  raw.close()

  const again = openMailbox(file, 4)
  const seq = again.transaction(() => again.imports.beginUndo('import-1')) ?? 0
  expect(again.imports.message('a'), 'from the first moment it cannot be read').toBeNull()
  while (again.transaction(() => again.imports.removeSome(seq)) > 0);
  expect(again.archive.byTime('sent', 0, 10).map(({ source }) => source)).toEqual([3])
  expect(found(again, 'words')).toEqual([3])
  expect([again.prayers.count(false), again.notes.get({ kind: 'imported', id: 'a' }), again.marks.get({ kind: 'imported', id: 'a' })]).toEqual([0, null, { flagged: null, archived: null }])
  again.close()
  countsHold(file)
})

it('flagged or archived before it is in the lists: so it is in them', () => {
  const mailbox = openMailbox(file, 1)
  bringIn(mailbox, [message('a'), message('b'), message('c')])
  mailbox.transaction(() => {
    mailbox.marks.setFlagged({ kind: 'imported', id: 'a' }, 5)
    mailbox.marks.setArchived({ kind: 'imported', id: 'b' }, 5)
  })
  listAll(mailbox)
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ source, flagged }) => [source, flagged])).toEqual([[3, 0], [1, 1]])
  mailbox.close()
  countsHold(file)
})

it('out of a damaged mailbox they come into the lists of the sound one, beside those it has', () => {
  const damaged = openMailbox(file, 1)
  bringIn(damaged, [message('a'), message('b')])
  listAll(damaged)
  damaged.transaction(() => damaged.marks.setFlagged({ kind: 'imported', id: 'b' }, 5))
  damaged.close()
  const sound = join(folder, 'sound.db')
  const copied = openMailbox(sound, 1)
  bringIn(copied, [message('a')])
  listAll(copied)
  copied.close()
  const source = openConnection(file)
  const target = openConnection(sound)
  bringBack(target, (table) => readableRows(source, table), 9)
  source.close()
  target.close()
  const mailbox = openMailbox(sound, 10)
  listAll(mailbox)
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ source: seq, flagged }) => [seq, flagged])).toEqual([[2, 1], [1, 0]])
  mailbox.close()
  countsHold(sound)
})

it('out of a damaged mailbox an import comes as far as it had got, and its letters with whom they are with', () => {
  const damaged = openMailbox(file, 1)
  addDaniel(damaged)
  bringIn(damaged, [message('a'), message('b')])
  bringIn(damaged, [message('c'), message('d')], 'import-2')
  listAll(damaged)
  damaged.close()
  const raw = openConnection(file)
  raw.exec(`UPDATE imported_message SET contact_id = 'c1' WHERE id = 'b'; UPDATE import SET state = 'undoing' WHERE id = 'import-2'`)
  raw.close()

  const sound = join(folder, 'sound.db')
  const copied = openMailbox(sound, 1)
  // The copy was made while the first was on its way, and before the second was taken out.
  const seq = copied.transaction(() => copied.imports.begin('import-1', 'old.csv', 'csv', 1))
  copied.transaction(() => [message('a'), message('b')].forEach((each) => copied.imports.insert(seq, each)))
  bringIn(copied, [message('c'), message('d')], 'import-2')
  listAll(copied)
  copied.close()

  const source = openConnection(file)
  const target = openConnection(sound)
  bringBack(target, (table) => readableRows(source, table), 9)
  expect(target.prepare('SELECT id, state FROM import ORDER BY seq').raw().all()).toEqual([['import-1', 'done'], ['import-2', 'undoing']])
  expect(target.prepare('SELECT id, contact_id FROM imported_message ORDER BY seq').raw().all().slice(0, 2)).toEqual([['a', null], ['b', 'c1']])
  source.close()
  target.close()
  const mailbox = openMailbox(sound, 10)
  listAll(mailbox)
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ source: of }) => of)).toEqual([2, 1])
  mailbox.close()
  countsHold(sound)
})

it('a mailbox from before: what was brought in then is listed, marks and notes are as they were', () => {
  const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'older-letters'))
  const old = openMigrated(file, before, 1)
  old.exec(`
    INSERT INTO facility VALUES ('cedar-state', '{"id":"cedar-state","name":"Cedar State"}', 1);
    INSERT INTO contact VALUES ('c1', 'cedar-state', '448213', 'Daniel', 'Reyes', 'active', 'ready', 1, NULL);
    INSERT INTO reply VALUES (1, 'r1', 3, NULL, 'c1', 'Daniel Reyes', 'cedar-state', '448213', 'Re: Psalm', 'Thank you', ${march}, NULL);
    INSERT INTO mark VALUES ('reply', 'r1', 7, NULL);
    INSERT INTO note (kind, item_id, revision, text, saved_at) VALUES ('contact', 'c1', 3, 'his grandmother is Rosa', 7), ('reply', 'r1', 1, 'bluebird', 8);
    INSERT INTO prayer (id, kind, item_id, words, opened_at) VALUES ('p1', 'contact', 'c1', 'peace', 9);
    INSERT INTO import VALUES (1, 'i1', 'old.mbox', 'mbox', 'running', 0, 1, NULL), (2, 'i2', 'half.mbox', 'mbox', 'running', 0, 1, NULL);
    INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, fingerprint) VALUES
      ('m1', 1, 'sent', 'c1', 'Daniel Reyes', '448213', 'cedar-state', 'Cedar State', 'Old', 'seashore', ${march}, 'f1'),
      ('m2', 1, 'received', NULL, 'Ana Pham', '', '', '', 'Old too', 'seashore', ${march}, 'f2'),
      ('m3', 2, 'sent', NULL, 'Nobody', '', '', '', 'Half', 'seashore', ${march}, 'f3');
    UPDATE import SET state = 'done', ended_at = 2, messages = 2 WHERE seq = 1;`)
  old.close()

  const mailbox = openMailbox(file, 10)
  listAll(mailbox)
  while (mailbox.archiveIndex.step(10) > 0);
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ kind, source }) => [kind, source])).toEqual([['imported', 1]])
  expect(mailbox.archive.byTime('inbox', 0, 10).map(({ kind, flagged }) => [kind, flagged])).toEqual([['imported', 0], ['reply', 1]])
  expect([...found(mailbox, 'seashore')].sort()).toEqual([1, 2])
  expect(found(mailbox, 'bluebird')).toEqual([1])
  expect(mailbox.notes.get({ kind: 'contact', id: 'c1' })).toEqual({ revision: 3, text: 'his grandmother is Rosa', before: null, savedAt: 7 })
  expect(mailbox.prayers.openOf({ kind: 'contact', id: 'c1' })).toMatchObject({ words: 'peace' })
  expect(mailbox.thread.importedBefore(['c1'], { at: 1e15, seq: 0 }, 10)).toMatchObject([{ importedId: 'm1' }])
  mailbox.close()
  countsHold(file)

  const raw = openMigrated(file, mailboxMigrations, 11)
  const stranger = raw.prepare(`SELECT id FROM archive_person WHERE number = 'Ana Pham'`).pluck().get()
  expect(() => raw.prepare(`UPDATE archive SET person = ? WHERE kind = 'reply'`).run(stranger), 'only what a file brought can turn out to be with somebody else').toThrow('an entry of the archive keeps its person')
  expect(() => raw.exec(`UPDATE archive SET stamps = 9`)).toThrow('an entry of the archive keeps its place')
  expect(() => raw.exec(`DELETE FROM archive WHERE kind = 'reply'`)).toThrow('an entry of the archive cannot be deleted')
  raw.close()
})

it('a mailbox of the step before, with imports in its lists: each entry learns which it came with, and one that is taken out is out of the counts at once', () => {
  const before = mailboxMigrations.slice(0, mailboxMigrations.findIndex(({ name }) => name === 'leaving-imports'))
  const old = openMigrated(file, before, 1)
  old.exec(`
    INSERT INTO import VALUES (1, 'i1', 'a.csv', 'csv', 'running', 0, 1, NULL, 0), (2, 'i2', 'b.csv', 'csv', 'running', 0, 1, NULL, 0);
    INSERT INTO imported_message (id, import_seq, direction, person_name, number, facility_id, facility_name, subject, body, at, fingerprint) VALUES
      ('m1', 1, 'sent', 'Ana Pham', '', '', '', 'One', 'seashore', ${march}, 'f1'),
      ('m2', 2, 'sent', 'Ana Pham', '', '', '', 'Two', 'seashore', ${march + 1_000}, 'f2'),
      ('m3', 2, 'received', 'Ana Pham', '', '', '', 'Three', 'seashore', ${march + 40 * 86_400_000}, 'f3');
    UPDATE import SET state = 'done', ended_at = 2, messages = 1, listed_to = 3;
    INSERT INTO archive_person (facility_id, number) VALUES ('', 'Ana Pham');
    INSERT INTO archive (id, kind, source, box, person, state, stamps, unread)
      SELECT at / 1000, 'imported', seq, CASE direction WHEN 'sent' THEN 'sent' ELSE 'inbox' END, 1, '', 0, 0 FROM imported_message;`)
  old.close()

  const mailbox = openMailbox(file, 10)
  expect([mailbox.archive.total('sent'), mailbox.archive.total('inbox'), mailbox.archive.totalOwn('sent')]).toEqual([2, 1, 0])
  expect(mailbox.archive.months('sent').map(({ year, month, entries }) => [year, month, entries])).toEqual([[2019, 3, 2]])
  mailbox.transaction(() => mailbox.imports.beginUndo('i2'))
  expect([mailbox.archive.total('sent'), mailbox.archive.total('inbox'), mailbox.archive.months('inbox')]).toEqual([1, 0, []])
  expect(mailbox.archive.byTime('sent', 0, 10).map(({ source }) => source)).toEqual([1])
  expect(mailbox.archive.people('sent').map(({ entries }) => entries)).toEqual([1])
  expect(found(mailbox, 'seashore')).toEqual([1])
  mailbox.close()
  countsHold(file)
})
