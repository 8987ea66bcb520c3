import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, readyToWrite, sendDraft, signInAs, stampsFree, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const signInAgain = () => signInAs(desk)

test('offline: the letter waits with its stamp reserved, survives a restart, and goes by itself, once', async () => {
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  await desk.must('sync.now', {})
  expect((await desk.must('sync.status', {})).line).toBe('offline')

  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel, the line is down today.')
  const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  expect(quote.sendsLater).toBe(true)
  const letter = await desk.must('letters.send', { ticket: quote.ticket })
  await desk.work(60_000)
  expect((await desk.must('letters.outbox', {})).map((one) => [one.letterId, one.state, one.attempts])).toEqual([[letter.letterId, 'queued', 0]])
  expect((await desk.must('stamps.wallets', {}))[0]).toMatchObject({ available: 19, reserved: 1 })

  await desk.restart()
  expect((await signInAgain()).offline).toBe(true)
  expect((await desk.must('letters.outbox', {})).map((one) => one.letterId)).toEqual([letter.letterId])
  expect((await desk.must('contacts.list', {})).map((one) => one.name)).toEqual(['Daniel Reyes'])

  await desk.must('practice.set', { offline: false })
  await desk.work(20 * 60_000)
  expect((await desk.must('letters.sent', {})).items.map((one) => one.letterId)).toEqual([letter.letterId])
  expect(await desk.must('letters.outbox', {})).toEqual([])
  expect((await desk.must('stamps.wallets', {}))[0]).toMatchObject({ available: 19, reserved: 0 })
})

test('a waiting letter can be taken back: it is a draft again and its stamp is free', async () => {
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  await desk.must('sync.now', {})
  const letter = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Dear Daniel, wait.'))
  await desk.must('sync.now', {})
  const draft = await desk.must('letters.cancel', { letterId: letter.letterId })
  expect(draft.body).toBe('Dear Daniel, wait.')
  expect(await stampsFree(desk)).toBe(20)
  expect(await desk.call('letters.cancel', { letterId: letter.letterId })).toMatchObject({ ok: false, code: 'TOO_LATE_TO_CANCEL' })
  // The same draft can be sent afresh, with a key of its own.
  await desk.must('practice.set', { offline: false })
  const again = await sendDraft(desk, draft)
  await desk.must('sync.now', {})
  expect((await desk.must('letters.sent', {})).items.map((one) => one.letterId)).toEqual([again.letterId])
  expect(await stampsFree(desk)).toBe(19)
})

test.each([
  ['lost requests', { dropRequest: 0.5 }],
  ['lost answers', { dropResponse: 0.5 }],
  ['trouble at the service', { error500: 0.4, error429: 0.2 }],
  ['garbled and doubled answers', { malformedResponse: 0.4, duplicateResponse: 0.4 }]
])('%s: every letter arrives once and every stamp is spent once', async (_name, faults) => {
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { faults })
  for (let count = 1; count <= 10; count++) {
    const draft = await writeDraft(desk, contact.contactId, `Letter number ${count}`)
    const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
    await desk.must('letters.send', { ticket: quote.ticket })
    await desk.work(5_000)
  }
  await desk.work(3 * 3_600_000)
  await desk.must('practice.set', { faults: { dropRequest: 0, dropResponse: 0, error500: 0, error429: 0, malformedResponse: 0, duplicateResponse: 0 } })
  await desk.work(3_600_000)
  await desk.must('sync.now', {})
  expect(await desk.must('letters.outbox', {})).toEqual([])
  expect((await desk.must('letters.sent', {})).total).toBe(10)
  expect((await desk.must('stamps.wallets', {}))[0]).toMatchObject({ available: 10, reserved: 0 })
})
