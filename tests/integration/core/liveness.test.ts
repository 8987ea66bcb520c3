/** I18 in the whole core: a line that hangs for good stops sending with words, hours of bad weather do not. */
import { afterEach, expect, it } from 'vitest'
import { LineError, type RemoteService } from '../../../src-main/wire/remote-service'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'

const hour = 60 * 60_000

let desk: TestDesk
let letGo: () => void = () => undefined
let hangs = false
let losesLetters = false
afterEach(async () => {
  letGo()
  losesLetters = false
  expect(desk.bugs).toEqual([])
  await desk.close()
})

/** Calls that nobody ever answers and no clock ends, or a line on which only letters are lost. */
const bad = (service: RemoteService): RemoteService => ({
  exchange: async (request) => {
    if (hangs) await new Promise<void>((resolve) => (letGo = resolve))
    if (losesLetters && request.includes('"messaging.submit"')) throw new LineError('timeout')
    return service.exchange(request)
  }
})

const events = async (): Promise<readonly string[]> => (await desk.must('account.activity', { kind: 'letters', page: 0, pageSize: 50 })).items.map(({ event }) => event)

it('a line that takes no step any more: sending stops with words, reading and writing go on, the next sign-in sends', async () => {
  desk = await openTestDesk({}, { network: bad })
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'This one hangs.'))
  hangs = true
  await desk.work(2 * hour)
  expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: true, waiting: 1 })
  expect(await events()).toContain('sendingStopped')
  const draft = await writeDraft(desk, contact.contactId, 'Still writing.')
  expect(await desk.call('letters.quote', { draftId: draft.draftId, revision: draft.revision })).toMatchObject({ ok: false, code: 'SENDING_STOPPED' })

  hangs = false
  letGo()
  await desk.must('practice.set', { offline: false })
  await desk.must('accounts.signOut', {})
  await signInAs(desk)
  await desk.work(60_000)
  expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
})

it.each([
  ['no line', { offline: true }, false],
  ['every answer lost', { faults: { dropResponse: 1 } }, false],
  ['a line on which only letters are lost', {}, true]
])('three hours of %s: letters wait, and nothing is called broken', async (_what, weather, lettersOnly) => {
  desk = await openTestDesk({}, { network: bad })
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  for (const body of ['One.', 'Two.', 'Three.']) await sendDraft(desk, await writeDraft(desk, contact.contactId, body))
  losesLetters = lettersOnly
  await desk.must('practice.set', { offline: false, ...weather })
  await desk.work(3 * hour)
  expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 3 })
  expect(await events()).not.toContain('sendingStopped')
})
