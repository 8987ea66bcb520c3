import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, password, readyToWrite, signInAs, signUp, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const state = () => desk.must('app.state', {})

test('locked: nothing is answered but the passcode; the right one opens, and the draft is as it was', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  await desk.must('desk.lock', {})
  expect((await state()).session).toMatchObject({ locked: true })
  for (const name of ['drafts.list', 'letters.outbox', 'contacts.list', 'home.summary', 'account.details', 'desk.stay'] as const) {
    expect(await desk.call(name, {})).toEqual({ ok: false, code: 'LOCKED' })
  }
  expect(await desk.call('drafts.open', { draftId: draft.draftId })).toEqual({ ok: false, code: 'LOCKED' })
  expect(await desk.call('desk.unlock', { passcode: '0001' })).toMatchObject({ code: 'PASSCODE_REFUSED', params: { triesLeft: 2 } })
  expect(await desk.must('desk.unlock', { passcode: '4827' })).toMatchObject({ locked: false })
  expect((await desk.must('drafts.open', { draftId: draft.draftId })).body).toBe('Dear Daniel')
})

test('three wrong passcodes end the session; the passcode then opens nothing', async () => {
  await signUp(desk)
  await desk.must('desk.lock', {})
  for (const passcode of ['1111', '2222']) await desk.call('desk.unlock', { passcode })
  expect(await desk.call('desk.unlock', { passcode: '3333' })).toMatchObject({ code: 'SIGNED_OUT' })
  expect((await state()).session).toBeNull()
  expect(await desk.call('desk.unlock', { passcode: '4827' })).toMatchObject({ code: 'SIGNED_OUT' })
})

test('handed over while a passcode is looked at: whatever it was, it neither opens nor ends anything', async () => {
  await signUp(desk)
  for (const passcode of ['4827', '3333']) {
    await desk.must('desk.lock', {})
    const [unlocked] = await Promise.all([desk.call('desk.unlock', { passcode }), desk.must('desk.handOver', {})])
    expect(unlocked).toEqual({ ok: false, code: 'SIGNED_OUT' })
    expect((await state()).session).toBeNull()
    await signInAs(desk)
  }
  expect((await state()).session).toMatchObject({ locked: false, mailbox: 'open' })
})

test('a ticket given out before the lock sends nothing after it', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  await desk.must('desk.lock', {})
  await desk.must('desk.unlock', { passcode: '4827' })
  expect(await desk.call('letters.send', { ticket: quote.ticket })).toMatchObject({ code: 'CONFIRM_AGAIN' })
})

test('five idle minutes lock, after a warning that a word extends; thirty sign out', async () => {
  await signUp(desk)
  await desk.time.advance(4 * 60_000)
  expect(desk.events.filter((event) => event.type === 'idleWarning')).toMatchObject([{ what: 'lock' }])
  await desk.must('desk.stay', {})
  await desk.time.advance(4 * 60_000 + 59_000)
  expect((await state()).session).toMatchObject({ locked: false })
  await desk.time.advance(2_000)
  expect((await state()).session).toMatchObject({ locked: true })
  await desk.time.advance(26 * 60_000)
  expect((await state()).session).toBeNull()
})

test('handing over: the next volunteer reaches nothing of the one before', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'only for Maria')
  await desk.must('desk.handOver', {})
  await signUp(desk, 'joe@parish.org')
  for (const call of [
    desk.call('drafts.open', { draftId: draft.draftId }),
    desk.call('drafts.save', { draftId: draft.draftId, baseRevision: 1, patch: { body: 'x' } }),
    desk.call('letters.quote', { draftId: draft.draftId, revision: draft.revision }),
    desk.call('contacts.remove', { contactId: contact.contactId }),
    desk.call('stamps.offer', { contactId: contact.contactId })
  ]) {
    expect(await call).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  }
  expect(await desk.must('drafts.list', {})).toEqual([])
  await desk.must('desk.handOver', {})
  await signInAs(desk)
  expect((await desk.must('drafts.list', {})).map((one) => one.excerpt)).toEqual(['only for Maria'])
})

test('failed tries are told to the owner at the next sign-in, in words and in the log', async () => {
  await signUp(desk)
  await desk.must('accounts.signOut', {})
  await desk.call('accounts.signIn', { email: 'maria@parish.org', password: 'Wrong1word' })
  const session = await signInAs(desk)
  expect(session.lastSignIn).toMatchObject({ failuresSince: 1 })
  const events = (await desk.must('account.activity', {})).items.map((entry) => entry.event)
  expect(events).toContain('signInFailed')
  expect((await desk.must('account.exportActivity', {})).whole).toBe(true)
})

