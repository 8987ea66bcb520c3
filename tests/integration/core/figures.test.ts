/** Figures kept beside the letters: what the triggers count is what the tables say, also for a mailbox from before. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FiguresView } from '../../../src-main/contract/figures'
import { figuresCsv } from '../../../src-main/exchange/figures-csv'
import { medianDays, monthOf, yearAndMonth } from '../../../src-main/rules/figures'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMigrated } from '../../../src-main/storage/open-migrated'
import { openTestDesk, readyToWrite, sendDraft, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const november = 2026 * 12 + 10
const show = (from = november, to = november + 1): Promise<FiguresView> => desk.must('figures.show', { from, to })

it('counts letters, stamps, deliveries, days and answers, by month, facility and person', async () => {
  const contact = await readyToWrite(desk)
  for (let letter = 1; letter <= 6; letter += 1) await sendDraft(desk, await writeDraft(desk, contact.contactId, `Dear Daniel, number ${letter}.`))
  await desk.must('sync.now', {})
  expect((await show()).total).toEqual({ letters: 6, answered: 0, delivered: 0, medianDays: null, stamps: 6, credits: 0, replies: 0 })
  await desk.must('practice.fastForward', { hours: 24 * 14 })
  const view = await show()
  const inbox = await desk.must('inbox.list', {})
  const states = (await desk.must('letters.sent', {})).items.map(({ state }) => state)
  expect(view.total).toMatchObject({ letters: 6, delivered: 6, medianDays: 0, replies: inbox.total, answered: states.filter((state) => state === 'replied').length })
  expect(inbox.total, 'somebody answered, or this says nothing').toBeGreaterThan(0)
  expect(view.months.map(({ month, letters }) => [month, letters])).toEqual([
    [november, 6],
    [november + 1, 0]
  ])
  expect(view.months.reduce((sum, { replies }) => sum + replies, 0)).toBe(inbox.total)
  expect(view.facilities).toMatchObject([{ facilityId: 'cedar-state', name: 'Cedar State', letters: 6 }])
  expect(view.people).toMatchObject([{ name: contact.name, contactId: contact.contactId, letters: 6, replies: inbox.total }])
  expect(view.firstMonth).toBe(november)
})

it('a letter taken back or refused is not counted, and a person who moved is one person', async () => {
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  await desk.call('sync.now', {})
  const taken = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Taken back.'))
  await desk.must('letters.cancel', { letterId: taken.letterId })
  await desk.must('practice.set', { offline: false })
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'At Cedar.'))
  await desk.must('sync.now', {})
  await desk.must('contacts.moved', { contactId: contact.contactId, facilityId: 'bay-state-prison', number: 'R448213' })
  const view = await show()
  expect(view.total.letters).toBe(1)
  expect(view.people).toHaveLength(1)
  expect(await desk.call('figures.show', { from: november, to: november - 1 })).toMatchObject({ ok: false, code: 'BAD_REQUEST' })
})

it('a mailbox from before is counted as if the figures had always been kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-figures-'))
  const at = (text: string): number => Date.parse(`${text}Z`)
  const fill = (letterOf: 'letter_id' | 'letter_seq'): string => `
    INSERT INTO facility VALUES ('cedar-state', '{}', 1);
    INSERT INTO contact VALUES ('c1', 'cedar-state', '448213', 'Daniel', 'Reyes', 'active', 'ready', 1, NULL);
    INSERT INTO draft VALUES ('d1', 'sent', NULL, 1, 2);
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'grant', 'g', 'outside', 'available', 50, 1);
    ${[1, 2, 3]
      .map(
        (n) => `
    INSERT INTO letter (seq, id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at) VALUES (${n}, 'l${n}', 'd1', 'c1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 's', 'b', 0, ${at(n === 3 ? '2026-12-01T00:00' : '2026-11-30T23:59')});
    INSERT INTO delivery VALUES ('v${n}', 'l${n}', 'k${n}', '${'0'.repeat(64)}', 'TX', 'stamp', 2, 'QUEUED', 0, 5, NULL);
    UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE id = 'v${n}';
    UPDATE delivery SET state = 'SENT', receipt = 'R-${n}' WHERE id = 'v${n}';
    INSERT INTO letter_event (${letterOf}, state, at, service_seq) VALUES (${letterOf === 'letter_id' ? `'l${n}'` : n}, 'submitted', ${at('2026-12-01T00:00')}, NULL), (${letterOf === 'letter_id' ? `'l${n}'` : n}, 'delivered', ${at(`2026-12-0${n + 2}T12:00`)}, ${n});`
      )
      .join('')}
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'adjust', 'k1', 'outside', 'available', 1, 9);
    INSERT INTO reply VALUES (1, 'r1', 11, 'l1', 'c1', 'Daniel Reyes', 'cedar-state', '448213', 's', 'b', ${at('2026-12-05T00:00')}, NULL),
      (2, 'r2', 12, 'l1', 'c1', 'Daniel Reyes', 'cedar-state', '448213', 's', 'b', ${at('2026-12-06T00:00')}, NULL),
      (3, 'r3', 13, NULL, 'c1', 'Daniel Reyes', 'cedar-state', '448213', 's', 'b', ${at('2027-01-01T00:00')}, NULL);`
  const step = mailboxMigrations.findIndex(({ name }) => name === 'figures')
  const tables = (steps: typeof mailboxMigrations): readonly unknown[] => {
    const file = join(folder, `${steps.length}.db`)
    const first = openMigrated(file, steps, 1)
    first.exec(fill(steps.some(({ name }) => name === 'lean-history') ? 'letter_seq' : 'letter_id'))
    first.close()
    const connection = openMigrated(file, mailboxMigrations, 2)
    const rows = [...connection.prepare('SELECT * FROM figure_month').all(), ...connection.prepare('SELECT * FROM figure_days').all()]
    connection.close()
    return rows
  }
  const counted = tables(mailboxMigrations.slice(0, step))
  expect(counted).toEqual(tables(mailboxMigrations))
  expect(counted).toMatchObject([
    { month: november, letters: 2, stamps: 3, answered: 1, delivered: 2, replies: 0 },
    { month: november + 1, letters: 1, stamps: 2, answered: 0, delivered: 1, replies: 2 },
    { month: november + 2, letters: 0, replies: 1 },
    { month: november, days: 2, letters: 1 },
    { month: november, days: 3, letters: 1 },
    { month: november + 1, days: 4, letters: 1 }
  ])
  rmSync(folder, { recursive: true, force: true })
})

it('the median is a day that occurred; months are counted through', () => {
  expect(medianDays([])).toBeNull()
  expect(medianDays([{ days: 9, letters: 1 }, { days: 1, letters: 1 }])).toBe(1)
  expect(medianDays([{ days: 9, letters: 2 }, { days: 1, letters: 1 }])).toBe(9)
  expect(monthOf(Date.parse('2026-11-30T23:59:59Z'))).toBe(november)
  expect(yearAndMonth(november)).toEqual({ year: 2026, month: 11 })
})

it('a table opens in a spreadsheet, and no name runs as a formula', async () => {
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'One.'))
  await desk.must('sync.now', {})
  const view = await show()
  const hostile: FiguresView = { ...view, people: view.people.map((row) => ({ ...row, name: '=HYPERLINK("x")' })) }
  const csv = figuresCsv(hostile, 'people')
  expect(csv.startsWith('\ufeff')).toBe(true)
  const rows = parse(csv, { bom: true }) as string[][]
  expect(rows[1]?.[0]).toBe('\'=HYPERLINK("x")')
  expect(rows.at(-1)?.slice(0, 2)).toEqual(['All', '1'])
  expect((parse(figuresCsv(view, 'months'), { bom: true }) as string[][]).map(([month]) => month)).toEqual(['Month', '2026-11', '2026-12', 'All'])
})
