/** Lists and search as a window asks for them: from the letters of the real main job, through the commands. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CommandCall } from '../../../src-main/contract/commands'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { addPhoto, pngPhoto } from '../../support/photos'
import { tamper } from '../../support/sealed-mailbox'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

it('a letter is in the list and found by its words as soon as the service has it, with its state', async () => {
  const contact = await readyToWrite(desk)
  for (const body of ['Dear Daniel, the psalm for you.', 'Dear Daniel, about José and the garden.', 'Dear Daniel, for the psalm, thank you.']) {
    await sendDraft(desk, await writeDraft(desk, contact.contactId, body))
    await desk.work(60_000)
  }
  await desk.must('sync.now', {})
  const page = await desk.must('archive.page', { box: 'sent' })
  expect([page.total, page.items.length]).toEqual([3, 3])
  const months = await desk.must('archive.months', { box: 'sent' })
  expect(months.reduce((sum, { entries }) => sum + entries, 0)).toBe(3)

  const search = async (query: string, filters = {}) => desk.must('archive.search', { box: 'sent', query, filters })
  const counts = async (query: string, filters = {}) => (await search(query, filters)).count
  expect(await counts('psal')).toEqual({ entries: 2, more: false })
  expect(await counts('"the psalm for"')).toEqual({ entries: 1, more: false })
  expect(await counts('psalm -thank')).toEqual({ entries: 1, more: false })
  expect(await counts('JOSE')).toEqual({ entries: 1, more: false })
  expect(await counts('', { contactIds: [contact.contactId] })).toEqual({ entries: 3, more: false })
  expect(await counts('', { places: ['CA'] })).toEqual({ entries: 0, more: false })
  expect(await counts('reyes', { facilityIds: ['cedar-state'], places: ['TX'], stamps: 'one' })).toEqual({ entries: 3, more: false })
  expect(await counts('psalm', { stamps: 'free' })).toEqual({ entries: 0, more: false })
  expect((await search('garden')).items).toMatchObject([{ kind: 'letter', letter: { contactName: contact.name, excerpt: expect.stringContaining('garden') as string } }])

  const first = await desk.must('archive.search', { box: 'both', query: 'dear', filters: {}, limit: 2 })
  const rest = await desk.must('archive.search', { box: 'both', query: 'dear', filters: {}, limit: 2, after: first.next })
  expect([...first.items, ...rest.items].map(({ entryId }) => entryId)).toEqual(page.items.map(({ entryId }) => entryId))
  expect(rest.next).toBeNull()
  expect(desk.bugs).toEqual([])
})

it('a search is kept by name, renamed and deleted; a name is owed', async () => {
  await readyToWrite(desk)
  const filters = { states: ['rejected' as const], unread: false }
  expect(await desk.call('archive.saveSearch', { name: '  ', query: 'psalm', filters })).toMatchObject({ ok: false, code: 'INVALID', problems: { name: { code: 'REQUIRED' } } })
  const [saved] = await desk.must('archive.saveSearch', { name: ' Psalms ', query: 'psalm', filters })
  expect(saved).toMatchObject({ name: 'Psalms', query: 'psalm', filters: { states: ['rejected'], contactIds: [] } })
  const searchId = saved?.searchId ?? ''
  expect(await desk.must('archive.renameSearch', { searchId, name: 'Songs' })).toMatchObject([{ name: 'Songs' }])
  expect(await desk.must('archive.deleteSearch', { searchId })).toEqual([])
  expect(await desk.call('archive.deleteSearch', { searchId })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
})

it('people are found by their names and by the note about them, which says so', async () => {
  const contact = await readyToWrite(desk)
  await desk.must('marks.saveNote', { kind: 'contact', id: contact.contactId, baseRevision: 0, text: 'Likes chess. His grandmother José calls on Sundays.' })
  const people = async (query: string, filters = {}) => (await desk.must('archive.search', { box: 'sent', query, filters })).people
  expect(await people('grandmo')).toMatchObject([{ contactId: contact.contactId, name: contact.name, firstName: 'Daniel', noteExcerpt: expect.stringContaining('grandmother') as string }])
  expect(await people('"grandmother jose"')).toHaveLength(1)
  expect(await people('"jose grandmother"'), 'a phrase is read, not only its words').toEqual([])
  expect(await people('reyes')).toMatchObject([{ contactId: contact.contactId, noteExcerpt: null }])
  expect(await people('reyes -chess')).toEqual([])
  expect(await people('reyes', { contactIds: ['somebody-else'] })).toEqual([])
  await desk.must('marks.saveNote', { kind: 'contact', id: contact.contactId, baseRevision: 1, text: 'Likes chess and draughts, and his grandmother calls on Sundays.' })
  expect([(await people('draughts')).length, (await people('jose')).length]).toEqual([1, 0])
  expect(desk.bugs).toEqual([])
})

it('letters with photos, and who wrote what, are asked for in either list', async () => {
  const contact = await readyToWrite(desk)
  const withPhoto = await writeDraft(desk, contact.contactId, 'Dear Daniel, here is our chapel.')
  await addPhoto(desk, withPhoto.draftId, pngPhoto(1))
  await addPhoto(desk, withPhoto.draftId, pngPhoto(2), 'candle.png')
  const sent = await sendDraft(desk, await desk.must('drafts.open', { draftId: withPhoto.draftId }))
  for (let letter = 1; letter <= 6; letter += 1) await sendDraft(desk, await writeDraft(desk, contact.contactId, `Dear Daniel, number ${letter}.`))
  await desk.must('sync.now', {})
  await desk.must('practice.fastForward', { hours: 24 * 14 })
  const answers = (await desk.must('inbox.list', {})).total
  expect(answers, 'somebody answered, or this says nothing').toBeGreaterThan(0)

  const search = async (box: 'sent' | 'inbox', filters: CommandCall<'archive.search'>['filters'], query = '') => {
    const { items, count } = await desk.must('archive.search', { box, query, filters })
    expect(count?.entries).toBe(items.length)
    return items
  }
  const kinds = async (box: 'sent' | 'inbox', filters: CommandCall<'archive.search'>['filters'], query = ''): Promise<Record<string, number>> => {
    const rows = await search(box, filters, query)
    return { letters: rows.filter(({ kind }) => kind === 'letter').length, answers: rows.filter(({ kind }) => kind === 'reply').length }
  }
  expect(await search('sent', { photos: true })).toMatchObject([{ kind: 'letter', letter: { letterId: sent.letterId, photoCount: 2 } }])
  expect(await kinds('inbox', { photos: true })).toEqual({ letters: 0, answers: 0 })
  expect(await kinds('inbox', { photos: true, writtenBy: 'either' }, 'chapel')).toEqual({ letters: 1, answers: 0 })
  expect(await kinds('sent', {})).toEqual({ letters: 7, answers: 0 })
  expect(await kinds('sent', { writtenBy: 'me' })).toEqual({ letters: 7, answers: 0 })
  expect(await kinds('sent', { writtenBy: 'either' })).toEqual({ letters: 7, answers })
  expect(await kinds('sent', { writtenBy: 'them' })).toEqual({ letters: 0, answers })
  expect(await kinds('inbox', { writtenBy: 'me' })).toEqual({ letters: 7, answers: 0 })
  expect(await kinds('inbox', { writtenBy: 'either', contactIds: ['somebody-else'] })).toEqual({ letters: 0, answers: 0 })

  const mixed = await search('sent', { writtenBy: 'either' })
  const items = mixed.map((row) => (row.kind === 'letter' ? { kind: row.kind, id: row.letter.letterId } : { kind: 'reply' as const, id: row.kind === 'reply' ? row.message.messageId : '' }))
  await desk.must('marks.flagSeveral', { items, on: true })
  expect(await kinds('sent', { writtenBy: 'either', flagged: true }), 'marks of a mixed choice reach letters and answers').toEqual({ letters: 7, answers })
  await desk.must('marks.archiveSeveral', { items, on: true })
  expect(await kinds('sent', { writtenBy: 'either' })).toEqual({ letters: 0, answers: 0 })
  expect(await kinds('sent', { writtenBy: 'either', putAway: true })).toEqual({ letters: 7, answers })
  expect(desk.bugs).toEqual([])
})

it('a search kept before a filter was there is given whole, as one that narrows nothing by it', async () => {
  await readyToWrite(desk)
  await desk.must('archive.saveSearch', { name: 'Psalms', query: 'psalm', filters: { flagged: true } })
  await desk.restart(() => tamper(desk.profileDir, `UPDATE saved_search SET filters = json_remove(filters, '$.photos', '$.writtenBy')`))
  await signInAs(desk)
  const [kept] = await desk.must('archive.saved', {})
  expect(kept).toMatchObject({ name: 'Psalms', filters: { flagged: true, photos: false, writtenBy: null } })
  expect(await desk.call('archive.search', { box: 'sent', query: '', filters: { ...kept?.filters } as CommandCall<'archive.search'>['filters'] }), 'as it is given, it can be asked again').toMatchObject({ ok: true })
})
