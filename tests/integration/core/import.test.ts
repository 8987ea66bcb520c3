/** Letters out into a file and into another mailbox: equal there, known again, whole or not at all. */
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExportFormat, ImportPreview } from '@contract/exchange'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import { useKey } from '../../../src-main/storage/open'
import { inlineWorker } from '../../support/outside'
import { openDatabaseOnDisk } from '../../support/full-disk'
import { keyOfMailbox } from '../../support/sealed-mailbox'
import { lookThrough, saveLetters } from '../../support/imports'
import { readyToWrite, sendDraft, signInAs, signUp, writeDraft, type TestDesk } from '../../support/core'
import { desksAndFiles } from '../../support/desks-and-files'

const { openDesk, inFolder } = desksAndFiles('import')

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
const save = (desk: TestDesk, format: ExportFormat, name: string): Promise<string> => saveLetters(desk, format, inFolder(name))
describe.each(['mbox', 'csv'] as const)('%s', (format) => {
  it('into another mailbox: every message is there, with its text, time, person and state, once', async () => {
    const desk = await openDesk()
    await writeAll(desk)
    const path = await save(desk, format, `letters.${format}`)
    const again = await lookThrough(desk, path)
    expect(again, 'in the mailbox they come from').toMatchObject({ messages: 0, notReadable: 0, problems: [] })
    expect(again.alreadyHere).toBeGreaterThanOrEqual(texts.length)

    const other = await openDesk({}, { dice: 'another' })
    await signUp(other, 'joe@parish.org')
    const preview = await lookThrough(other, path)
    expect(preview).toMatchObject({ messages: again.alreadyHere, alreadyHere: 0, notReadable: 0, fileName: `letters.${format}`, format, withContacts: 0 })
    const done = await other.ended(await other.must('imports.start', { previewId: preview.previewId }))
    expect(done).toMatchObject({ state: 'done', done: preview.messages })
    expect(await other.must('imports.list', {})).toMatchObject([{ messages: preview.messages, fileName: `letters.${format}` }])
    // What comes out of there is what came out of here.
    const [before, after] = [await save(desk, 'csv', 'before.csv'), await save(other, 'csv', 'after.csv')]
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(before, 'utf8'))
    expect((await lookThrough(other, path)).messages, 'a second time').toBe(0)
    expect(other.bugs).toEqual([])

    const [record] = await other.must('imports.list', {})
    const removed = await other.ended(await other.must('imports.remove', { importId: record?.importId ?? '' }))
    expect(removed).toMatchObject({ state: 'done', done: preview.messages })
    expect(await other.must('imports.list', {})).toEqual([])
    expect((await lookThrough(other, path)).messages, 'after it was taken out').toBe(preview.messages)
  })
})

it('one e-mail, and it finds the contact it is with', async () => {
  const desk = await openDesk()
  await writeAll(desk)
  const [letter] = (await desk.must('letters.sent', {})).items
  const path = inFolder('one.eml')
  await desk.ended(await desk.must('exports.start', { placeId: desk.choose(path), format: 'eml', selection: { items: [{ kind: 'letter', id: letter?.letterId ?? '' }] } }))
  const other = await openDesk({}, { dice: 'another' })
  await readyToWrite(other)
  expect(await lookThrough(other, path)).toMatchObject({ messages: 1, withContacts: 1, format: 'eml', samples: [{ direction: 'sent', personName: 'Daniel Reyes', subject: letter?.subject }] })
})

