/** Letters out into a file and into another mailbox: equal there, known again, whole or not at all. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandCall } from '@contract/commands'
import type { ExportFormat, ImportPreview } from '@contract/exchange'
import type { Sheet } from '@contract/paper'
import type { ArchiveFound, ArchiveRow } from '@contract/views'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import { useKey } from '../../../src-main/storage/open'
import { inlineWorker } from '../../support/outside'
import { openDatabaseOnDisk } from '../../support/full-disk'
import { keyOfMailbox } from '../../support/sealed-mailbox'
import { openTestDesk, readyToWrite, sendDraft, signInAs, signUp, writeDraft, type TestDesk } from '../../support/core'

let folder = ''
const desks: TestDesk[] = []
const openDesk = async (...given: Parameters<typeof openTestDesk>): Promise<TestDesk> => {
  const desk = await openTestDesk(...given)
  desks.push(desk)
  return desk
}
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-import-'))))
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What hurts: separators of an mbox, formulas, spaces at ends, quotes, other alphabets, many lines. */
const texts: readonly (readonly [subject: string, body: string])[] = [
  ['The psalm you asked about', 'Dear Daniel,\n\nFrom the deep I call.\n>From there I come.\n\nMaria\n'],
  ['=1+1', '=HYPERLINK("x")\n+1\n-1\n@a'],
  ['  spaces  and "quotes"; commas, semicolons', 'two  spaces, a tab\there and trailing space \n\n\n\nthree empty lines above'],
  ['José, Ωmega, 日本語', 'Čeština, עברית, العربية, 👩‍👧 and e\u0301'],
  ['Long', `${'word '.repeat(400)}\n${'x'.repeat(2_000)}`]
]

const writeAll = async (desk: TestDesk): Promise<void> => {
  const contact = await readyToWrite(desk)
  for (const [subject, body] of texts) {
    await sendDraft(desk, await writeDraft(desk, contact.contactId, body, subject))
    await desk.work(60_000)
  }
  await desk.must('practice.fastForward', { hours: 24 * 20 })
  await desk.must('sync.now', {})
}
const save = async (desk: TestDesk, format: ExportFormat, name: string): Promise<string> => {
  const path = join(folder, name)
  const job = await desk.must('exports.start', { placeId: desk.choose(path), format, selection: {} })
  expect(await desk.ended(job)).toMatchObject({ state: 'done' })
  return path
}
const look = async (desk: TestDesk, path: string, contactId: string | null = null): Promise<ImportPreview> => {
  const job = await desk.ended(await desk.must('imports.read', { placeId: desk.choose(path, 'open'), contactId }))
  expect(job).toMatchObject({ state: 'done' })
  return desk.must('imports.preview', {})
}
/** Letters from a shoe box: the oldest e-mail is younger than they are. Quotes, accents and a table's formulas as in any other. */
const shoeBox = [
  ['1899-12-31', 'sent', 'The century', 'Dear Daniel,\n\nthe century ends.'],
  ['1962-10-28', 'sent', 'The crisis', '=1+1\nFrom here on we prayed: José'],
  ['1962-11-04', 'received', 'Re: The crisis', 'Thank God.'],
  ['1969-12-31', 'sent', 'New Year’s Eve', 'One day before it all begins.'],
  ['1970-01-01', 'received', 'Re: New Year’s Eve', 'It began.'],
  ['2019-03-05', 'sent', 'Of today', 'Hardly old.']
] as const
const bringInShoeBox = async (desk: TestDesk): Promise<void> => {
  const path = join(folder, 'shoe-box.csv')
  const rows = shoeBox.map(([day, direction, subject, body]) => `${day},Daniel Reyes,${direction},"${subject}","${body}"`)
  writeFileSync(path, `Date,Person,Direction,Subject,Message\n${rows.join('\n')}\n`)
  const preview = await look(desk, path)
  expect(preview).toMatchObject({ messages: shoeBox.length, notReadable: 0, problems: [] })
  expect(new Date(preview.oldest ?? 0).getFullYear()).toBe(1899)
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'done', done: shoeBox.length })
}
type Filters = CommandCall<'archive.search'>['filters']
const subjects = shoeBox.map(([, , subject]) => subject)

