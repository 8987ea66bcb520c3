/** Letters from before 1970, whose milliseconds are negative: brought in, in their place everywhere, out again in every kind of file, and equal when they come back. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { CommandCall } from '@contract/commands'
import type { Sheet } from '@contract/paper'
import type { ArchiveRow } from '@contract/views'
import { bringInTable, lookThrough, saveLetters } from '../../support/imports'
import { readyToWrite, signUp, type TestDesk } from '../../support/core'
import { desksAndFiles } from '../../support/desks-and-files'

const { openDesk, inFolder } = desksAndFiles('old-letters')

/** Letters from a shoe box: the oldest e-mail is younger than they are. Quotes, accents and a table's formulas as in any other. */
const shoeBox = [
  ['1899-12-31', 'sent', 'The century', 'Dear Daniel,\n\nthe century ends.'],
  ['1962-10-28', 'sent', 'The crisis', '=1+1\nFrom here on we prayed: José'],
  ['1962-11-04', 'received', 'Re: The crisis', 'Thank God.'],
  ['1969-12-31', 'sent', 'New Year’s Eve', 'One day before it all begins.'],
  ['1970-01-01', 'received', 'Re: New Year’s Eve', 'It began.'],
  ['2019-03-05', 'sent', 'Of today', 'Hardly old.']
] as const
const bringInShoeBox = (desk: TestDesk): Promise<string> =>
  bringInTable(desk, inFolder('shoe-box.csv'), ['Date,Person,Direction,Subject,Message', ...shoeBox.map(([day, direction, subject, body]) => `${day},Daniel Reyes,${direction},"${subject}","${body}"`)])
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
    desk.ended(await desk.must('exports.start', { placeId: desk.choose(inFolder(name)), format, selection }))
  expect(await begin({}, `all.${format}`)).toMatchObject({ state: 'done', done: shoeBox.length, total: shoeBox.length })
  expect(await begin({ year: 1962 }, `year.${format}`)).toMatchObject({ state: 'done', total: 2 })
  expect(await begin({ until: new Date(1970, 0, 1).getTime() }, `before.${format}`)).toMatchObject({ state: 'done', total: 4 })
  if (format === 'mbox') expect(readFileSync(inFolder('year.mbox'), 'latin1').match(/^From epistle@\S+ .*$/gm)).toEqual([expect.stringMatching(/(Sun|Sat|Mon) Oct 2[789] \d\d:00:00 1962$/), expect.stringMatching(/(Sun|Sat|Mon) Nov  [345] \d\d:00:00 1962$/)])
  if (format !== 'mbox' && format !== 'csv') return
  const other = await openDesk({}, { dice: 'another' })
  await signUp(other, 'joe@parish.org')
  const preview = await lookThrough(other, inFolder(`all.${format}`))
  expect(preview).toMatchObject({ messages: shoeBox.length, notReadable: 0 })
  await other.ended(await other.must('imports.start', { previewId: preview.previewId }))
  expect(readFileSync(await saveLetters(other, 'csv', inFolder('after.csv')), 'utf8')).toBe(readFileSync(await saveLetters(desk, 'csv', inFolder('before.csv')), 'utf8'))
  expect([...desk.bugs, ...other.bugs]).toEqual([])
})

it('a letter of 1962 goes out as an e-mail and is known again, and its year goes onto paper', async () => {
  const printed: Sheet[] = []
  const desk = await openDesk({}, { outside: { paper: (sheet) => (printed.push(sheet), { ended: Promise.resolve({ outcome: 'printed' }), stop: () => undefined }) } })
  await readyToWrite(desk)
  await bringInShoeBox(desk)
  const rows = (await desk.must('archive.page', { box: 'sent' })).items
  const crisis = rows.flatMap((row) => (row.kind === 'imported' && row.imported.subject === 'The crisis' ? [row.imported] : []))[0]
  const path = inFolder('one.eml')
  await desk.ended(await desk.must('exports.start', { placeId: desk.choose(path), format: 'eml', selection: { items: [{ kind: 'imported', id: crisis?.messageId ?? '' }] } }))
  expect(readFileSync(path, 'latin1')).toMatch(/^Date: \w{3}, \d\d Oct 1962 \d\d:00:00 \+0000\r$/m)
  expect(await lookThrough(desk, path), 'known again').toMatchObject({ messages: 0, alreadyHere: 1 })
  expect(await desk.ended(await desk.must('prints.start', { selection: { year: 1962 }, kind: 'letters', placeId: null, textSize: '12', withAddress: false }))).toMatchObject({ state: 'done' })
  expect(printed.at(-1)?.body).toMatch(/28 October 1962.*4 November 1962/s)
  expect(desk.bugs).toEqual([])
})
