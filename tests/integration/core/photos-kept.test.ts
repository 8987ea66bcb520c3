/** Nothing of a photo is lost, and none goes that is not the one that was confirmed: copies, damage, and what is found when somebody changed the file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contact, Letter } from '@contract/views'
import { diskFiles } from '../../../src-main/storage/files'
import { useKey } from '../../../src-main/storage/open'
import { openTestDesk, readyToWrite, sendDraft, signInAs, stampsFree, writeDraft, type TestDesk } from '../../support/core'
import { addPhoto, fixturePhoto, pngPhoto } from '../../support/photos'
import { keyOfMailbox, tamper } from '../../support/sealed-mailbox'

let desk: TestDesk
let contact: Contact
beforeEach(async () => {
  desk = await openTestDesk()
  contact = await readyToWrite(desk)
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const chapel = fixturePhoto('chapel.jpg')
const candle = fixturePhoto('candle.png')
const pageBytes = 4096

const withPhoto = async (body: string, photo: Uint8Array, name: string): Promise<Letter> => {
  const draft = await writeDraft(desk, contact.contactId, body, body)
  await addPhoto(desk, draft.draftId, photo, name)
  return sendDraft(desk, draft)
}
const opened = async (photoId: string | undefined): Promise<Buffer | string> => {
  const photo = await desk.call('photos.open', { photoId: photoId ?? '' })
  return photo.ok ? Buffer.from(photo.value.data, 'base64') : photo.code
}
const photosOf = async ({ letterId }: { readonly letterId: string }) => (await desk.must('letters.open', { letterId })).photos

/** The pages that hold the bytes of this photo and nothing else. */
const pagesOfPhoto = async (photo: Uint8Array): Promise<readonly number[]> => {
  const { file, key } = await keyOfMailbox(desk.profileDir)
  const connection = diskFiles.openDatabase(file)
  useKey(connection, key)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  const pages = connection
    .prepare(`SELECT path, pageno FROM dbstat WHERE name = 'photo' AND pagetype = 'overflow' ORDER BY path`)
    .all() as { path: string; pageno: number }[]
  connection.close()
  // The overflow pages of one cell have its path before the plus sign; there are as many as the bytes of its photo need.
  const cells = [...new Set(pages.map(({ path }) => path.split('+')[0]))].map((cell) => pages.filter(({ path }) => path.split('+')[0] === cell))
  const own = cells.filter((cell) => Math.abs(cell.length - Math.floor(photo.length / pageBytes)) <= 1)
  if (own.length !== 1) throw new Error('the photo cannot be told from others by its size')
  return (own[0] ?? []).map(({ pageno }) => pageno)
}
const spoilPhoto = async (photo: Uint8Array): Promise<void> => {
  const [page = 0] = await pagesOfPhoto(photo)
  const { file } = await keyOfMailbox(desk.profileDir)
  const bytes = readFileSync(file)
  bytes[page * pageBytes - 2_000] = (bytes[page * pageBytes - 2_000] ?? 0) ^ 4
  writeFileSync(file, bytes)
}

describe('a copy', () => {
  it('holds photos of letters and drafts; after going back each is there, whole, and nothing goes twice', async () => {
    const sent = await withPhoto('sent', chapel, 'chapel.jpg')
    await desk.must('practice.set', { offline: true })
    const waits = await withPhoto('waits', candle, 'candle.png')
    const draft = await writeDraft(desk, contact.contactId, 'a draft', 'a draft')
    const [inDraft] = await addPhoto(desk, draft.draftId, pngPhoto(7), 'seven.png')
    await desk.must('backups.make', {})
    await desk.must('photos.remove', { draftId: draft.draftId, photoId: inDraft?.photoId ?? '' })
    expect(await opened(inDraft?.photoId)).toBe('NOT_FOUND')
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    const free = await stampsFree(desk)

    const { copies } = await desk.must('restore.view', {})
    await desk.must('restore.from', { copyId: copies[0]?.copyId ?? '' })
    expect(await opened((await photosOf(sent))[0]?.photoId)).toEqual(chapel)
    expect(await opened(inDraft?.photoId)).toEqual(pngPhoto(7))
    expect((await desk.must('drafts.open', { draftId: draft.draftId })).photos).toMatchObject([{ name: 'seven' }])
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    expect(await opened((await photosOf(waits))[0]?.photoId)).toEqual(candle)
    expect(await stampsFree(desk)).toBe(free)
  })
})