test('"This was not me" owes a new password at once, and nothing else is answered before it', async () => {
  await signUp(desk)
  await desk.must('accounts.signOut', {})
  await signInAs(desk)
  const entry = (await desk.must('account.activity', {})).items.find((one) => one.canReport)
  const session = await desk.must('account.notMe', { entryId: entry?.entryId ?? '' })
  expect(session.duties).toContain('changePassword')
  expect(await desk.call('drafts.list', {})).toMatchObject({ code: 'DUTY_FIRST' })
  expect(await desk.call('duties.changePassword', { newPassword: password, confirmPassword: password })).toMatchObject({ code: 'INVALID' })
  await desk.must('duties.changePassword', { newPassword: 'Harvest9moon', confirmPassword: 'Harvest9moon' })
  if ((await state()).session?.duties.includes('acceptTerms')) await desk.must('duties.acceptTerms', { version: '1' })
  expect(await desk.must('drafts.list', {})).toEqual([])
})

test('the coordinator: first account of the PC; makes, disables, resets; with the parish’s yes a reset opens the letters, without it they stay sealed', async () => {
  const coordinator = await signUp(desk)
  expect(coordinator.coordinator).toBe(true)
  const made = await desk.must('coordinator.create', { email: 'joe@parish.org', firstName: 'Joe', lastName: 'Kowalski', site: 'This parish' })
  await desk.must('coordinator.setEscrow', { on: true, password })
  await desk.must('desk.handOver', {})

  let joe = await signInAs(desk, 'joe@parish.org', made.code)
  expect(joe.duties).toEqual(['acceptTerms', 'changePassword'])
  await desk.must('duties.acceptTerms', { version: '1' })
  joe = await desk.must('duties.changePassword', { newPassword: 'Harvest9moon', confirmPassword: 'Harvest9moon' })
  expect(joe).toMatchObject({ duties: [], coordinator: false })
  expect(await desk.call('coordinator.people', {})).toMatchObject({ code: 'NOT_ALLOWED' })
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'from Joe' } })
  await desk.must('desk.handOver', {})

  await signInAs(desk)
  const people = await desk.must('coordinator.people', {})
  const joeEntry = people.find((person) => person.email === 'joe@parish.org')
  expect(joeEntry?.escrow).toBe(true)
  expect(await desk.call('coordinator.reset', { accountId: joeEntry?.accountId ?? '', password: 'Wrong1word' })).toMatchObject({ code: 'PASSWORD_REFUSED' })
  const reset = await desk.must('coordinator.reset', { accountId: joeEntry?.accountId ?? '', password })
  expect(await desk.call('coordinator.setDisabled', { accountId: coordinator.accountId, disabled: true })).toMatchObject({ code: 'LAST_COORDINATOR' })
  await desk.must('desk.handOver', {})

  joe = await signInAs(desk, 'joe@parish.org', reset.code.toLowerCase().replaceAll('-', ' '))
  expect(joe).toMatchObject({ mailbox: 'open', duties: ['acceptTerms', 'changePassword'] })
  await desk.must('duties.acceptTerms', { version: '1' })
  await desk.must('duties.changePassword', { newPassword: 'Orchard3bell', confirmPassword: 'Orchard3bell' })
  expect((await desk.must('drafts.list', {})).map((one) => one.excerpt)).toEqual(['from Joe'])
  expect((await desk.must('account.activity', {})).items.map((entry) => entry.event)).toContain('resetByCoordinator')
  await desk.must('desk.handOver', {})

  // The one-use code opens nothing any more.
  expect(await desk.call('accounts.signIn', { email: 'joe@parish.org', password: reset.code })).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  await signInAs(desk)
  await desk.must('coordinator.setEscrow', { on: false, password })
  await desk.must('desk.handOver', {})
  await signInAs(desk, 'joe@parish.org', 'Orchard3bell')
  await desk.must('desk.handOver', {})
  await signInAs(desk)
  const without = await desk.must('coordinator.reset', { accountId: joeEntry?.accountId ?? '', password })
  await desk.must('desk.handOver', {})
  expect(await signInAs(desk, 'joe@parish.org', without.code)).toMatchObject({ mailbox: 'sealed', duties: ['acceptTerms', 'changePassword', 'openMailbox'] })
})