it('a table by hand: good rows are offered, bad ones named by their row', async () => {
  const desk = await openDesk()
  const contact = await readyToWrite(desk)
  const path = inFolder('old.csv')
  writeFileSync(path, 'Date;Name;Message;Direction\n12/24/2019;Daniel Reyes;Merry Christmas;sent\n;Daniel Reyes;No date;\n31/12/2019;Daniel Reyes;Thank you;received\nsoon;X;y;\n1/2/2020;;Nobody;\n1/3/2020;Ann;;\n12/24/2019;Daniel Reyes;Merry Christmas;sent\n')
  const preview = await lookThrough(desk, path)
  expect(preview).toMatchObject({ messages: 2, alreadyHere: 1, notReadable: 4, withContacts: 2 })
  expect(preview.problems).toEqual([{ row: 3, code: 'NO_DATE' }, { row: 5, code: 'BAD_DATE' }, { row: 6, code: 'NO_PERSON' }, { row: 7, code: 'NO_TEXT' }])
  expect(await desk.must('imports.list', {}), 'nothing is saved by looking').toEqual([])
  const given = await lookThrough(desk, path, contact.contactId)
  expect(given, 'when the person is known, no name is needed').toMatchObject({ messages: 3, notReadable: 3 })
})

it('a file that changes after it was looked at leaves nothing behind', async () => {
  const desk = await openDesk()
  await readyToWrite(desk)
  const path = inFolder('old.csv')
  writeFileSync(path, 'Date,Person,Message\n2019-12-24,Daniel Reyes,Merry Christmas\n')
  const preview = await lookThrough(desk, path)
  appendFileSync(path, '2019-12-25,Daniel Reyes,One more\n')
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'failed', failure: { code: 'FILE_CHANGED', params: { name: 'old.csv' } } })
  expect(await desk.must('imports.list', {})).toEqual([])
  expect((await lookThrough(desk, path)).messages).toBe(2)
  expect(await desk.call('imports.start', { previewId: preview.previewId }), 'a preview is good for one yes').toMatchObject({ ok: false, code: 'NOT_FOUND' })
})

it('cancelled in the middle, or signed out: nothing of it is there', async () => {
  const desk = await openDesk()
  await readyToWrite(desk)
  const path = inFolder('old.csv')
  const rows = Array.from({ length: 3_000 }, (_, n) => `2019-12-24,Daniel Reyes,Letter number ${n}`)
  writeFileSync(path, `Date,Person,Message\n${rows.join('\n')}\n`)
  const preview = await lookThrough(desk, path)
  expect(preview.messages).toBe(3_000)
  const job = await desk.must('imports.start', { previewId: preview.previewId })
  await new Promise((resolve) => setTimeout(resolve, 30))
  await desk.must('jobs.cancel', { jobId: job.jobId })
  expect(await desk.ended(job)).toMatchObject({ state: 'cancelled' })
  expect(await desk.must('imports.list', {})).toEqual([])
  const anew = await lookThrough(desk, path)
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
  const path = inFolder('old.csv')
  const rows = Array.from({ length: manyRows }, (_, n) => `2019-12-24,Daniel Reyes,Letter number ${n}`)
  writeFileSync(path, `Date,Person,Message\n${rows.join('\n')}\n`)
  return lookThrough(desk, path)
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
  const still = await desk.must('imports.read', { placeId: desk.choose(inFolder('old.csv'), 'open'), contactId: null })
  expect(await desk.ended(still)).toMatchObject(refused)
  disk.full = false
  const again = await lookAtMany(desk)
  expect(again).toMatchObject({ messages: manyRows, alreadyHere: 0 })
  expect(await desk.ended(await desk.must('imports.start', { previewId: again.previewId }))).toMatchObject({ state: 'done', done: manyRows })
  expect((await desk.must('archive.page', { box: 'sent' })).total).toBe(manyRows)
  expect(desk.bugs).toEqual([])
})

it('the power went in the middle: nothing of it is seen, and the next sign-in takes it out by itself', async () => {
  const left = inFolder('left')
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
  const path = inFolder('old.csv')
  writeFileSync(
    path,
    'Date,Person,Message,Direction,Subject\n2019-12-24,Daniel Reyes,Merry Christmas from the lighthouse,sent,Christmas\n2020-01-06,Daniel Reyes,Thank you for the lighthouse,received,Re: Christmas\n2020-02-01,Ana Pham,Dear Ana the seashore,sent,For Ana\n2020-02-08,Ana Pham,Dear friend,received,Re: For Ana\n'
  )
  const preview = await lookThrough(desk, path)
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
