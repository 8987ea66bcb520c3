/** Letters that came back and letters that are late: mended, appealed, sent again, through the whole core. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contact, Letter } from '../../../src-main/contract/views'
import { createPrng } from '../../../src-main/service/prng'
import { openTestDesk, readyToWrite, sendDraft, signInAs, testCard, writeDraft, type TestDesk } from '../../support/core'

const hour = 60 * 60 * 1000

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

const open = (letterId: string): Promise<Letter> => desk.must('letters.open', { letterId })

describe('a letter that was rejected', () => {
  it('is mended and sent as a new one: two letters, one stamp each, linked, and off the desk', async () => {
    const first = await send('Dear Daniel, they say a hacksaw was found.', 'The news')
    await pass(24 * 5)
    expect(await open(first.letterId)).toMatchObject({ state: 'rejected', reason: 'contraband' })
    expect((await desk.must('returned.list', {})).items).toMatchObject([{ letterId: first.letterId, reason: 'contraband', resentAs: null }])
    expect((await desk.must('home.summary', {})).cameBack).toBe(1)

    const draft = await desk.must('returned.resend', { letterId: first.letterId })
    expect(draft).toMatchObject({ subject: 'The news', body: 'Dear Daniel, they say a hacksaw was found.', contactId: contact.contactId })
    expect((await desk.must('returned.resend', { letterId: first.letterId })).draftId).toBe(draft.draftId)
    expect(await desk.must('drafts.origin', { draftId: draft.draftId })).toMatchObject({ type: 'resend', letter: { letterId: first.letterId, reason: 'contraband' }, first: 'cameBack', facility: { id: 'cedar-state' } })
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Dear Daniel, the garden is fine.' } })
    if (saved.outcome !== 'saved') throw new Error('not saved')
    const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: saved.draft.revision })
    expect(quote.insteadOf).toBe('cameBack')
    const second = await desk.must('letters.send', { ticket: quote.ticket })
    await desk.must('sync.now', {})

    expect(second.letterId).not.toBe(first.letterId)
    expect((await desk.must('stamps.wallets', {}))[0]).toMatchObject({ available: 18, reserved: 0 })
    expect((await desk.must('returned.list', {})).items).toEqual([])
    expect((await desk.must('returned.list', { settled: true })).items).toMatchObject([{ letterId: first.letterId, resentAs: second.letterId }])
    const page = await desk.must('thread.page', { contactId: contact.contactId })
    expect(page.entries).toMatchObject([{ letterId: second.letterId, resends: first.letterId }, { letterId: first.letterId, resentAs: second.letterId }])
  })

  it('is on the desk again when the letter sent instead is taken back', async () => {
    const first = await send('There is contraband.')
    await pass(24 * 5)
    await desk.must('practice.set', { offline: true })
    await desk.call('sync.now', {})
    const draft = await desk.must('returned.resend', { letterId: first.letterId })
    const second = await sendDraft(desk, draft)
    expect((await desk.must('returned.list', {})).total).toBe(0)
    await desk.must('letters.cancel', { letterId: second.letterId })
    expect((await desk.must('returned.list', {})).items).toMatchObject([{ letterId: first.letterId, resentAs: null, resendDraftId: draft.draftId }])
  })

  it('can be put away and brought back; another state cannot', async () => {
    const first = await send('There is contraband.')
    expect(await desk.call('returned.dismiss', { letterId: first.letterId, on: true })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    await pass(24 * 5)
    await desk.must('returned.dismiss', { letterId: first.letterId, on: true })
    expect((await desk.must('returned.list', {})).total).toBe(0)
    expect((await desk.must('returned.list', { settled: true })).items).toMatchObject([{ letterId: first.letterId, dismissed: true }])
    await desk.must('returned.dismiss', { letterId: first.letterId, on: false })
    expect((await desk.must('returned.list', {})).total).toBe(1)
  })

  it('a letter of appeal is kept as it is typed, dated once, and never overwritten by an older text', async () => {
    const first = await send('There is contraband.')
    await pass(24 * 5)
    const { letterId } = first
    expect(await desk.must('appeals.open', { letterId })).toBeNull()
    expect(await desk.must('appeals.save', { letterId, baseRevision: 0, text: 'To the warden' })).toMatchObject({ revision: 1, writtenAt: null })
    expect(await desk.call('appeals.save', { letterId, baseRevision: 0, text: 'Another window' })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
    expect(await desk.call('appeals.save', { letterId, baseRevision: 1, text: ' ' })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
    const written = await desk.must('appeals.written', { letterId })
    await desk.work(hour)
    expect((await desk.must('appeals.written', { letterId })).writtenAt).toBe(written.writtenAt)
    expect((await desk.must('appeals.save', { letterId, baseRevision: 1, text: 'To the warden, again' })).writtenAt).toBe(written.writtenAt)
    expect((await desk.must('returned.open', { letterId })).appeal).toMatchObject({ text: 'To the warden, again' })
    expect((await desk.must('returned.list', {})).items[0]?.appealWrittenAt).toBe(written.writtenAt)
  })
})

describe('a letter that came back because the person left', () => {
  it('says so in the contacts, and the new address takes the letter', async () => {
    const there = await desk.must('contacts.add', { facilityId: 'elm-county-jail', number: '448213' })
    const offer = await desk.must('stamps.offer', { contactId: there.contactId })
    const quote = await desk.must('stamps.quote', { contactId: there.contactId, packageId: offer.packages[0]?.packageId ?? '' })
    await desk.must('stamps.purchase', { ticket: quote.ticket, ...testCard })
    // Everybody there leaves on a day that follows from the seed, counted from the service's first moment.
    const days = createPrng(7, 'leaves', '448213').between(30, 720)
    for (let hours = days * 24 - 12; hours > 0; hours -= 8_000) await pass(Math.min(hours, 8_000))
    // Somebody looks at this one for a day or two, and meanwhile she goes.
    const letter = await send('Dear Brianna, a word about tobacco.', 'A word', there.contactId)
    await pass(24 * 5)
    expect(await open(letter.letterId)).toMatchObject({ state: 'undeliverable', reason: 'released' })
    expect((await desk.must('contacts.list', {})).find(({ contactId }) => contactId === there.contactId)).toMatchObject({ status: 'released', standing: 'unavailable' })
    expect(await desk.must('returned.open', { letterId: letter.letterId })).toMatchObject({ movedTo: null, listed: true, contact: { status: 'released' } })

    const moved = await desk.must('contacts.moved', { contactId: there.contactId, facilityId: 'cedar-state', number: '448216' })
    expect(await desk.must('returned.open', { letterId: letter.letterId })).toMatchObject({ movedTo: { contactId: moved.contactId }, listed: false })
    expect((await desk.must('returned.resend', { letterId: letter.letterId })).contactId).toBe(moved.contactId)
  })
})

describe('late letters', () => {
  it('appear once working days have passed without news, with the next step', async () => {
    const letter = await send('Dear Daniel.')
    await desk.must('practice.set', { offline: true })
    const late = async () => (await desk.must('letters.late', {})).letters
    expect(await late()).toEqual([])
    let steps: unknown[] = []
    for (let day = 1; day <= 24; day += 1) {
      await desk.must('accounts.signOut', {})
      desk.time.sleep(24 * hour)
      await signInAs(desk)
      const [one] = await late()
      if (one !== undefined) steps = [...steps, one.step]
      if (one !== undefined) expect(one.letterId).toBe(letter.letterId)
    }
    expect([...new Set(steps)]).toEqual(['wait', 'ask', 'appeal'])
    expect((await desk.must('home.summary', {})).late).toBe(1)
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(await late(), 'the news was only waiting at the service').toEqual([])
  })

  it('sent again, the confirm says that the first one may arrive', async () => {
    const letter = await send('Dear Daniel.')
    const draft = await desk.must('returned.resend', { letterId: letter.letterId })
    expect((await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })).insteadOf).toBe('mayArrive')
    await pass(24 * 3)
    expect((await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })).insteadOf).toBe('arrived')
  })
})