it('letters from before 1970 stand in the lists, the thread and the search in the order of time, and are found by when they are from', async () => {
  const desk = await openDesk()
  const contact = await readyToWrite(desk)
  await bringInShoeBox(desk)
  const subjectsIn = (rows: readonly ArchiveRow[]): readonly string[] => rows.map((row) => (row.kind === 'imported' ? row.imported.subject : ''))
  const page = async (box: 'sent' | 'inbox', offset: number): Promise<readonly string[]> => subjectsIn((await desk.must('archive.page', { box, offset, limit: 2 })).items)
  expect([...(await page('sent', 0)), ...(await page('sent', 2)), ...(await page('sent', 4))]).toEqual(['Of today', 'New Year’s Eve', 'The crisis', 'The century'])
  expect(await page('inbox', 0)).toEqual(['Re: New Year’s Eve', 'Re: The crisis'])
  expect((await desk.must('archive.months', { box: 'sent' })).map(({ year, month }) => `${year}-${month}`)).toEqual(['2019-3', '1969-12', '1962-10', '1899-12'])
  const thread = await desk.must('thread.page', { contactId: contact.contactId })
  expect(thread.entries.map((entry) => (entry.type === 'moved' ? '' : entry.subject))).toEqual([...subjects].reverse())
  const search = async (query: string, filters: Filters = {}, after: number | null = null) => desk.must('archive.search', { box: 'both', query, filters, after, limit: 2 })
  const everything = async (query: string, filters: Filters = {}): Promise<readonly string[]> => {
    const found: ArchiveRow[] = []
    for (let after: number | null = null; ; ) {
      const { items, next } = await search(query, filters, after)
      found.push(...items)
      if (next === null) return subjectsIn(found)
      after = next
    }
  }
  expect(await everything('crisis')).toEqual(['Re: The crisis', 'The crisis'])
  expect(await everything('"the"')).toEqual(['Re: The crisis', 'The crisis', 'The century'])
  const year = (from: number): Filters => ({ from: new Date(from, 0, 1).getTime(), until: new Date(from + 1, 0, 1).getTime() })
  expect(await everything('', year(1962))).toEqual(['Re: The crisis', 'The crisis'])
  expect(await everything('crisis', year(1899))).toEqual([])
  expect(await everything('', { from: null, until: new Date(1970, 0, 1).getTime() })).toEqual(['New Year’s Eve', 'Re: The crisis', 'The crisis', 'The century'])
  expect(desk.bugs).toEqual([])
})

it.each(['mbox', 'csv', 'txt', 'zip'] as const)('%s holds the letters from before 1970, all or those of their year', async (format) => {
  const desk = await openDesk()
  await readyToWrite(desk)
  await bringInShoeBox(desk)
  const begin = async (selection: CommandCall<'exports.start'>['selection'], name: string) =>
    desk.ended(await desk.must('exports.start', { placeId: desk.choose(join(folder, name)), format, selection }))
  expect(await begin({}, `all.${format}`)).toMatchObject({ state: 'done', done: shoeBox.length, total: shoeBox.length })
  expect(await begin({ year: 1962 }, `year.${format}`)).toMatchObject({ state: 'done', total: 2 })
  expect(await begin({ until: new Date(1970, 0, 1).getTime() }, `before.${format}`)).toMatchObject({ state: 'done', total: 4 })
  if (format === 'mbox') expect(readFileSync(join(folder, 'year.mbox'), 'latin1').match(/^From epistle@\S+ .*$/gm)).toEqual([expect.stringMatching(/(Sun|Sat|Mon) Oct 2[789] \d\d:00:00 1962$/), expect.stringMatching(/(Sun|Sat|Mon) Nov  [345] \d\d:00:00 1962$/)])
  if (format !== 'mbox' && format !== 'csv') return
  const other = await openDesk({}, { dice: 'another' })
  await signUp(other, 'joe@parish.org')
  const preview = await look(other, join(folder, `all.${format}`))
  expect(preview).toMatchObject({ messages: shoeBox.length, notReadable: 0 })
  await other.ended(await other.must('imports.start', { previewId: preview.previewId }))
  expect(readFileSync(await save(other, 'csv', 'after.csv'), 'utf8')).toBe(readFileSync(await save(desk, 'csv', 'before.csv'), 'utf8'))
  expect([...desk.bugs, ...other.bugs]).toEqual([])
})

