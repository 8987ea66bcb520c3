/** A conversation page by page, through the whole core: pages read again by themselves are the conversation as it is now, whatever came in since. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ThreadCursor, ThreadEntry } from '@contract/correspondence'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import { bringInTable } from '../../support/imports'
import { openTestDesk, readyToWrite, sendDraft, writeDraft, type TestDesk } from '../../support/core'

let folder = ''
let desk: TestDesk | null = null
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-thread-'))))
afterEach(async () => {
  await desk?.close()
  desk = null
  rmSync(folder, { recursive: true, force: true })
})

type Stretch = { readonly before: ThreadCursor | null; readonly downTo: ThreadCursor | null }
/** What tells one entry from another, and its state. */
const lineOf = (entry: ThreadEntry): string => (entry.type === 'moved' ? `moved ${entry.at}` : `${entry.type} ${entry.subject} ${entry.flagged ? 'flagged' : ''}`)

it('pages read again by themselves are the whole conversation: after answers, marks, older letters brought in and taken out', async () => {
  const at = await openTestDesk()
  desk = at
  const { contactId } = await readyToWrite(at)
  const bringIn = (name: string, rows: readonly string[]): Promise<string> => bringInTable(at, join(folder, name), ['Date,Person,Direction,Subject,Message', ...rows])
  await bringIn('old.csv', Array.from({ length: 17 }, (_, n) => `20${10 + (n % 8)}-0${(n % 9) + 1}-11,Daniel Reyes,${n % 2 === 0 ? 'sent' : 'received'},Old ${n},Words ${n}`))
  for (const subject of ['One', 'Two', 'Three', 'Four']) {
    await sendDraft(at, await writeDraft(at, contactId, `Dear Daniel, ${subject}`, subject))
    await at.work(60_000)
  }
  const pageSize = 4
  const stretches: Stretch[] = []
  for (let before: ThreadCursor | null = null, more = true; more; ) {
    const { next }: { readonly next: ThreadCursor | null } = await at.must('thread.page', { contactId, pageSize, before })
    stretches.push({ before, downTo: next })
    more = next !== null
    before = next
  }
  expect(stretches.length).toBeGreaterThan(4)
  const pagesAgain = async (): Promise<readonly string[]> => {
    const entries: ThreadEntry[] = []
    for (const { before, downTo } of stretches) {
      const page = await at.must('thread.page', { contactId, pageSize: 50, before, downTo })
      expect(page.next).toBeNull()
      entries.push(...page.entries)
    }
    return entries.map(lineOf)
  }
  const whole = async (): Promise<readonly string[]> => (await at.must('thread.page', { contactId, pageSize: 50 })).entries.map(lineOf)
  expect(await pagesAgain()).toEqual(await whole())

  await sendDraft(at, await writeDraft(at, contactId, 'Dear Daniel, five', 'Five'))
  await at.must('practice.fastForward', { hours: 24 * 20 })
  await at.must('sync.now', {})
  const importId = await bringIn('more.csv', Array.from({ length: 23 }, (_, n) => `20${String(8 + (n % 14)).padStart(2, '0')}-0${(n % 9) + 1}-11,Daniel Reyes,sent,More ${n},Words of more ${n}`))
  const second = (await at.must('thread.page', { contactId, pageSize: 50 })).entries.find((entry) => entry.type === 'letter' && entry.subject === 'Two')
  await at.must('marks.flag', { kind: 'letter', id: second?.type === 'letter' ? second.letterId : '', on: true })
  const after = await whole()
  expect(after.filter((line) => line.startsWith('reply')).length, 'answers came').toBeGreaterThan(0)
  expect(after).toHaveLength((await at.must('thread.page', { contactId, pageSize: 50 })).entries.length)
  expect(await pagesAgain()).toEqual(after)
  await at.ended(await at.must('imports.remove', { importId }))
  expect(await pagesAgain()).toEqual(await whole())

  // All of it put away is said by every page, and not by looking at the page.
  const putAway = async (): Promise<boolean> => (await at.must('thread.page', { contactId, pageSize: 1 })).putAway
  expect(await putAway()).toBe(false)
  await at.must('thread.archive', { contactId, on: true })
  expect(await putAway()).toBe(true)
  await at.must('practice.set', { offline: true })
  await sendDraft(at, await writeDraft(at, contactId, 'Dear Daniel, six', 'Six'))
  expect(await putAway(), 'one more, which waits').toBe(false)
  await at.must('practice.set', { offline: false })
  await at.work(60_000)
  expect(await putAway(), 'and has gone').toBe(false)
  expect(at.bugs).toEqual([])
})

it('reads the rules of a facility once for a page, however many letters and answers stand in it', async () => {
  let reads = 0
  const openDatabase: Files['openDatabase'] = (...file) => {
    const database = diskFiles.openDatabase(...file)
    const prepare = database.prepare.bind(database)
    return Object.assign(database, {
      prepare: (sql: string) => {
        const statement = prepare(sql)
        if (!sql.includes('rules FROM facility WHERE id')) return statement
        const get = statement.get.bind(statement)
        return Object.assign(statement, { get: (...values: unknown[]) => ((reads += 1), get(...values)) })
      }
    })
  }
  const at = await openTestDesk({}, { files: { ...diskFiles, openDatabase } })
  desk = at
  const { contactId } = await readyToWrite(at)
  for (const subject of ['One', 'Two', 'Three', 'Four', 'Five']) {
    await sendDraft(at, await writeDraft(at, contactId, `Dear Daniel, ${subject}`, subject))
    await at.work(60_000)
  }
  await at.must('practice.fastForward', { hours: 24 * 20 })
  await at.must('sync.now', {})
  const readsFor = async (pageSize: number): Promise<number> => {
    reads = 0
    const page = await at.must('thread.page', { contactId, pageSize })
    expect(page.entries).toHaveLength(pageSize)
    return reads
  }
  expect(await readsFor(6)).toBe(await readsFor(1))
  expect(reads, 'they are read through this').toBeGreaterThan(0)
})
