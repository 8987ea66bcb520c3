/** Hostile archives through the whole core: one clear reason or a preview; nothing saved until yes, and nothing half-saved after it. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JobView } from '@contract/jobs'
import { hostileArchives, type HostileArchive } from '../../crash/import/hostile-archives'
import { openTestDesk, readyToWrite, type TestDesk } from '../../support/core'

const codes = { gone: 'FILE_NOT_READ', readOnly: 'FILE_NOT_READ', notLetters: 'IMPORT_NOT_LETTERS', tooComplex: 'IMPORT_TOO_COMPLEX', noColumn: 'IMPORT_NO_COLUMN', endlessCell: 'IMPORT_ENDLESS_CELL', tooMuch: 'IMPORT_TOO_COMPLEX' } as const

/** The large ones are rel:import's, which watches memory and time. */
const largest = 300_000

let folder = ''
let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
  await readyToWrite(desk)
})
afterAll(() => desk.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-hostile-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

const look = async (path: string): Promise<JobView> => desk.ended(await desk.must('imports.read', { placeId: desk.choose(path, 'open'), contactId: null }))
const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const judge = async ({ expect: wanted, name }: HostileArchive, job: JobView): Promise<void> => {
  if ('why' in wanted) {
    expect(job, name).toMatchObject({ state: 'failed' })
    expect(wanted.why.map((why) => codes[why]), name).toContain(job.failure?.code)
    return
  }
  if (job.state === 'failed') {
    expect(wanted.letters, name).toBe(0)
    expect(job.failure?.code, name).toBe('IMPORT_NOT_LETTERS')
    return
  }
  const preview = await desk.must('imports.preview', {})
  expect(preview.messages + preview.alreadyHere, name).toBe(wanted.letters)
  if (wanted.photos !== undefined) expect([preview.photos, preview.withAttachments], name).toEqual([wanted.photos, wanted.leftOut])
  if (wanted.problems !== undefined) expect(preview.problems.map(({ code }) => code), name).toEqual(wanted.problems)
}

it('each ends in its own reason or in what can be saved, and nothing is saved by looking', async () => {
  for (const archive of hostileArchives(1)) {
    const path = join(folder, archive.file)
    await archive.make(path)
    if (size(path) > largest) continue
    await judge(archive, await look(path))
  }
  expect(await desk.must('imports.list', {})).toEqual([])
  expect(desk.bugs).toEqual([])
})

describe('a file that is another one when it is to be saved', () => {
  const changes: readonly (readonly [what: string, code: string, change: (path: string) => void])[] = [
    ['is gone', 'FILE_NOT_READ', (path) => rmSync(path)],
    ['has become a folder', 'IMPORT_NOT_LETTERS', (path) => (rmSync(path), mkdirSync(path))],
    ['has become a picture', 'IMPORT_NOT_LETTERS', (path) => writeFileSync(path, Buffer.alloc(5_000, 3))],
    ['was cut', 'FILE_CHANGED', (path) => truncateSync(path, 20_000)],
    ['has lost its columns', 'IMPORT_NOT_LETTERS', (path) => writeFileSync(path, 'a,b\n1,2\n')],
    ['ends in an open quotation mark', 'IMPORT_ENDLESS_CELL', (path) => writeFileSync(path, `${table(700)}2019-12-24,Daniel,"x`)],
    ['is another one of the same size', 'FILE_CHANGED', (path) => writeFileSync(path, table(1_000).replace('number 7,', 'number 8,'))]
  ]
  const table = (rows: number): string => `Date,Person,Message\n${Array.from({ length: rows }, (_, n) => `2019-12-24,Daniel Reyes,"Letter number ${n}, with love"\n`).join('')}`

  it.each(changes)('%s: %s, and not one letter of it is there', async (_what, code, change) => {
    const path = join(folder, 'old.csv')
    writeFileSync(path, table(1_000))
    expect(await look(path)).toMatchObject({ state: 'done' })
    const preview = await desk.must('imports.preview', {})
    expect(preview.messages).toBe(1_000)
    change(path)
    const job = await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))
    expect(job).toMatchObject({ state: 'failed', failure: { code } })
    expect(await desk.must('imports.list', {})).toEqual([])
    rmSync(path, { recursive: true, force: true })
    writeFileSync(join(folder, 'again.csv'), table(1_000))
    renameSync(join(folder, 'again.csv'), path)
    expect(await look(path)).toMatchObject({ state: 'done' })
    expect(await desk.must('imports.preview', {}), 'none of it was kept').toMatchObject({ messages: 1_000, alreadyHere: 0 })
  })
})

it('rows are counted as a spreadsheet counts them, empty ones too', async () => {
  const path = join(folder, 'old.csv')
  writeFileSync(path, 'Date,Person,Message\n2019-12-24,Daniel,"two\nlines"\n\n\n,Daniel,no date\n')
  await look(path)
  expect((await desk.must('imports.preview', {})).problems).toEqual([{ row: 5, code: 'NO_DATE' }])
})