it('a letter of 1962 goes out as an e-mail and is known again, and its year goes onto paper', async () => {
  const printed: Sheet[] = []
  const desk = await openDesk({}, { outside: { paper: (sheet) => (printed.push(sheet), { ended: Promise.resolve({ outcome: 'printed' }), stop: () => undefined }) } })
  await readyToWrite(desk)
  await bringInShoeBox(desk)
  const rows = (await desk.must('archive.page', { box: 'sent' })).items
  const crisis = rows.flatMap((row) => (row.kind === 'imported' && row.imported.subject === 'The crisis' ? [row.imported] : []))[0]
  const path = join(folder, 'one.eml')
  await desk.ended(await desk.must('exports.start', { placeId: desk.choose(path), format: 'eml', selection: { items: [{ kind: 'imported', id: crisis?.messageId ?? '' }] } }))
  expect(readFileSync(path, 'latin1')).toMatch(/^Date: \w{3}, \d\d Oct 1962 \d\d:00:00 \+0000\r$/m)
  expect(await look(desk, path), 'known again').toMatchObject({ messages: 0, alreadyHere: 1 })
  expect(await desk.ended(await desk.must('prints.start', { selection: { year: 1962 }, kind: 'letters', placeId: null, textSize: '12', withAddress: false }))).toMatchObject({ state: 'done' })
  expect(printed.at(-1)?.body).toMatch(/28 October 1962.*4 November 1962/s)
  expect(desk.bugs).toEqual([])
})

describe.each(['mbox', 'csv'] as const)('%s', (format) => {
  it('into another mailbox: every message is there, with its text, time, person and state, once', async () => {
    const desk = await openDesk()
    await writeAll(desk)
    const path = await save(desk, format, `letters.${format}`)
    const again = await look(desk, path)
    expect(again, 'in the mailbox they come from').toMatchObject({ messages: 0, notReadable: 0, problems: [] })
    expect(again.alreadyHere).toBeGreaterThanOrEqual(texts.length)

    const other = await openDesk({}, { dice: 'another' })
    await signUp(other, 'joe@parish.org')
    const preview = await look(other, path)
    expect(preview).toMatchObject({ messages: again.alreadyHere, alreadyHere: 0, notReadable: 0, fileName: `letters.${format}`, format, withContacts: 0 })
    const done = await other.ended(await other.must('imports.start', { previewId: preview.previewId }))
    expect(done).toMatchObject({ state: 'done', done: preview.messages })
    expect(await other.must('imports.list', {})).toMatchObject([{ messages: preview.messages, fileName: `letters.${format}` }])
    // What comes out of there is what came out of here.
    const [before, after] = [await save(desk, 'csv', 'before.csv'), await save(other, 'csv', 'after.csv')]
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(before, 'utf8'))
    expect((await look(other, path)).messages, 'a second time').toBe(0)
    expect(other.bugs).toEqual([])

    const [record] = await other.must('imports.list', {})
    const removed = await other.ended(await other.must('imports.remove', { importId: record?.importId ?? '' }))
    expect(removed).toMatchObject({ state: 'done', done: preview.messages })
    expect(await other.must('imports.list', {})).toEqual([])
    expect((await look(other, path)).messages, 'after it was taken out').toBe(preview.messages)
  })
})

it('one e-mail, and it finds the contact it is with', async () => {
  const desk = await openDesk()
  await writeAll(desk)
  const [letter] = (await desk.must('letters.sent', {})).items
  const path = join(folder, 'one.eml')
  await desk.ended(await desk.must('exports.start', { placeId: desk.choose(path), format: 'eml', selection: { items: [{ kind: 'letter', id: letter?.letterId ?? '' }] } }))
  const other = await openDesk({}, { dice: 'another' })
  await readyToWrite(other)
  expect(await look(other, path)).toMatchObject({ messages: 1, withContacts: 1, format: 'eml', samples: [{ direction: 'sent', personName: 'Daniel Reyes', subject: letter?.subject }] })
})

