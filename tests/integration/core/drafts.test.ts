import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, readyToWrite, sendDraft, signUp, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

test('a stale save never overwrites: both texts are kept', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'written in window one' } })
  const conflict = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'written in window two' } })
  expect(conflict.outcome).toBe('conflict')
  const drafts = await desk.must('drafts.list', {})
  expect(drafts.map((one) => one.excerpt).sort()).toEqual(['written in window one', 'written in window two'])
  expect(drafts.filter((one) => one.copyOf === draft.draftId)).toHaveLength(1)
})

test('an empty text never replaces a written one unasked, and the written one stays in the history when it was asked', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'Dear Daniel' } })
  if (saved.outcome !== 'saved') throw new Error(saved.outcome)
  const empty = { draftId: draft.draftId, baseRevision: saved.draft.revision, patch: { body: '' } }
  expect((await desk.must('drafts.save', empty)).outcome).toBe('emptyRefused')
  expect((await desk.must('drafts.open', { draftId: draft.draftId })).body).toBe('Dear Daniel')
  expect((await desk.must('drafts.save', { ...empty, allowEmpty: true })).outcome).toBe('saved')
  expect((await desk.must('drafts.revisions', { draftId: draft.draftId })).map((one) => one.body)).toEqual(['Dear Daniel'])
})

test('earlier versions: one for each minute of writing, and one before a text that shrank by half', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  let revision = 0
  const save = async (body: string): Promise<void> => {
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch: { body } })
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    revision = saved.draft.revision
  }
  await save('one')
  await save('one two')
  await desk.work(61_000)
  await save('one two three and some more words')
  await save('one')
  const bodies = (await desk.must('drafts.revisions', { draftId: draft.draftId })).map((one) => one.body)
  expect(bodies).toEqual(['one', 'one two three and some more words', 'one two'])
})

test('an earlier version that is brought back keeps what it replaces, however young that is', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'the newest words' } })
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 1, patch: { body: 'words of yesterday, and more' }, keepEarlier: true })
  expect((await desk.must('drafts.revisions', { draftId: draft.draftId })).map((one) => one.body)).toEqual([
    'words of yesterday, and more',
    'the newest words'
  ])
})

test('a discarded draft can be brought back; a sent one cannot be changed', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  await desk.must('drafts.discard', { draftId: draft.draftId })
  expect(await desk.must('drafts.list', {})).toEqual([])
  expect((await desk.must('drafts.undoDiscard', { draftId: draft.draftId })).body).toBe('Dear Daniel')
  await sendDraft(desk, draft)
  expect(await desk.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'x' } })).toMatchObject({
    ok: false,
    code: 'DRAFT_CLOSED'
  })
})

test('twenty thousand characters in Spanish with emoji, quotes and line breaks arrive unchanged; one more is refused with the count', async () => {
  const contact = await readyToWrite(desk)
  const piece = '“¿Cómo estás, José?” — dijo la niña…\n\tMañana será otro día. 👩‍👩‍👧‍👦🕊️ \'simple\' "doble"\n'
  const characters = [...piece.repeat(400)].slice(0, 20_000)
  const body = characters.join('').replace(/\s$/u, 'x')
  expect([...body]).toHaveLength(20_000)
  const letter = await sendDraft(desk, await writeDraft(desk, contact.contactId, body, 'Una carta — “larga”'))
  await desk.must('sync.now', {})
  const sent = await desk.must('letters.open', { letterId: letter.letterId })
  expect(sent.body).toBe(body)
  expect(sent.stamps).toBe(4)
  expect(sent.receiptNumber).not.toBeNull()
  const over = await writeDraft(desk, contact.contactId, `${body}!`)
  expect(await desk.call('letters.quote', { draftId: over.draftId, revision: over.revision })).toMatchObject({
    ok: false,
    code: 'INVALID',
    problems: { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 1 } } }
  })
})
