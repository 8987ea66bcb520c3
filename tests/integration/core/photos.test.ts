/** A letter with photos from the draft to the person: real SQLite, the real service behind its port. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Draft, Letter } from '@contract/views'
import { photoLimits } from '@rules/photo'
import { openTestDesk, readyToWrite, sendDraft, signInAs, signUp, stampsFree, writeDraft, type TestDesk } from '../../support/core'
import { addPhoto, fixturePhoto, pngPhoto } from '../../support/photos'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const draftTo = async (body = 'Dear Daniel,\n\nhere is our chapel.'): Promise<Draft> => writeDraft(desk, (await readyToWrite(desk)).contactId, body)
const add = async (draftId: string, bytes: Uint8Array, name = 'a.jpg') => desk.call('photos.add', { draftId, name, data: Buffer.from(bytes).toString('base64') })
const whyNot = async (draftId: string, bytes: Uint8Array): Promise<unknown> => {
  const answer = await add(draftId, bytes)
  return answer.ok ? 'added' : answer.code === 'PHOTO_NOT_ADDED' ? answer.params?.['why'] : answer.code
}
const stateOf = async (letterId: string): Promise<Letter> => desk.must('letters.open', { letterId })

it('goes with its letter: priced, confirmed, sent, held, delivered, kept', async () => {
  const draft = await draftTo()
  const [first, second] = [fixturePhoto('chapel.jpg'), pngPhoto(5)]
  await addPhoto(desk, draft.draftId, first, 'Chapel at Easter.JPG')
  expect(await addPhoto(desk, draft.draftId, second, 'candle.png')).toMatchObject([
    { photoId: hash(first), name: 'Chapel at Easter', type: 'jpeg', width: 640, height: 480, bytes: first.length },
    { photoId: hash(second), name: 'candle', type: 'png', width: 8, height: 8 }
  ])
  const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  expect(quote.stamps).toBe(3)
  const letter = await desk.must('letters.send', { ticket: quote.ticket })
  expect(letter.photos.map(({ name }) => name)).toEqual(['Chapel at Easter', 'candle'])
  await desk.work(60_000)
  expect(await stampsFree(desk)).toBe(17)
  await desk.must('practice.fastForward', { hours: 24 * 8 })
  const there = await stateOf(letter.letterId)
  expect(there.history).toContainEqual(expect.objectContaining({ state: 'held', reason: 'photos' }))
  expect(['delivered', 'replied']).toContain(there.state)
  expect(there.photoCount).toBe(2)
  const opened = await desk.must('photos.open', { photoId: hash(first) })
  expect(opened.type).toBe('jpeg')
  expect(Buffer.from(opened.data, 'base64').equals(first)).toBe(true)
  const found = await desk.must('archive.search', { box: 'sent', query: '', filters: { photos: true } })
  expect(found.items).toMatchObject([{ kind: 'letter', letter: { letterId: letter.letterId, photoCount: 2 } }])
})

it('what was confirmed is what is on disk: a photo added or removed after the question is asked about again', async () => {
  const draft = await draftTo()
  await addPhoto(desk, draft.draftId, pngPhoto(1))
  const ask = async (): Promise<string> => (await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })).ticket
  const before = await ask()
  const [one] = await addPhoto(desk, draft.draftId, pngPhoto(2))
  expect(await desk.call('letters.send', { ticket: before })).toMatchObject({ ok: false, code: 'PRICE_CHANGED' })
  const between = await ask()
  await desk.must('photos.remove', { draftId: draft.draftId, photoId: one?.photoId ?? '' })
  await addPhoto(desk, draft.draftId, pngPhoto(3))
  // As many stamps as before, for another photo.
  expect(await desk.call('letters.send', { ticket: between })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
  expect((await desk.must('letters.send', { ticket: await ask() })).photos.map(({ photoId }) => photoId)).toEqual([hash(pngPhoto(2)), hash(pngPhoto(3))])
})

it('takes what a window made ready, and nothing else', async () => {
  const draft = await draftTo()
  const { draftId } = draft
  const chapel = fixturePhoto('chapel.jpg')
  expect(await whyNot(draftId, Buffer.alloc(0))).toBe('empty')
  expect(await whyNot(draftId, Buffer.from('MZ\u0090 a program'))).toBe('notPhoto')
  expect(await whyNot(draftId, chapel.subarray(0, 2_000))).toBe('cut')
  // Still has what the camera wrote into it.
  expect(await whyNot(draftId, fixturePhoto('chapel-from-a-phone.jpg'))).toBe('notPhoto')
  expect(await whyNot(draftId, Buffer.concat([chapel, Buffer.from('PK\u0003\u0004')]))).toBe('notPhoto')
  expect(await whyNot(draftId, pngPhoto(1, 2, [['gAMA', Buffer.alloc(photoLimits.keptBytes)]]))).toBe('tooLarge')
  expect(await whyNot(draftId, pngPhoto(1))).toBe('added')
  expect(await whyNot(draftId, pngPhoto(1))).toBe('twice')
  for (const shade of [2, 3, 4, 5]) expect(await whyNot(draftId, pngPhoto(shade))).toBe('added')
  expect(await whyNot(draftId, pngPhoto(6))).toBe('tooMany')
  expect((await desk.must('drafts.open', { draftId })).photos).toHaveLength(5)
  expect(await add('nowhere', pngPhoto(1))).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  expect(await desk.call('photos.remove', { draftId, photoId: hash(pngPhoto(6)) })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  expect(await desk.call('photos.open', { photoId: hash(pngPhoto(6)) })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
})

it('a photo that no letter and no draft has any more is not kept; one of a letter is, for ever', async () => {
  const draft = await draftTo()
  await addPhoto(desk, draft.draftId, pngPhoto(1))
  await addPhoto(desk, draft.draftId, pngPhoto(2))
  await desk.must('photos.remove', { draftId: draft.draftId, photoId: hash(pngPhoto(2)) })
  expect(await desk.call('photos.open', { photoId: hash(pngPhoto(2)) })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  const letter = await sendDraft(desk, await desk.must('drafts.open', { draftId: draft.draftId }))
  expect(await add(draft.draftId, pngPhoto(3))).toMatchObject({ ok: false, code: 'DRAFT_CLOSED' })
  expect(await desk.call('photos.remove', { draftId: draft.draftId, photoId: hash(pngPhoto(1)) })).toMatchObject({ ok: false, code: 'DRAFT_CLOSED' })
  await desk.restart()
  await signInAs(desk)
  expect((await stateOf(letter.letterId)).photos).toHaveLength(1)
})

it('stays with the words: in the copy of a conflict, in a letter taken back, after a discard that was undone', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  await addPhoto(desk, draft.draftId, pngPhoto(1))
  const stale = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'From another window' } })
  if (stale.outcome !== 'conflict') throw new Error(`no conflict: ${stale.outcome}`)
  expect([stale.copy.photos.length, stale.current.photos.length]).toEqual([1, 1])
  await desk.must('drafts.discard', { draftId: draft.draftId })
  expect((await desk.must('drafts.undoDiscard', { draftId: draft.draftId })).photos).toHaveLength(1)
  await desk.must('practice.set', { offline: true })
  const letter = await sendDraft(desk, await desk.must('drafts.open', { draftId: draft.draftId }))
  expect((await desk.must('letters.cancel', { letterId: letter.letterId })).photos).toHaveLength(1)
})

it('a facility that takes none, or fewer, says so before anything is asked', async () => {
  const draft = await draftTo()
  await addPhoto(desk, draft.draftId, pngPhoto(1))
  await addPhoto(desk, draft.draftId, pngPhoto(2))
  const problemAt = async (facilityId: string, number: string) => {
    const contact = await desk.must('contacts.add', { facilityId, number })
    const present = await desk.must('drafts.open', { draftId: draft.draftId })
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: present.revision, patch: { contactId: contact.contactId } })
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    const answer = await desk.call('letters.quote', { draftId: draft.draftId, revision: saved.draft.revision })
    return answer.ok ? answer.value : answer.problems?.['photos']
  }
  expect(await problemAt('north-reception', '04-A-4482')).toEqual({ code: 'PHOTOS_NOT_TAKEN', params: { over: 2 } })
  const dismas = await desk.must('directory.search', { query: 'ma', state: 'FL', facilityId: 'st-dismas-womens' })
  const active = dismas.items.find(({ status }) => status === 'active')
  expect(await problemAt('st-dismas-womens', active?.number ?? '')).toEqual({ code: 'PHOTOS_TOO_MANY', params: { limit: 1, over: 1 } })
})

it('of a refused letter goes into the one that is sent instead', async () => {
  const draft = await draftTo('Dear Daniel, they say somebody wants to smuggle a hacksaw in.')
  await addPhoto(desk, draft.draftId, pngPhoto(1), 'garden.png')
  const letter = await sendDraft(desk, await desk.must('drafts.open', { draftId: draft.draftId }))
  await desk.work(60_000)
  await desk.must('practice.fastForward', { hours: 24 * 8 })
  expect((await stateOf(letter.letterId)).state).toBe('rejected')
  const again = await desk.must('returned.resend', { letterId: letter.letterId })
  expect(again.photos.map(({ name }) => name)).toEqual(['garden'])
})

it('is nobody else\'s: another volunteer at this PC does not find it', async () => {
  const draft = await draftTo()
  await addPhoto(desk, draft.draftId, pngPhoto(1))
  await desk.must('accounts.signOut', {})
  expect(await desk.call('photos.open', { photoId: hash(pngPhoto(1)) })).toMatchObject({ ok: false, code: 'SIGNED_OUT' })
  await signUp(desk, 'other@parish.org')
  expect(await desk.call('photos.open', { photoId: hash(pngPhoto(1)) })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  expect(await add(draft.draftId, pngPhoto(2))).toMatchObject({ ok: false, code: 'NOT_FOUND' })
})
