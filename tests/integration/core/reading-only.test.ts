/** A folder that can only be read: every list, letter and figure is there, goes into files and onto paper, and no byte of the folder changes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isReading, type ReadingCommandName } from '../../../src-main/app/reading-commands'
import { commands, type CommandCall, type CommandInput, type CommandName, type CoreCommandName } from '../../../src-main/contract/commands'
import type { JobView } from '../../../src-main/contract/jobs'
import type { PaperRun } from '../../../src-main/contract/paper'
import { openTestDesk, password, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { bringInTable } from '../../support/imports'
import { moody, snapshot } from '../../support/moody-disk'
import { addPhoto, pngPhoto } from '../../support/photos'

let folder = ''
let desk: TestDesk
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-reading-'))
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const inFolder = (name: string): string => join(folder, name)
const november = 2026 * 12 + 10
const profileDir = (): string => inFolder('profile')
const scratch = { make: () => mkdtempSync(inFolder('scratch-')), remove: (name: string) => rmSync(name, { recursive: true, force: true }) }

/** A mailbox with one of everything that can be looked at. */
const fill = async () => {
  const writing = await openTestDesk({}, { profileDir: profileDir() })
  const { contactId } = await readyToWrite(writing)
  const withPhoto = await writeDraft(writing, contactId, 'Dear Daniel, the chapel at dusk.', 'The chapel')
  const photoId = (await addPhoto(writing, withPhoto.draftId))[0]?.photoId ?? ''
  const sent = await sendDraft(writing, await writing.must('drafts.open', { draftId: withPhoto.draftId }))
  const rejected = await sendDraft(writing, await writeDraft(writing, contactId, 'Dear Daniel, they say a hacksaw was found.', 'The news'))
  for (let letter = 1; letter <= 6; letter += 1) await sendDraft(writing, await writeDraft(writing, contactId, `Dear Daniel, number ${letter}.`))
  await writing.must('sync.now', {})
  await writing.must('practice.fastForward', { hours: 24 * 14 })
  const messageId = (await writing.must('inbox.list', {})).items[0]?.messageId ?? ''
  await writing.must('appeals.save', { letterId: rejected.letterId, baseRevision: 0, text: 'It was a joke.' })
  await writing.must('prayers.open', { kind: 'reply', id: messageId, words: 'For his mother' })
  await writing.must('archive.saveSearch', { name: 'Psalms', query: 'psalm', filters: {} })
  await bringInTable(writing, inFolder('older.csv'), ['Date,Person,Direction,Subject,Message', '2019-03-11,Daniel Reyes,sent,An older letter,The year the roof was mended.'])
  const older = (await writing.must('archive.search', { box: 'sent', query: 'older', filters: {} })).items[0]
  const draft = await writeDraft(writing, contactId, 'Half a letter.', 'Half')
  await writing.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Half a letter, and more.' }, keepEarlier: true })
  const versionId = (await writing.must('drafts.versions', { draftId: draft.draftId }))[0]?.versionId ?? ''
  await writing.must('backups.make', {})
  await writing.end()
  return { contactId, photoId, letterId: sent.letterId, rejectedId: rejected.letterId, messageId, olderId: older?.kind === 'imported' ? older.imported.messageId : '', draftId: draft.draftId, versionId }
}
type Filled = Awaited<ReturnType<typeof fill>>

/** Opens the same folder on a disk that takes nothing. @returns the folder as it is */
const openReadOnly = async (): Promise<ReturnType<typeof snapshot>> => {
  const before = snapshot(profileDir())
  const { mood, files } = moody()
  mood.code = 'EROFS'
  const paper = (): PaperRun => ({ ended: Promise.resolve({ outcome: 'pdf', bytes: Buffer.from('%PDF-1.7') }), stop: () => undefined })
  desk = await openTestDesk({}, { profileDir: profileDir(), dice: 'reading', files, pc: { scratch }, outside: { paper } })
  await signInAs(desk)
  return before
}

const coreCommands = (Object.keys(commands) as CommandName[]).filter((name): name is CoreCommandName => commands[name].answeredBy === 'core')

/** Asked where they belong: at the end of the first test, and in the second. */
type Apart = 'accounts.signIn' | 'accounts.signOut' | 'desk.lock' | 'desk.handOver' | 'desk.unlock' | 'desk.stay' | 'exports.start' | 'prints.start' | 'figures.save' | 'jobs.cancel'

