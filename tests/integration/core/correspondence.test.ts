/** Threads across transfers, marks and answers, through the whole core. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contact, InboxMessage, Letter } from '../../../src-main/contract/views'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'

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

const send = async (body: string, subject = 'A letter', to = contact.contactId): Promise<Letter> => {
  const letter = await sendDraft(desk, await writeDraft(desk, to, body, subject))
  await desk.must('sync.now', {})
  return letter
}
const pass = (hours: number): Promise<unknown> => desk.must('practice.fastForward', { hours })

/** Writes until somebody answers; whoever answers is said by the letter's key, so one of a few does. */
const firstAnswer = async (): Promise<InboxMessage> => {
  for (let letter = 1; letter <= 8; letter += 1) {
    await send(`Dear Daniel, this is letter ${letter}.`, `Letter ${letter}`)
    await pass(24 * 8)
    const [message] = (await desk.must('inbox.list', {})).items
    if (message !== undefined) return desk.must('inbox.open', { messageId: message.messageId })
  }
  throw new Error('nobody answered eight letters')
}
const open = (letterId: string): Promise<Letter> => desk.must('letters.open', { letterId })

describe('a thread', () => {
  it('has letters and answers in the order the service dated them, newest first, and pages without loss', async () => {
    const message = await firstAnswer()
    const answer = await desk.must('inbox.answer', { messageId: message.messageId })
    const saved = await desk.must('drafts.save', { draftId: answer.draftId, baseRevision: answer.revision, patch: { body: 'Thank you for your answer.' } })
    if (saved.outcome !== 'saved') throw new Error('not saved')
    const second = await sendDraft(desk, saved.draft)
    await desk.must('sync.now', {})

    const whole = await desk.must('thread.page', { contactId: contact.contactId, pageSize: 50 })
    const order = whole.entries.map((entry) => (entry.type === 'letter' ? entry.subject : entry.type === 'reply' ? 'reply' : 'moved'))
    // The PC's clock never moved while the service's leapt: by it the second letter would stand before the answer.
    expect(order[0]).toBe(second.subject)
    expect(order[1]).toBe('reply')
    expect(whole.entries[0]).toMatchObject({ type: 'letter', answers: message.messageId })
    expect(whole.entries[1]).toMatchObject({ type: 'reply', answeredBy: second.letterId })
    expect(whole.letters + whole.replies).toBe(whole.entries.length)

    const pages: string[] = []
    let before: (typeof whole)['next'] = null
    do {
      const page: typeof whole = await desk.must('thread.page', { contactId: contact.contactId, pageSize: 1, before })
      pages.push(...page.entries.map((entry) => (entry.type === 'letter' ? entry.letterId : entry.type === 'reply' ? entry.messageId : '')))
      before = page.next
    } while (before !== null)
    expect(pages).toEqual(whole.entries.map((entry) => (entry.type === 'letter' ? entry.letterId : entry.type === 'reply' ? entry.messageId : '')))
  })

  it('leaves out what was taken back, and shows one that waits last', async () => {
    await send('The first.', 'First')
    await desk.must('practice.set', { offline: true })
    await desk.call('sync.now', {})
    const taken = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Taken back.'))
    await desk.must('letters.cancel', { letterId: taken.letterId })
    const waits = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Waits.', 'Waits'))
    const page = await desk.must('thread.page', { contactId: contact.contactId })
    expect(page.entries.map((entry) => entry.type === 'letter' && entry.letterId)).toEqual([waits.letterId, expect.any(String)])
    expect(page.letters).toBe(2)
    expect(page.entries[0]).toMatchObject({ arrival: null, late: false })
    expect(page.entries[1]).toMatchObject({ arrival: { by: expect.any(Number) as number }, late: false })
  })

  it('goes on at another facility, with the day of the move between', async () => {
    const old = contact
    const first = await send('Dear Raymond, at Cedar.', 'At Cedar')
    const moved = await desk.must('contacts.moved', { contactId: old.contactId, facilityId: 'bay-state-prison', number: 'E004418' })
    expect(moved.facilityId).toBe('bay-state-prison')
    expect((await desk.must('contacts.list', {})).map(({ contactId }) => contactId)).toEqual([moved.contactId])
    for (const contactId of [old.contactId, moved.contactId]) {
      const page = await desk.must('thread.page', { contactId })
      expect(page.contact.contactId).toBe(moved.contactId)
      expect(page.addresses.map(({ facilityId }) => facilityId)).toEqual(['cedar-state', 'bay-state-prison'])
      expect(page.entries.map(({ type }) => type)).toEqual(['moved', 'letter'])
      expect(page.entries[1]).toMatchObject({ letterId: first.letterId, facilityName: 'Cedar State' })
    }
    expect(await desk.call('contacts.moved', { contactId: moved.contactId, facilityId: 'bay-state-prison', number: 'e 004418' })).toMatchObject({ ok: false, code: 'ALREADY_A_CONTACT' })
  })

  it('of nobody is not found', async () => {
    expect(await desk.call('thread.page', { contactId: 'none' })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })
})

describe('marks', () => {
  it('are put on many at once; what is not there any more is left out', async () => {
    const letters = [await send('Dear Daniel, one.'), await send('Dear Daniel, two.'), await send('Dear Daniel, three.')]
    const items = [...letters.slice(0, 2).map(({ letterId }) => ({ kind: 'letter' as const, id: letterId })), { kind: 'imported' as const, id: 'gone' }]
    await desk.must('marks.flagSeveral', { items, on: true })
    const flags = async () => (await desk.must('archive.page', { box: 'sent' })).items.map(({ flagged }) => flagged)
    expect(await flags()).toEqual([false, true, true])
    await desk.must('marks.archiveSeveral', { items, on: true })
    expect((await desk.must('archive.page', { box: 'sent' })).total).toBe(1)
    expect((await desk.must('archive.search', { box: 'sent', query: '', filters: { putAway: true } })).items).toHaveLength(2)
    await desk.must('marks.archiveSeveral', { items, on: false })
    await desk.must('marks.flagSeveral', { items, on: false })
    expect(await flags()).toEqual([false, false, false])
  })

  it('flag, note, intention and archive are there after a restart, and the letter is as it was', async () => {
    const letter = await send('Dear Daniel.')
    const item = { kind: 'letter' as const, id: letter.letterId }
    const before = await open(letter.letterId)
    await desk.must('marks.flag', { ...item, on: true })
    await desk.must('marks.saveNote', { ...item, baseRevision: 0, text: 'His mother is ill.' })
    await desk.must('prayers.open', { ...item, words: 'For his mother' })
    await desk.must('marks.archive', { ...item, on: true })
    await desk.restart()
    await signInAs(desk)
    const marks = await desk.must('marks.of', item)
    expect(marks).toMatchObject({ flagged: true, archived: true, note: { text: 'His mother is ill.', revision: 1 }, prayer: { words: 'For his mother', name: contact.name, times: 0 } })
    expect(await open(letter.letterId)).toMatchObject({ body: before.body, history: before.history })
    expect(await desk.must('marks.archive', { ...item, on: false })).toMatchObject({ flagged: true, archived: false })
  })

  it('a note never loses words to another window', async () => {
    const item = { kind: 'contact' as const, id: contact.contactId }
    const first = await desk.must('marks.saveNote', { ...item, baseRevision: 0, text: 'Likes psalms.' })
    expect(first).toMatchObject({ outcome: 'saved', note: { revision: 1 } })
    await desk.must('marks.saveNote', { ...item, baseRevision: 1, text: 'Likes psalms. Birthday in May.' })
    const stale = await desk.must('marks.saveNote', { ...item, baseRevision: 1, text: 'Asked for a rosary.' })
    expect(stale).toMatchObject({ outcome: 'joined', note: { revision: 3, text: 'Likes psalms. Birthday in May.\n\nAsked for a rosary.' } })
    const again = await desk.must('marks.saveNote', { ...item, baseRevision: 1, text: 'Asked for a rosary.' })
    expect(again.note.text, 'the same words are not said twice').toBe(stale.note.text)
  })

  it('what stood in a note before it was emptied can be had back', async () => {
    const item = { kind: 'contact' as const, id: contact.contactId }
    await desk.must('marks.saveNote', { ...item, baseRevision: 0, text: 'A long note about the garden and the dog.' })
    const emptied = await desk.must('marks.saveNote', { ...item, baseRevision: 1, text: '' })
    expect(emptied.note).toMatchObject({ text: '', before: 'A long note about the garden and the dog.' })
    await desk.must('marks.saveNote', { ...item, baseRevision: 2, text: 'New.' })
    expect((await desk.must('marks.of', item)).note?.before).toBe('A long note about the garden and the dog.')
  })

  it('an intention is prayed for, closed and opened again; one at a time', async () => {
    const item = { kind: 'contact' as const, id: contact.contactId }
    const prayer = await desk.must('prayers.open', { ...item, words: 'For his hearing' })
    expect((await desk.must('prayers.open', { ...item, words: 'For his hearing on Monday' })).prayerId).toBe(prayer.prayerId)
    expect(await desk.must('prayers.prayed', { prayerId: prayer.prayerId })).toMatchObject({ times: 1, words: 'For his hearing on Monday' })
    expect((await desk.must('home.summary', {})).prayers).toBe(1)
    await desk.must('prayers.close', { prayerId: prayer.prayerId, closed: true })
    expect(await desk.call('prayers.prayed', { prayerId: prayer.prayerId })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect((await desk.must('prayers.list', {})).items).toEqual([])
    expect((await desk.must('prayers.list', { closed: true })).items.map(({ prayerId }) => prayerId)).toEqual([prayer.prayerId])
    const next = await desk.must('prayers.open', { ...item, words: 'In thanksgiving' })
    expect(await desk.call('prayers.close', { prayerId: prayer.prayerId, closed: false })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    await desk.must('prayers.close', { prayerId: next.prayerId, closed: true })
    expect(await desk.must('prayers.close', { prayerId: prayer.prayerId, closed: false })).toMatchObject({ closedAt: null })
  })

  it('a whole conversation is put away and taken out again; flags stay', async () => {
    const letter = await send('One.')
    await send('Two.')
    await desk.must('marks.flag', { kind: 'letter', id: letter.letterId, on: true })
    await desk.must('thread.archive', { contactId: contact.contactId, on: true })
    const archived = async (): Promise<unknown[]> => (await desk.must('thread.page', { contactId: contact.contactId })).entries.map((entry) => entry.type === 'letter' && entry.archived)
    expect(await archived()).toEqual([true, true])
    await desk.must('thread.archive', { contactId: contact.contactId, on: false })
    expect(await archived()).toEqual([false, false])
    expect(await desk.must('marks.of', { kind: 'letter', id: letter.letterId })).toMatchObject({ flagged: true, archived: false })
  })

  it('nothing that is not there is marked', async () => {
    const nobody = { kind: 'letter' as const, id: contact.contactId }
    for (const result of [
      await desk.call('marks.of', nobody),
      await desk.call('marks.flag', { ...nobody, on: true }),
      await desk.call('marks.saveNote', { ...nobody, baseRevision: 0, text: 'x' }),
      await desk.call('prayers.open', { ...nobody, words: 'x' }),
      await desk.call('marks.archive', { kind: 'contact', id: contact.contactId, on: true }),
      await desk.call('inbox.setRead', { messageId: 'none', read: true })
    ]) {
      expect(result).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    }
  })
})

describe('an answer', () => {
  it('is answered by a draft of its own, begun once, and can be unread again', async () => {
    const message = await firstAnswer()
    const draft = await desk.must('inbox.answer', { messageId: message.messageId })
    expect(draft).toMatchObject({ contactId: contact.contactId, subject: message.subject.startsWith('Re: ') ? message.subject : `Re: ${message.subject}`, body: '' })
    expect((await desk.must('inbox.answer', { messageId: message.messageId })).draftId).toBe(draft.draftId)
    expect(await desk.must('drafts.origin', { draftId: draft.draftId })).toMatchObject({ type: 'answer', message: { body: message.body }, replyByPostOnly: false })
    expect((await desk.must('home.summary', {})).unread).toBe(0)
    await desk.must('inbox.setRead', { messageId: message.messageId, read: false })
    expect((await desk.must('home.summary', {})).unread).toBe(1)
    await desk.must('drafts.discard', { draftId: draft.draftId })
    expect((await desk.must('inbox.answer', { messageId: message.messageId })).draftId).not.toBe(draft.draftId)
  })

  it('goes to where the person is now', async () => {
    const message = await firstAnswer()
    const moved = await desk.must('contacts.moved', { contactId: contact.contactId, facilityId: 'bay-state-prison', number: 'R448213' })
    expect((await desk.must('inbox.answer', { messageId: message.messageId })).contactId).toBe(moved.contactId)
  })
})