it('a table by hand: good rows are offered, bad ones named by their row', async () => {
  const desk = await openDesk()
  const contact = await readyToWrite(desk)
  const path = join(folder, 'old.csv')
  writeFileSync(path, 'Date;Name;Message;Direction\n12/24/2019;Daniel Reyes;Merry Christmas;sent\n;Daniel Reyes;No date;\n31/12/2019;Daniel Reyes;Thank you;received\nsoon;X;y;\n1/2/2020;;Nobody;\n1/3/2020;Ann;;\n12/24/2019;Daniel Reyes;Merry Christmas;sent\n')
  const preview = await look(desk, path)
  expect(preview).toMatchObject({ messages: 2, alreadyHere: 1, notReadable: 4, withContacts: 2 })
  expect(preview.problems).toEqual([{ row: 3, code: 'NO_DATE' }, { row: 5, code: 'BAD_DATE' }, { row: 6, code: 'NO_PERSON' }, { row: 7, code: 'NO_TEXT' }])
  expect(await desk.must('imports.list', {}), 'nothing is saved by looking').toEqual([])
  const given = await look(desk, path, contact.contactId)
  expect(given, 'when the person is known, no name is needed').toMatchObject({ messages: 3, notReadable: 3 })
})

it('a file that changes after it was looked at leaves nothing behind', async () => {
  const desk = await openDesk()
  await readyToWrite(desk)
  const path = join(folder, 'old.csv')
  writeFileSync(path, 'Date,Person,Message\n2019-12-24,Daniel Reyes,Merry Christmas\n')
  const preview = await look(desk, path)
  appendFileSync(path, '2019-12-25,Daniel Reyes,One more\n')
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'failed', failure: { code: 'FILE_CHANGED', params: { name: 'old.csv' } } })
  expect(await desk.must('imports.list', {})).toEqual([])
  expect((await look(desk, path)).messages).toBe(2)
  expect(await desk.call('imports.start', { previewId: preview.previewId }), 'a preview is good for one yes').toMatchObject({ ok: false, code: 'NOT_FOUND' })
})

it('cancelled in the middle, or signed out: nothing of it is there', async () => {
  const desk = await openDesk()
  await readyToWrite(desk)
  const path = join(folder, 'old.csv')
  const rows = Array.from({ length: 3_000 }, (_, n) => `2019-12-24,Daniel Reyes,Letter number ${n}`)
  writeFileSync(path, `Date,Person,Message\n${rows.join('\n')}\n`)
  const preview = await look(desk, path)
  expect(preview.messages).toBe(3_000)
  const job = await desk.must('imports.start', { previewId: preview.previewId })
  await new Promise((resolve) => setTimeout(resolve, 30))
  await desk.must('jobs.cancel', { jobId: job.jobId })
  expect(await desk.ended(job)).toMatchObject({ state: 'cancelled' })
  expect(await desk.must('imports.list', {})).toEqual([])
  const anew = await look(desk, path)
  expect(anew.messages).toBe(3_000)
  const left = await desk.must('imports.start', { previewId: anew.previewId })
  await new Promise((resolve) => setTimeout(resolve, 30))
  await desk.must('accounts.signOut', {})
  expect(await desk.ended(left)).toMatchObject({ state: 'cancelled' })
  expect(desk.bugs).toEqual([])
})

/** A table of many letters, looked through and ready for a yes. */
const manyRows = 1_500
const lookAtMany = async (desk: TestDesk): Promise<ImportPreview> => {
  const path = join(folder, 'old.csv')
  const rows = Array.from({ length: manyRows }, (_, n) => `2019-12-24,Daniel Reyes,Letter number ${n}`)
  writeFileSync(path, `Date,Person,Message\n${rows.join('\n')}\n`)
  return look(desk, path)
}
/** Nothing of an import can be seen anywhere. */
const expectNothingOfIt = async (desk: TestDesk): Promise<void> => {
  const [contact] = await desk.must('contacts.list', {})
  expect(await desk.must('imports.list', {})).toEqual([])
  expect((await desk.must('archive.page', { box: 'sent' })).total).toBe(0)
  expect((await desk.must('archive.search', { box: 'both', query: 'letter number', filters: {} })).items).toEqual([])
  expect(await desk.must('thread.page', { contactId: contact?.contactId ?? '' })).toMatchObject({ letters: 0, replies: 0, entries: [] })
}