/** What is asked of each other command that reads: one that is missing does not compile. */
const questions = (filled: Filled): { readonly [N in Exclude<ReadingCommandName, Apart>]: CommandCall<N> } => ({
  'app.state': {},
  'accounts.passwordRules': {},
  'account.activity': {},
  'account.exportActivity': {},
  'home.summary': {},
  'facilities.list': {},
  'contacts.list': {},
  'stamps.wallets': {},
  'stamps.receipts': {},
  'drafts.list': {},
  'drafts.open': { draftId: filled.draftId },
  'drafts.versions': { draftId: filled.draftId },
  'drafts.version': { draftId: filled.draftId, versionId: filled.versionId },
  'drafts.origin': { draftId: filled.draftId },
  'drafts.putDown': { draftId: filled.draftId },
  'drafts.unexpectedEnd': {},
  'drafts.endSeen': {},
  'photos.open': { photoId: filled.photoId },
  'letters.outbox': {},
  'letters.sent': {},
  'letters.open': { letterId: filled.letterId },
  'letters.late': {},
  'inbox.list': {},
  'inbox.open': { messageId: filled.messageId },
  'prints.options': {},
  'imports.list': {},
  'imports.open': { messageId: filled.olderId },
  'jobs.current': {},
  'thread.page': { contactId: filled.contactId, before: null, downTo: null },
  'marks.of': { kind: 'letter', id: filled.letterId },
  'prayers.list': {},
  'returned.list': {},
  'returned.open': { letterId: filled.rejectedId },
  'appeals.open': { letterId: filled.rejectedId },
  'figures.show': { from: november, to: november + 1 },
  'backups.view': {},
  'backups.rehearse': {},
  'restore.view': {},
  'archive.page': { box: 'sent' },
  'archive.months': { box: 'sent' },
  'archive.search': { box: 'both', query: 'dear', filters: {} },
  'archive.saved': {},
  'sync.status': {},
  'post.list': {},
  'practice.state': {},
  'surroundings.state': {},
  'surroundings.putAway': { what: 'place' },
  'surroundings.report': {}
})
it('every command that looks is answered, every other is refused before it begins, and no byte changes', async () => {
  const filled = await fill()
  const before = await openReadOnly()
  for (const [name, question] of Object.entries(questions(filled)) as [CoreCommandName, never][]) {
    expect(await desk.call(name, question), name).toMatchObject({ ok: true })
  }
  const refused = coreCommands.filter((name) => !isReading(name))
  expect(refused.length, 'there is something to refuse').toBeGreaterThan(60)
  for (const name of refused) expect(await desk.inside(name, {} as CommandInput<CoreCommandName>), name).toMatchObject({ ok: false, code: 'READ_ONLY' })

  await desk.must('desk.stay', {})
  await desk.must('desk.lock', {})
  await desk.must('desk.unlock', { passcode: '4827' })
  await desk.must('desk.handOver', {})
  await desk.must('accounts.signIn', { email: 'maria@parish.org', password })
  await desk.must('accounts.signOut', {})
  expect(desk.bugs).toEqual([])
  await desk.end()
  expect(snapshot(profileDir())).toEqual(before)
})

it('letters, figures and the page to print go into files beside it, with the words that were kept', async () => {
  const filled = await fill()
  const before = await openReadOnly()
  expect(await desk.must('archive.search', { box: 'sent', query: 'chapel', filters: { photos: true } })).toMatchObject({ count: { entries: 1 }, items: [{ letter: { letterId: filled.letterId, photoCount: 1 } }] })
  expect(await desk.must('letters.open', { letterId: filled.letterId })).toMatchObject({ body: 'Dear Daniel, the chapel at dusk.', photos: [{ photoId: filled.photoId }] })
  expect((await desk.must('photos.open', { photoId: filled.photoId })).data).toBe(pngPhoto().toString('base64'))
  expect((await desk.must('thread.page', { contactId: filled.contactId, before: null, downTo: null })).entries.length).toBeGreaterThan(8)
  expect((await desk.must('returned.list', {})).items).toMatchObject([{ letterId: filled.rejectedId }])
  expect(await desk.must('appeals.open', { letterId: filled.rejectedId })).toMatchObject({ text: 'It was a joke.' })

  const saved = async (name: string, start: (placeId: string) => Promise<JobView>): Promise<string> => {
    const path = inFolder(name)
    expect(await desk.ended(await start(desk.choose(path))), name).toMatchObject({ state: 'done' })
    return readFileSync(path, 'utf8')
  }
  expect(await saved('letters.txt', (placeId) => desk.must('exports.start', { placeId, format: 'txt', selection: {} }))).toContain('the chapel at dusk.')
  expect(await saved('figures.csv', (placeId) => desk.must('figures.save', { placeId, from: november, to: november + 1, table: 'months' }))).toContain('2026-11')
  const one = { items: [{ kind: 'letter' as const, id: filled.letterId }] }
  expect(await saved('letter.pdf', (placeId) => desk.must('prints.start', { placeId, kind: 'letters', selection: one, textSize: '14', withAddress: false }))).toBe('%PDF-1.7')
  expect(await desk.call('jobs.cancel', { jobId: 'none' })).toMatchObject({ ok: false, code: 'NOT_FOUND' })

  expect(desk.bugs).toEqual([])
  await desk.end()
  expect(snapshot(profileDir())).toEqual(before)
})
