/** Photos on their way out into files and back: byte for byte, bounded, and gone with the import they came with. */
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ExportFormat } from '@contract/exchange'
import type { Sheet } from '@contract/paper'
import type { Photo } from '@contract/photos'
import type { ArchiveRow } from '@contract/views'
import type { FoundBatch } from '../../../src-main/exchange/found'
import { photoLimits } from '../../../src-main/rules/photo'
import { diskFiles } from '../../../src-main/storage/files'
import { useKey } from '../../../src-main/storage/open'
import { readyToWrite, sendDraft, signUp, writeDraft, type TestDesk } from '../../support/core'
import { desksAndFiles } from '../../support/desks-and-files'
import { lookThrough, saveLetters } from '../../support/imports'
import { inlineWorker } from '../../support/outside'
import { addPhoto, fixturePhoto, pngPhoto } from '../../support/photos'
import { keyOfMailbox } from '../../support/sealed-mailbox'

const { openDesk, inFolder } = desksAndFiles('photos')

const bytesOf = async (desk: TestDesk, photoId: string): Promise<Buffer> => Buffer.from((await desk.must('photos.open', { photoId })).data, 'base64')
/** The photos of the one letter there is, however it came here. */
const photosOf = async (desk: TestDesk): Promise<readonly Photo[]> => {
  const [row] = (await desk.must('archive.page', { box: 'sent' })).items as readonly ArchiveRow[]
  if (row?.kind === 'imported') return (await desk.must('imports.open', { messageId: row.imported.messageId })).photos
  const [letter] = (await desk.must('letters.sent', {})).items
  return (await desk.must('letters.open', { letterId: letter?.letterId ?? '' })).photos
}
const bringIn = async (desk: TestDesk, path: string): Promise<string> => {
  const preview = await lookThrough(desk, path)
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'done', done: preview.messages })
  return (await desk.must('imports.list', {}))[0]?.importId ?? ''
}
/** A letter with two photos that has gone. */
const sendWithPhotos = async (desk: TestDesk): Promise<void> => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel,\n\nFrom the chapel.\n', 'Our chapel')
  await addPhoto(desk, draft.draftId, fixturePhoto('chapel.jpg'), 'chapel.jpg')
  await addPhoto(desk, draft.draftId, fixturePhoto('candle.png'), 'José’s candle; "lit".png')
  await sendDraft(desk, await desk.must('drafts.open', { draftId: draft.draftId }))
  await desk.work(60_000)
}

const part = (name: string, bytes: Uint8Array, type = 'image/jpeg', how = 'attachment'): string =>
  `Content-Type: ${type}\r\nContent-Disposition: ${how}; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`
const email = (subject: string, ...parts: readonly string[]): string =>
  `From: Ana Pham <ana@example.org>\r\nTo: maria@parish.org\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${['Content-Type: text/plain\r\n\r\nDear Maria, peace.\r\n', ...parts].map((each) => `--b\r\n${each}`).join('')}--b--\r\n`
/** A photo larger than it looks: what is behind the picture of a PNG's chunks is skipped by everybody. */
const heavyPhoto = (shade: number, bytes: number): Buffer => pngPhoto(shade, 8, [['tEXt', Buffer.alloc(bytes, shade % 251)]])
const inMbox = (emails: readonly string[]): Buffer => Buffer.from(emails.map((text) => `From a@example.org Thu Jan  1 10:00:00 2026\n${text.replaceAll('\r\n', '\n')}\n`).join(''))