it('a disk that becomes full in the middle: one sentence, nothing of it is there, and with room it comes in', async () => {
  const disk = { full: false, fillAtBatch: 0 }
  const files: Files = {
    ...diskFiles,
    openDatabase: openDatabaseOnDisk(() => disk.full)
  }
  let batches = 0
  const desk = await openDesk({}, {
    files,
    outside: {
      runWorker: (task, input, limits, onBatch = async () => undefined) =>
        inlineWorker(task, input, limits, (batch) => {
          if ((batches += 1) === disk.fillAtBatch) disk.full = true
          return onBatch(batch)
        })
    }
  })
  await readyToWrite(desk)
  const preview = await lookAtMany(desk)
  expect(batches, 'full neither before it begins nor after it has ended').toBeGreaterThan(2)
  disk.fillAtBatch = batches + 2
  const refused = { state: 'failed', failure: { code: 'IMPORT_NO_ROOM', params: { name: 'old.csv' } } }
  const job = await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))
  expect(job).toMatchObject(refused)
  expect(job.done, 'some of it had come in').toBeGreaterThan(0)
  await expectNothingOfIt(desk)
  const still = await desk.must('imports.read', { placeId: desk.choose(join(folder, 'old.csv'), 'open'), contactId: null })
  expect(await desk.ended(still)).toMatchObject(refused)
  disk.full = false
  const again = await lookAtMany(desk)
  expect(again).toMatchObject({ messages: manyRows, alreadyHere: 0 })
  expect(await desk.ended(await desk.must('imports.start', { previewId: again.previewId }))).toMatchObject({ state: 'done', done: manyRows })
  expect((await desk.must('archive.page', { box: 'sent' })).total).toBe(manyRows)
  expect(desk.bugs).toEqual([])
})

it('the power went in the middle: nothing of it is seen, and the next sign-in takes it out by itself', async () => {
  const left = join(folder, 'left')
  let batches = 0
  let cutAt = 0
  const desk = await openDesk({}, {
    outside: {
      runWorker: (task, input, limits, onBatch = async () => undefined) =>
        inlineWorker(task, input, limits, (batch) => {
          if ((batches += 1) === cutAt) cpSync(desk.profileDir, left, { recursive: true })
          return onBatch(batch)
        })
    }
  })
  await readyToWrite(desk)
  const preview = await lookAtMany(desk)
  cutAt = batches + 2
  await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))

  /** Messages of it in the sealed file, seen or not. */
  const rowsLeft = async (): Promise<number> => {
    const { file, key } = await keyOfMailbox(left)
    const database = diskFiles.openDatabase(file)
    useKey(database, key)
    const rows = database.prepare('SELECT (SELECT count(*) FROM imported_message) + (SELECT count(*) FROM import)').pluck().get() as number
    database.close()
    return rows
  }
  expect(await rowsLeft()).toBeGreaterThan(1)
  const next = await openDesk({}, { profileDir: left, dice: 'after', time: desk.time })
  await signInAs(next)
  await expectNothingOfIt(next)
  await next.work(10_000)
  await next.end()
  expect(await rowsLeft(), 'nobody brought anything in meanwhile').toBe(0)

  const again = await openDesk({}, { profileDir: left, dice: 'again', time: desk.time })
  await signInAs(again)
  const anew = await lookAtMany(again)
  expect(await again.ended(await again.must('imports.start', { previewId: anew.previewId }))).toMatchObject({ state: 'done', done: manyRows })
  expect((await again.must('archive.page', { box: 'sent' })).total).toBe(manyRows)
  expect([...desk.bugs, ...next.bugs, ...again.bugs]).toEqual([])
})

