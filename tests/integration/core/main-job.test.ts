import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, readyToWrite, sendDraft, signUp, stampsFree, testCard, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

test('from an account to a delivered letter: 20 stamps become 19, and the service has the letter once', async () => {
  const contact = await readyToWrite(desk)
  expect(await stampsFree(desk)).toBe(20)
  const letter = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Dear Daniel,\n\nI lift up my eyes to the hills.'))
  expect(letter.state).toBe('queued')
  await desk.time.settle()
  await desk.must('sync.now', {})
  const sent = await desk.must('letters.sent', {})
  expect(sent.items.map((one) => one.letterId)).toEqual([letter.letterId])
  expect(await stampsFree(desk)).toBe(19)
  expect(await desk.must('letters.outbox', {})).toEqual([])

  await desk.must('practice.fastForward', { hours: 72 })
  const delivered = await desk.must('letters.open', { letterId: letter.letterId })
  expect(['delivered', 'replied']).toContain(delivered.state)
  expect(delivered.history.map((step) => step.state)).toContain('delivered')
  expect(delivered.receiptNumber).not.toBeNull()
})

test('a letter is refused without a ticket, with a used one, with one for another revision, and after five minutes', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  expect(await desk.call('letters.send', { ticket: 'f'.repeat(32) })).toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })

  const stale = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  const changed = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Dear Daniel, more' } })
  expect(await desk.call('letters.send', { ticket: stale.ticket })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
  expect(changed.outcome).toBe('saved')

  const revision = draft.revision + 1
  const late = await desk.must('letters.quote', { draftId: draft.draftId, revision })
  await desk.work(5 * 60_000 + 1)
  expect(await desk.call('letters.send', { ticket: late.ticket })).toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })

  const good = await desk.must('letters.quote', { draftId: draft.draftId, revision })
  const both = await Promise.all([desk.call('letters.send', { ticket: good.ticket }), desk.call('letters.send', { ticket: good.ticket })])
  expect(both.filter((result) => result.ok)).toHaveLength(1)
  await desk.must('sync.now', {})
  expect((await desk.must('letters.sent', {})).total).toBe(1)
  expect(await stampsFree(desk)).toBe(19)
})

test('a purchase ticket does not send a letter', async () => {
  const contact = await readyToWrite(desk)
  const quote = await desk.must('stamps.quote', {
    contactId: contact.contactId,
    packageId: (await desk.must('stamps.offer', { contactId: contact.contactId })).packages[0]?.packageId ?? ''
  })
  expect(await desk.call('letters.send', { ticket: quote.ticket })).toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })
})

test('without stamps the letter is priced and refused with both figures', async () => {
  await signUp(desk)
  const contact = await desk.must('contacts.add', { facilityId: 'cedar-state', number: '448213' })
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  expect(await desk.call('letters.quote', { draftId: draft.draftId, revision: draft.revision })).toMatchObject({
    ok: false,
    code: 'NOT_ENOUGH_STAMPS',
    params: { need: 1, have: 0 }
  })
})

test('a declined card adds nothing and says so; the same purchase can be tried again with a good one', async () => {
  await signUp(desk)
  const contact = await desk.must('contacts.add', { facilityId: 'cedar-state', number: '448213' })
  const packageId = (await desk.must('stamps.offer', { contactId: contact.contactId })).packages[0]?.packageId ?? ''
  const declined = await desk.must('stamps.quote', { contactId: contact.contactId, packageId })
  expect(
    await desk.call('stamps.purchase', { ticket: declined.ticket, ...testCard, card: { ...testCard.card, number: '4000 0000 0000 0002' } })
  ).toMatchObject({ ok: false, code: 'CARD_DECLINED' })
  expect(await stampsFree(desk)).toBe(0)
  const again = await desk.must('stamps.quote', { contactId: contact.contactId, packageId })
  await desk.must('stamps.purchase', { ticket: again.ticket, ...testCard })
  expect(await stampsFree(desk)).toBe(20)
})

test('nobody signed in: every command of a session is refused the same way', async () => {
  for (const name of ['drafts.list', 'letters.outbox', 'contacts.list', 'home.summary'] as const) {
    expect(await desk.call(name, {})).toEqual({ ok: false, code: 'SIGNED_OUT' })
  }
})