it.each(['eml', 'mbox'] as const satisfies readonly ExportFormat[])('%s: into another mailbox, byte for byte and under their names', async (format) => {
  const desk = await openDesk()
  await sendWithPhotos(desk)
  const path = await saveLetters(desk, format, inFolder(`letters.${format}`))
  expect(await lookThrough(desk, path), 'known again').toMatchObject({ messages: 0, alreadyHere: 1, photos: 0 })

  const other = await openDesk({}, { dice: 'another' })
  await signUp(other, 'joe@parish.org')
  expect(await lookThrough(other, path)).toMatchObject({ messages: 1, photos: 2, withAttachments: 0 })
  await bringIn(other, path)
  const before = await photosOf(desk)
  expect(before.map(({ name }) => name)).toEqual(['chapel', 'José’s candle; lit'])
  expect(await photosOf(other)).toEqual(before)
  for (const [index, file] of (['chapel.jpg', 'candle.png'] as const).entries()) expect((await bytesOf(other, before[index]?.photoId ?? '')).equals(fixturePhoto(file)), file).toBe(true)
  expect((await other.must('archive.page', { box: 'sent' })).items).toMatchObject([{ kind: 'imported', imported: { photoCount: 2 } }])
  expect((await other.must('archive.search', { box: 'both', query: 'chapel', filters: { photos: true } })).items).toHaveLength(1)
  expect(await lookThrough(other, path), 'a second time').toMatchObject({ messages: 0, alreadyHere: 1, photos: 0 })

  // And out of there once more: the same letter to the byte, but for whose it is.
  const once = await saveLetters(other, 'csv', inFolder('after.csv'))
  expect(await lookThrough(desk, once)).toMatchObject({ messages: 0, alreadyHere: 1 })
  expect([...desk.bugs, ...other.bugs]).toEqual([])
})

it('a table has no more than the names of photos, and says so when it is brought in', async () => {
  const desk = await openDesk()
  await sendWithPhotos(desk)
  const path = await saveLetters(desk, 'csv', inFolder('letters.csv'))
  const other = await openDesk({}, { dice: 'another' })
  await signUp(other, 'joe@parish.org')
  expect(await lookThrough(other, path)).toMatchObject({ messages: 1, photos: 0, withAttachments: 1, notReadable: 0 })
  writeFileSync(inFolder('theirs.csv'), 'Date,Person,Message,Photos\n2019-12-24,Ana Pham,Peace,none\n')
  expect(await lookThrough(other, inFolder('theirs.csv')), 'a stranger’s column').toMatchObject({ messages: 1, withAttachments: 0 })
})

it('of a stranger’s e-mail photos come as they are, once each and no more than are taken; all else is left out and counted', async () => {
  const desk = await openDesk()
  await signUp(desk)
  const many = Array.from({ length: photoLimits.perImported + 3 }, (_, n) => part(`${n}.png`, pngPhoto(n), 'image/png', 'inline'))
  const phone = fixturePhoto('chapel-from-a-phone.jpg')
  writeFileSync(
    inFolder('old.mbox'),
    inMbox([
      email('one', part('photo.jpg', phone), part('photo.jpg', phone), part('invoice.pdf', Buffer.from('%PDF-1.7'), 'application/pdf')),
      email('many', ...many),
      email('large', part('large.png', heavyPhoto(1, photoLimits.fileBytes))),
      email('none'),
      email('renamed', part('picture.gif', fixturePhoto('candle.png'), 'application/octet-stream'), part('..\\..\\CON.jpg', pngPhoto(77)))
    ])
  )
  const preview = await lookThrough(desk, inFolder('old.mbox'))
  expect(preview).toMatchObject({ messages: 5, photos: 1 + photoLimits.perImported + 2, withAttachments: 3, problems: [] })
  expect((await desk.must('archive.page', { box: 'inbox' })).total, 'nothing is saved by looking').toBe(0)
  await bringIn(desk, inFolder('old.mbox'))
  const bySubject = new Map<string, readonly Photo[]>()
  for (const row of (await desk.must('archive.page', { box: 'inbox' })).items)
    if (row.kind === 'imported') bySubject.set(row.imported.subject, (await desk.must('imports.open', { messageId: row.imported.messageId })).photos)
  expect(bySubject.get('one')).toMatchObject([{ name: 'photo', type: 'jpeg', bytes: phone.length }])
  expect((await bytesOf(desk, bySubject.get('one')?.[0]?.photoId ?? '')).equals(phone), 'not packed anew').toBe(true)
  expect(bySubject.get('many')?.map(({ name }) => name)).toEqual(Array.from({ length: photoLimits.perImported }, (_, n) => String(n)))
  expect(bySubject.get('renamed')).toMatchObject([{ name: 'picture', type: 'png' }, { name: expect.stringMatching(/^[^./\\]+$/) as string }])
  expect([bySubject.get('large'), bySubject.get('none')]).toEqual([[], []])
  expect(desk.bugs).toEqual([])
})