describe('the bytes of a photo in a damaged file', () => {
  it('are missed as soon as somebody looks; without any copy the letter comes back as sent, with its words, and only the photo is lost', async () => {
    const sent = await withPhoto('with the chapel', chapel, 'chapel.jpg')
    const other = await withPhoto('with the candle', candle, 'candle.png')
    await desk.must('sync.now', {})
    const free = await stampsFree(desk)
    const [photo] = await photosOf(sent)
    await desk.restart(() => spoilPhoto(chapel))
    await signInAs(desk)
    expect(await desk.call('photos.open', { photoId: photo?.photoId ?? '' })).toMatchObject({ ok: false })
    for (let turn = 0; turn < 50 && (await desk.must('app.state', {})).session?.mailbox === 'open'; turn += 1) await desk.time.settle()
    expect(await desk.must('restore.view', {})).toMatchObject({ mailbox: 'damaged', canSalvage: true })
    const { salvaged } = await desk.must('restore.from', { copyId: 'damaged-file' })
    expect(salvaged).toMatchObject({ letters: 2, unsent: 0 })

    expect(await desk.must('letters.open', { letterId: sent.letterId })).toMatchObject({ body: 'with the chapel', receiptNumber: expect.stringMatching(/./u) as string })
    expect(await photosOf(sent)).toMatchObject([{ name: 'chapel', photoId: photo?.photoId, bytes: 0 }])
    expect(await opened(photo?.photoId)).toBe('PHOTO_LOST')
    expect(await opened((await photosOf(other))[0]?.photoId)).toEqual(candle)
    expect(await desk.must('letters.outbox', {})).toEqual([])
    await desk.must('sync.now', {})
    expect(await stampsFree(desk)).toBe(free)

    // Sending goes on, through the look at everything and the next start; the photo, put into another letter, is whole in both.
    await desk.work(60_000)
    await withPhoto('once more', chapel, 'chapel.jpg')
    await desk.restart()
    await signInAs(desk)
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    expect(await opened((await photosOf(sent))[0]?.photoId)).toEqual(chapel)
  })

  it('of a letter that waits: nothing goes out of such a mailbox; with the copy it goes whole and once, and so do others', async () => {
    await desk.must('practice.set', { offline: true })
    const waits = await withPhoto('waits with the chapel', chapel, 'chapel.jpg')
    await desk.must('backups.make', {})
    await desk.restart(() => spoilPhoto(chapel))
    await signInAs(desk)
    await desk.must('practice.set', { offline: false })
    await desk.call('sync.now', {})
    for (let turn = 0; turn < 50 && (await desk.must('app.state', {})).session?.mailbox === 'open'; turn += 1) await desk.time.settle()
    const view = await desk.must('restore.view', {})
    expect(view).toMatchObject({ mailbox: 'damaged', canSalvage: true })
    await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
    await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Another one.'))
    await desk.work(120_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    expect((await desk.must('letters.sent', { pageSize: 10 })).total).toBe(2)
    expect(await opened((await photosOf(waits))[0]?.photoId)).toEqual(chapel)
  })
})

describe('a photo other than the confirmed one', () => {
  const changed = `UPDATE photo SET bytes = CAST(bytes || x'00' AS BLOB)`
  const back = `UPDATE photo SET bytes = substr(bytes, 1, length(bytes) - 1)`
  const missing = `DELETE FROM photo`

  it('does not go: sending stops and says so, and what is put right goes', async () => {
    await desk.must('practice.set', { offline: true })
    await withPhoto('waits', candle, 'candle.png')
    await desk.restart(() => tamper(desk.profileDir, changed))
    await desk.must('practice.set', { offline: false })
    await signInAs(desk)
    await desk.must('sync.now', {})
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: true, waiting: 1 })
    const { items } = await desk.must('account.activity', { kind: 'letters', page: 0, pageSize: 50 })
    expect(items.find(({ event }) => event === 'sendingStopped')?.details).toMatchObject({ rule: 'I10' })
    await desk.restart(() => tamper(desk.profileDir, back))
    await signInAs(desk)
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
  })

  it.each([
    ['other bytes', changed],
    ['no row', missing]
  ])('is found in a sent letter by the look at everything: %s', async (_what, sql) => {
    await withPhoto('sent', candle, 'candle.png')
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    await desk.restart(() => tamper(desk.profileDir, `${sql}; DELETE FROM meta WHERE name IN ('verifiedPoint', 'verifiedAllAt')`))
    await signInAs(desk)
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: true })
    const { items } = await desk.must('account.activity', { kind: 'letters', page: 0, pageSize: 50 })
    expect(items.find(({ event }) => event === 'sendingStopped')?.details).toMatchObject({ rule: 'I10' })
  })
})