it('what was brought in stands in the lists, the thread and the search, is marked and printed, and goes with its import', async () => {
  const desk = await openDesk()
  const contact = await readyToWrite(desk)
  const path = join(folder, 'old.csv')
  writeFileSync(
    path,
    'Date,Person,Message,Direction,Subject\n2019-12-24,Daniel Reyes,Merry Christmas from the lighthouse,sent,Christmas\n2020-01-06,Daniel Reyes,Thank you for the lighthouse,received,Re: Christmas\n2020-02-01,Ana Pham,Dear Ana the seashore,sent,For Ana\n2020-02-08,Ana Pham,Dear friend,received,Re: For Ana\n'
  )
  const preview = await look(desk, path)
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'done' })

  const sent = await desk.must('archive.page', { box: 'sent' })
  expect(sent.items).toMatchObject([
    { kind: 'imported', imported: { personName: 'Ana Pham', contactId: null, subject: 'For Ana', fileName: 'old.csv' } },
    { kind: 'imported', imported: { personName: 'Daniel Reyes', contactId: contact.contactId } }
  ])
  expect((await desk.must('archive.page', { box: 'inbox' })).total).toBe(2)
  expect((await desk.must('letters.sent', {})).total, 'none of it was sent by Epistle').toBe(0)
  const thread = await desk.must('thread.page', { contactId: contact.contactId })
  expect(thread).toMatchObject({ letters: 1, replies: 1, entries: [{ type: 'imported', direction: 'received' }, { type: 'imported', direction: 'sent', body: 'Merry Christmas from the lighthouse' }] })
  const search = async (query: string, filters = {}) => desk.must('archive.search', { box: 'both', query, filters })
  expect((await search('lighthouse')).items.length).toBe(2)
  expect((await search('pham')).items.length).toBe(2)
  expect((await search('', { strangers: true })).items.map((row) => row.kind === 'imported' && row.imported.personName)).toEqual(['Ana Pham', 'Ana Pham'])
  expect((await search('lighthouse', { contactIds: [contact.contactId] })).items.length).toBe(2)

  // Whom they are with can be said, for all letters with that name, and taken back.
  const [ana] = sent.items
  const messageId = ana?.kind === 'imported' ? ana.imported.messageId : ''
  expect(await desk.must('imports.setPerson', { messageId, contactId: contact.contactId })).toMatchObject({ personName: 'Daniel Reyes', saidByHand: true })
  expect(await desk.must('thread.page', { contactId: contact.contactId })).toMatchObject({ letters: 2, replies: 2 })
  expect((await search('', { strangers: true })).items).toEqual([])
  expect(await desk.must('imports.setPerson', { messageId, contactId: null })).toMatchObject({ personName: 'Ana Pham', contactId: null, body: 'Dear Ana the seashore' })
  expect(await desk.call('imports.setPerson', { messageId, contactId: 'nobody' })).toMatchObject({ ok: false, code: 'NOT_FOUND' })

  const kept = await desk.must('marks.saveNote', { kind: 'imported', id: messageId, baseRevision: 0, text: 'Her birthday is in May' })
  expect(kept.outcome).toBe('saved')
  await desk.must('marks.flag', { kind: 'imported', id: messageId, on: true })
  expect((await search('birthday')).items).toMatchObject([{ flagged: true, inNote: true, imported: { excerpt: 'Her birthday is in May' } }])
  await desk.must('thread.archive', { contactId: contact.contactId, on: true })
  expect((await desk.must('archive.page', { box: 'sent' })).total).toBe(1)
  expect((await search('lighthouse', { putAway: true })).items.length).toBe(2)

  const [record] = await desk.must('imports.list', {})
  await desk.ended(await desk.must('imports.remove', { importId: record?.importId ?? '' }))
  expect([(await desk.must('archive.page', { box: 'sent' })).total, (await desk.must('archive.page', { box: 'inbox' })).total, (await search('lighthouse')).items]).toEqual([0, 0, []])
  expect(await desk.must('thread.page', { contactId: contact.contactId })).toMatchObject({ letters: 0, replies: 0, entries: [] })
  expect(await desk.call('imports.open', { messageId })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  expect(desk.bugs).toEqual([])
})

