/** Copies older than the last days: what belongs to today, and not to the copy, stays so. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contact } from '../../../src-main/contract/views'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { readServiceNow } from '../../support/service-records'

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

/** What the service has. */
const mails = (): number => readServiceNow(desk.profileDir).letters.length
const newestCopy = async (): Promise<string> => (await desk.must('restore.view', {})).copies[0]?.copyId ?? ''

describe('going back to a copy of some days ago', () => {
  it('to a copy without a letter that was taken back, and from there to one in which it waits: it stays taken back', async () => {
    await desk.must('backups.make', {})
    await desk.must('accounts.signOut', {})
    await desk.time.advance(2 * 86_400_000)
    await signInAs(desk)
    const without = (await desk.must('restore.view', {})).copies.at(-1)
    await desk.must('practice.set', { offline: true })
    const sent = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Waiting', 'Waiting'))
    await desk.must('backups.make', {})
    const waits = await newestCopy()
    await desk.must('letters.cancel', { letterId: sent.letterId })
    await desk.must('restore.from', { copyId: without?.copyId ?? '' })
    expect((await desk.must('drafts.list', {})).length).toBe(0)
    await desk.must('restore.from', { copyId: waits })
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(mails()).toBe(0)
  })

  it('keeps what the service knows this PC by: without the line at the next sign-in, letters go all the same when it is back', async () => {
    await desk.must('backups.make', {})
    await desk.must('accounts.signOut', {})
    await desk.time.advance(2 * 86_400_000)
    // The service knows a PC by its last few sign-ins.
    for (let time = 0; time < 12; time += 1) {
      await signInAs(desk)
      await desk.must('accounts.signOut', {})
    }
    await desk.must('practice.set', { offline: true })
    await signInAs(desk)
    await desk.must('restore.from', { copyId: (await desk.must('restore.view', {})).copies.at(-1)?.copyId ?? '' })
    await desk.must('accounts.signOut', {})
    await signInAs(desk)
    await sendDraft(desk, await writeDraft(desk, contact.contactId, 'After all', 'After all'))
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(mails()).toBe(1)
  })
})
