/** Letters into a file, through the whole core: what is said, what is written, and that nothing half-done is ever left. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FileError, outsideFiles, type OutsideFiles } from '../../../src-main/storage/outside-files'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'

let folder = ''
let desk: TestDesk
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-export-'))))
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})
const all = { selection: {} }

const writeLetters = async (): Promise<string> => {
  const contact = await readyToWrite(desk)
  for (const [subject, body] of [['First', 'Dear Daniel,\nthe first one.'], ['Second', 'From here on:\n=1+1\n>From there']] as const) {
    await sendDraft(desk, await writeDraft(desk, contact.contactId, body, subject))
    await desk.time.advance(5_000)
  }
  return contact.contactId
}

it('saves all letters, says how far it is, and says done when the file is there', async () => {
  desk = await openTestDesk()
  const contactId = await writeLetters()
  const path = join(folder, 'letters.txt')
  const job = await desk.must('exports.start', { placeId: desk.choose(path), format: 'txt', ...all })
  expect(job).toMatchObject({ state: 'running', kind: 'export', fileName: 'letters.txt' })
  expect(readdirSync(folder), 'nothing is there before it is whole').not.toContain('letters.txt')
  expect(await desk.ended(job)).toMatchObject({ state: 'done', done: 2, total: 2 })
  const text = readFileSync(path, 'utf8')
  expect(text).toContain('To: Daniel Reyes, 448213, Cedar State')
  expect(text.indexOf('the first one.')).toBeLessThan(text.indexOf('From here on:'))
  expect(readdirSync(folder)).toEqual(['letters.txt'])
  expect(await desk.must('jobs.current', {})).toMatchObject({ state: 'done' })
  const log = await desk.must('account.activity', {})
  expect(log.items[0]).toMatchObject({ event: 'lettersExported', details: { count: 2, format: 'txt' } })

  const [first] = (await desk.must('letters.sent', {})).items
  const one = await desk.must('exports.start', { placeId: desk.choose(join(folder, 'one.eml')), format: 'eml', selection: { items: [{ kind: 'letter', id: first?.letterId ?? '' }] } })
  expect(await desk.ended(one)).toMatchObject({ state: 'done', done: 1 })
  expect(readFileSync(join(folder, 'one.eml'), 'latin1')).toMatch(/^From: Maria Delgado <maria@parish\.org>\r$/m)
  const some = await desk.must('exports.start', { placeId: desk.choose(join(folder, 'some.csv')), format: 'csv', selection: { contactId } })
  expect(await desk.ended(some)).toMatchObject({ state: 'done', total: 2 })
})

it('refuses what cannot be: no letters, a place that was not chosen, one chosen for another, a second job', async () => {
  desk = await openTestDesk()
  await readyToWrite(desk)
  const path = join(folder, 'letters.txt')
  expect(await desk.call('exports.start', { placeId: desk.choose(path), format: 'txt', ...all })).toMatchObject({ ok: false, code: 'NO_LETTERS_CHOSEN' })
  const contact = (await desk.must('contacts.list', {}))[0]
  await sendDraft(desk, await writeDraft(desk, contact?.contactId ?? '', 'Dear Daniel'))
  await desk.time.advance(5_000)
  expect(await desk.call('exports.start', { placeId: 'made up', format: 'txt', ...all })).toMatchObject({ ok: false, code: 'CHOOSE_AGAIN' })
  const chosen = desk.choose(path)
  await desk.must('accounts.signOut', {})
  expect(await desk.call('exports.start', { placeId: chosen, format: 'txt', ...all })).toMatchObject({ ok: false, code: 'SIGNED_OUT' })
  await signInAs(desk)
  expect(await desk.call('exports.start', { placeId: chosen, format: 'txt', ...all }), 'chosen in a visit before').toMatchObject({ ok: false, code: 'CHOOSE_AGAIN' })
  const job = await desk.must('exports.start', { placeId: desk.choose(path), format: 'txt', ...all })
  expect(await desk.call('exports.start', { placeId: desk.choose(path), format: 'txt', ...all })).toMatchObject({ ok: false, code: 'JOB_RUNNING' })
  expect(await desk.ended(job)).toMatchObject({ state: 'done' })
  expect(desk.bugs).toEqual([])
})

it('cancelled, or its disk full, or the person gone: nothing is left and the file of before is as it was', async () => {
  let how: 'slow' | 'full' = 'slow'
  desk = await openTestDesk({}, {
    outside: {
      files: {
        ...outsideFiles,
        create: async (...place) => {
          const file = await outsideFiles.create(...place)
          const write = async (chunk: Uint8Array | string): Promise<void> => {
            await file.write(chunk)
            if (how === 'full') throw new FileError('full')
            // Slow enough to be stopped in the middle.
            await new Promise((resolve) => setTimeout(resolve, 30))
          }
          return { ...file, write }
        }
      }
    }
  })
  await writeLetters()
  const path = join(folder, 'letters.mbox')
  writeFileSync(path, 'before')
  const begin = () => desk.must('exports.start', { placeId: desk.choose(path), format: 'mbox', ...all })
  const untouched = (): void => {
    expect(readdirSync(folder)).toEqual(['letters.mbox'])
    expect(readFileSync(path, 'utf8')).toBe('before')
  }
  const cancelled = await begin()
  await new Promise((resolve) => setTimeout(resolve, 10))
  await desk.must('jobs.cancel', { jobId: cancelled.jobId })
  expect(await desk.ended(cancelled)).toMatchObject({ state: 'cancelled' })
  untouched()

  how = 'full'
  expect(await desk.ended(await begin())).toMatchObject({ state: 'failed', failure: { code: 'FILE_NOT_WRITTEN', params: { name: 'letters.mbox', reason: 'full' } } })
  untouched()

  how = 'slow'
  const left = await begin()
  await new Promise((resolve) => setTimeout(resolve, 10))
  await desk.must('accounts.signOut', {})
  expect(await desk.ended(left)).toMatchObject({ state: 'cancelled' })
  untouched()
  expect(desk.bugs).toEqual([])
})

it('what a crash leaves of a file is taken away at the next sign-in, and nothing that is not ours', async () => {
  const create: OutsideFiles['create'] = async (...place) => {
    const file = await outsideFiles.create(...place)
    // Slow enough to be seen in the middle.
    return { ...file, write: async (chunk) => (await file.write(chunk), await new Promise((resolve) => setTimeout(resolve, 50))) }
  }
  desk = await openTestDesk({}, { outside: { files: { ...outsideFiles, create } } })
  await writeLetters()
  const path = join(folder, 'letters.mbox')
  writeFileSync(path, 'before')
  const others = ['.letters.mbox.part', '.letters.mbox.0123456789abcdef.part', 'notes.part', 'letters.mbox']
  others.forEach((name) => writeFileSync(join(folder, name), 'somebody else'))
  const picture = join(desk.profileDir, '..', `${basename(desk.profileDir)}-after-the-crash`)
  const job = await desk.must('exports.start', { placeId: desk.choose(path), format: 'mbox', ...all })
  // The power goes in the middle: the files of the profile, and what lies beside the place, as they are at this moment.
  while (readdirSync(folder).length === others.length) await new Promise((resolve) => setImmediate(resolve))
  const [half = ''] = readdirSync(folder).filter((name) => !others.includes(name))
  expect(half).toMatch(/^\.letters\.mbox\.[0-9a-f]{16}\.part$/)
  cpSync(desk.profileDir, picture, { recursive: true })
  await desk.ended(job)
  await desk.close()
  writeFileSync(join(folder, half), 'the half of it')

  desk = await openTestDesk({}, { profileDir: picture, dice: 'after' })
  const away = `${folder}-not-in`
  renameSync(folder, away)
  await signInAs(desk)
  await desk.must('accounts.signOut', {})
  renameSync(away, folder)
  expect(readdirSync(folder), 'the stick was not in').toContain(half)
  await signInAs(desk)
  while (readdirSync(folder).includes(half)) await new Promise((resolve) => setImmediate(resolve))
  expect(readdirSync(folder).sort()).toEqual([...others].sort())
  const again = async () => desk.ended(await desk.must('exports.start', { placeId: desk.choose(join(folder, 'again.txt')), format: 'txt', ...all }))
  await again()
  // Somebody else's file is by now where one of ours was: nothing is looked for there any more.
  writeFileSync(join(folder, half), 'somebody else')
  await desk.must('accounts.signOut', {})
  await signInAs(desk)
  await again()
  expect(readFileSync(join(folder, half), 'utf8')).toBe('somebody else')
  expect(desk.bugs).toEqual([])
})

it('one year is the year of the calendar on the wall, from its first to its last minute', async () => {
  desk = await openTestDesk()
  await readyToWrite(desk)
  const older = join(folder, 'older.csv')
  writeFileSync(older, 'Date,Person,Message\n2019-12-31 23:59,Daniel,the last of 2019\n2020-01-01 00:01,Daniel,the first of 2020\n2020-12-31 23:59,Daniel,the last of 2020\n2021-01-01 00:00,Daniel,the first of 2021\n')
  await desk.ended(await desk.must('imports.read', { placeId: desk.choose(older, 'open') }))
  await desk.ended(await desk.must('imports.start', { previewId: (await desk.must('imports.preview', {})).previewId }))
  const textOf = async (selection: { readonly year: number; readonly from?: number }): Promise<string> => {
    const path = join(folder, 'year.txt')
    expect(await desk.ended(await desk.must('exports.start', { placeId: desk.choose(path), format: 'txt', selection }))).toMatchObject({ state: 'done' })
    return readFileSync(path, 'utf8')
  }
  const in2020 = await textOf({ year: 2020 })
  expect(in2020).toContain('the first of 2020')
  expect(in2020).toContain('the last of 2020')
  expect(in2020).not.toMatch(/2019|of 2021/)
  expect(await textOf({ year: 2020, from: new Date(2020, 5, 1).getTime() }), 'and only its second half').not.toContain('the first of 2020')
  expect(await desk.call('exports.start', { placeId: desk.choose(older), format: 'txt', selection: { year: 2018 } })).toMatchObject({ ok: false, code: 'NO_LETTERS_CHOSEN' })
})