it('photos are handed over a little at a time, and go with their import, but for those of one’s own letters', async () => {
  const handed: number[] = []
  const desk = await openDesk({}, {
    outside: {
      runWorker: (task, input, limits, onBatch = async () => undefined) =>
        inlineWorker(task, input, limits, (batch) => {
          handed.push((batch as FoundBatch).found.flatMap(({ photos }) => photos).reduce((sum, { bytes }) => sum + bytes.length, 0))
          return onBatch(batch)
        })
    }
  })
  await sendWithPhotos(desk)
  const heavy = 600_000
  const emails = Array.from({ length: 60 }, (_, n) => email(`Letter ${n}`, part('photo.png', heavyPhoto(n, heavy), 'image/png'), part('chapel.jpg', fixturePhoto('chapel.jpg'))))
  writeFileSync(inFolder('old.mbox'), inMbox(emails))
  const importId = await bringIn(desk, inFolder('old.mbox'))
  expect(handed.length).toBeGreaterThan(2 * 10)
  expect(Math.max(...handed)).toBeLessThan(4_000_000)
  const removed = await desk.ended(await desk.must('imports.remove', { importId }))
  expect(removed).toMatchObject({ state: 'done', done: 60 })
  expect((await photosOf(desk)).map(({ name }) => name)).toEqual(['chapel', 'José’s candle; lit'])
  await desk.end()
  const { file, key } = await keyOfMailbox(desk.profileDir)
  const database = diskFiles.openDatabase(file)
  useKey(database, key)
  expect(database.prepare('SELECT (SELECT count(*) FROM photo), (SELECT count(*) FROM imported_photo), (SELECT count(*) FROM letter_photo)').raw().get()).toEqual([2, 0, 2])
  database.close()
  expect(desk.bugs).toEqual([])
})

it('onto paper: each photo under its letter, by its name, and its bytes with every printing of a year book', async () => {
  const printed: Sheet[] = []
  const desk = await openDesk({}, {
    outside: { paper: (sheet) => (printed.push(sheet), { ended: Promise.resolve(sheet.to === 'pdf' ? { outcome: 'pdf', bytes: Buffer.from('%PDF') } : { outcome: 'printed' }), stop: () => undefined }) }
  })
  await sendWithPhotos(desk)
  const photos = await photosOf(desk)
  const print = async (kind: 'letters' | 'yearBook'): Promise<readonly Sheet[]> => {
    printed.length = 0
    expect(await desk.ended(await desk.must('prints.start', { selection: {}, kind, placeId: null, textSize: '12', withAddress: false }))).toMatchObject({ state: 'done' })
    return printed
  }
  for (const [kind, printings] of [['letters', 1], ['yearBook', 2]] as const) {
    const sheets = await print(kind)
    expect(sheets).toHaveLength(printings)
    for (const { body, photos: shown } of sheets) {
      expect([...body.matchAll(/<img src="([^"]*)" alt="([^"]*)">/g)].map(([, address, name]) => [address, name])).toEqual(photos.map(({ photoId, name }) => [`./photos/${photoId}`, name]))
      expect([...shown].map(([address, { type, bytes }]) => [address, type, Buffer.from(bytes).equals(fixturePhoto(type === 'jpeg' ? 'chapel.jpg' : 'candle.png'))])).toEqual(photos.map(({ photoId, type }) => [`photos/${photoId}`, type, true]))
      expect(body.indexOf('<img')).toBeGreaterThan(body.indexOf('From the chapel.'))
    }
  }
  expect(desk.bugs).toEqual([])
})
