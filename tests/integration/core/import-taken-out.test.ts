/** An import that is taken out: from the moment that is said nothing of it is shown anywhere, and a crash in the middle ends it all the same. */
import { cpSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ArchiveFound } from '@contract/views'
import { diskFiles } from '../../../src-main/storage/files'
import { useKey } from '../../../src-main/storage/open'
import { bringInTable } from '../../support/imports'
import { keyOfMailbox } from '../../support/sealed-mailbox'
import { readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { desksAndFiles } from '../../support/desks-and-files'

const { openDesk, inFolder } = desksAndFiles('taken-out')

it('an import that is taken out is out of everything at once, however long its rows take, also after the power went in the middle', async () => {
  const left = inFolder('left')
  let onTurn: () => Promise<void> = async () => undefined
  const desk = await openDesk({}, { outside: { turn: async () => onTurn() } })
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'A letter of our own, beside the lighthouse', 'Our own'))
  await desk.work(60_000)
  const bringIn = (name: string, rows: readonly string[]): Promise<string> => bringInTable(desk, inFolder(name), ['Date,Person,Direction,Subject,Message', ...rows])
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