it('an import that is taken out is out of everything at once, however long its rows take, also after the power went in the middle', async () => {
  const left = join(folder, 'left')
  let onTurn: () => Promise<void> = async () => undefined
  const desk = await openDesk({}, { outside: { turn: async () => onTurn() } })
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'A letter of our own, beside the lighthouse', 'Our own'))
  await desk.work(60_000)
  const bringIn = async (name: string, rows: readonly string[]): Promise<string> => {
    const path = join(folder, name)
    writeFileSync(path, `Date,Person,Direction,Subject,Message\n${rows.join('\n')}\n`)
    const preview = await look(desk, path)
    expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'done', done: rows.length })
    return (await desk.must('imports.list', {}))[0]?.importId ?? ''
  }
  const row = (n: number, about: string): string => `20${String(n % 20).padStart(2, '0')}-0${(n % 9) + 1}-1${n % 10},${n % 3 === 0 ? 'Ana Pham' : 'Daniel Reyes'},${n % 4 === 0 ? 'received' : 'sent'},${about} ${n},The lighthouse of ${about} number ${n}`
  await bringIn('stays.csv', Array.from({ length: 60 }, (_, n) => row(n, 'staying')))
  /** Everything the desk shows of its letters. */
  const everything = async (of: TestDesk): Promise<unknown> => {
    const pages = []
    for (const box of ['sent', 'inbox'] as const)
      for (const order of ['time', 'person'] as const)
        for (const offset of [0, 7, 30]) pages.push(await of.must('archive.page', { box, order, offset, limit: 20 }))
    const found = []
    for (const [query, filters] of [['lighthouse', {}], ['"the lighthouse of"', {}], ['number', { flagged: true }], ['number', { putAway: true }], ['', { strangers: true }], ['-nothing', {}]] as const)
      for (let after: number | null = null, more = true; more; ) {
        const { items, next, people, count }: ArchiveFound = await of.must('archive.search', { box: 'both', query, filters, after, limit: 50 })
        found.push({ items, people, count: next === null ? count : null })
        more = next !== null
        after = next
      }
    return {
      pages,
      found: [found.flatMap(({ items }) => items), found.flatMap(({ people, count }) => [people, count])],
      months: [await of.must('archive.months', { box: 'sent' }), await of.must('archive.months', { box: 'inbox' })],
      thread: await of.must('thread.page', { contactId: contact.contactId, pageSize: 50 }),
      prayers: [await of.must('prayers.list', {}), await of.must('prayers.list', { closed: true })],
      sent: await of.must('letters.sent', {}),
      imports: (await of.must('imports.list', {})).map(({ fileName }) => fileName)
    }
  }
  const before = await everything(desk)

  const importId = await bringIn('goes.csv', Array.from({ length: 600 }, (_, n) => row(n, 'going')))
  const going = (await desk.must('archive.search', { box: 'both', query: 'going', filters: {}, limit: 3 })).items.flatMap((each) => (each.kind === 'imported' ? [each.imported.messageId] : []))
  expect(going).toHaveLength(3)
  for (const id of going) await desk.must('marks.flag', { kind: 'imported', id, on: true })
  await desk.must('prayers.open', { kind: 'imported', id: going[0] ?? '', words: 'for his mother' })
  await desk.must('marks.archive', { kind: 'imported', id: going[1] ?? '', on: true })

  let turns = 0
  onTurn = async () => {
    turns += 1
    // Once in the middle: what is shown then, and what the power leaves.
    if (turns !== 3) return
    expect(await everything(desk)).toEqual(before)
    cpSync(desk.profileDir, left, { recursive: true })
  }
  const removed = await desk.ended(await desk.must('imports.remove', { importId }))
  expect(removed).toMatchObject({ state: 'done', done: 600 })
  expect(turns, 'it went in slices').toBeGreaterThan(3)
  expect(await everything(desk)).toEqual(before)

  const next = await openDesk({}, { profileDir: left, dice: 'after', time: desk.time })
  await signInAs(next)
  expect(await everything(next)).toEqual(before)
  await next.work(10_000)
  expect(await everything(next)).toEqual(before)
  await next.end()
  const { file, key } = await keyOfMailbox(left)
  const database = diskFiles.openDatabase(file)
  useKey(database, key)
  expect(database.prepare('SELECT (SELECT count(*) FROM imported_message), (SELECT count(*) FROM import)').raw().get()).toEqual([60, 1])
  database.close()
  expect([...desk.bugs, ...next.bugs]).toEqual([])
})
