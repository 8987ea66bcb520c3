/** Nothing is spent without a person's yes to exactly what was shown: the bridge, told lies by a window, refuses them all. */
import type { Page } from 'playwright/test'
import { forge, must } from '../support/bridge'
import { readServiceRecords } from '../support/service-records'
import { expect, test, type Desk } from '../support/settled'
import { danielReyes } from '../support/volunteer'

const message = 'Dear Daniel,\n\nonly when I say so.'

const draftOf = async (page: Page, subject: string): Promise<{ readonly draftId: string; readonly revision: number }> => {
  const [contact] = await must(page, 'contacts.list', {})
  const { draftId, revision } = await must(page, 'drafts.create', { contactId: contact?.contactId ?? null })
  const saved = await must(page, 'drafts.save', { draftId, baseRevision: revision, patch: { subject, body: message } })
  if (saved.outcome !== 'saved') throw new Error(saved.outcome)
  return { draftId, revision: saved.draft.revision }
}

/** Main still answers, nothing waits or went, every stamp is there. */
const expectNothingSent = async ({ mary }: Desk): Promise<void> => {
  const { page } = mary
  expect(await must(page, 'letters.outbox', {})).toEqual([])
  expect((await must(page, 'letters.sent', {})).total).toBe(0)
  expect((await must(page, 'stamps.wallets', {})).map(({ available, reserved }) => [available, reserved])).toEqual([[20, 0]])
  await mary.expectStamps('20 stamps')
}

const expectNothingInService = async ({ app, profileDir }: Desk): Promise<void> => {
  await app.close()
  const service = readServiceRecords(profileDir)
  expect(service.letters).toEqual([])
  expect(service.ledger.map(({ reason, amount }) => [reason, amount])).toEqual([['purchase', 20]])
}

test('letters.send with a forged ticket is refused by its code, and nothing happens', async ({ startDesk }) => {
  const desk = await startDesk()
  const { page } = desk.mary
  const draft = await draftOf(page, 'Forged')
  const { ticket } = await must(page, 'letters.quote', draft)
  const forgeries: readonly (readonly [what: string, payload: unknown, code: string])[] = [
    ['a made-up ticket', { ticket: 'f'.repeat(32) }, 'CONFIRM_AGAIN'],
    ['the ticket in capitals', { ticket: ticket.toUpperCase().replace(/^[0-9]/, 'F') }, 'CONFIRM_AGAIN'],
    ['the name of the draft', { ticket: draft.draftId }, 'CONFIRM_AGAIN'],
    ['a word of JavaScript', { ticket: '__proto__' }, 'CONFIRM_AGAIN'],
    ['no ticket', {}, 'BAD_REQUEST'],
    ['nothing', null, 'BAD_REQUEST'],
    ['an empty ticket', { ticket: '' }, 'BAD_REQUEST'],
    ['a number', { ticket: 7 }, 'BAD_REQUEST'],
    ['a list', { ticket: [ticket] }, 'BAD_REQUEST'],
    ['a good ticket and one more field', { ticket, draftId: draft.draftId }, 'BAD_REQUEST'],
    ['a good ticket and a price of its own', { ticket, stamps: 0 }, 'BAD_REQUEST'],
    ['a good ticket and a yes', { ticket, confirmed: true }, 'BAD_REQUEST'],
    ['the ticket without its object', ticket, 'BAD_REQUEST']
  ]
  for (const [what, payload, code] of forgeries) expect(await forge(page, 'letters.send', payload), what).toMatchObject({ ok: false, code })
  await expectNothingSent(desk)
  await expectNothingInService(desk)
})

test('a ticket is good for one letter, in one version, once', async ({ startDesk }) => {
  const desk = await startDesk()
  const { app, mary, profileDir } = desk
  const { page } = mary
  const one = await draftOf(page, 'The one')
  const other = await draftOf(page, 'The other')

  await test.step('not for a letter that changed since', async () => {
    const { ticket } = await must(page, 'letters.quote', one)
    await must(page, 'drafts.save', { draftId: one.draftId, baseRevision: one.revision, patch: { body: `${message} And more.` } })
    expect(await forge(page, 'letters.send', { ticket })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
    expect(await forge(page, 'letters.send', { ticket }), 'nor a second time').toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })
  })
  await test.step('no ticket for a version that is not on disk', async () => {
    for (const revision of [one.revision, one.revision + 5]) {
      expect(await forge(page, 'letters.quote', { draftId: one.draftId, revision })).toMatchObject({ ok: false, code: 'LETTER_CHANGED' })
    }
  })
  await test.step('not for a purchase', async () => {
    const { ticket } = await must(page, 'letters.quote', other)
    const purchase = { ticket, card: { number: '4242 4242 4242 4242', expiry: '11/30', securityCode: '123', name: 'Mary Keane' }, billing: { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' } }
    expect(await forge(page, 'stamps.purchase', purchase)).toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })
  })
  await test.step('not after somebody signed out', async () => {
    const { ticket } = await must(page, 'letters.quote', other)
    await mary.signOut()
    await expect(mary.heading('Who is writing today?')).toBeVisible()
    expect(await forge(page, 'letters.send', { ticket })).toMatchObject({ ok: false, code: 'SIGNED_OUT' })
    await mary.signIn()
    expect(await forge(page, 'letters.send', { ticket })).toMatchObject({ ok: false, code: 'CONFIRM_AGAIN' })
  })
  await expectNothingSent(desk)
  await test.step('and once it is: five calls at the same moment send one letter', async () => {
    const { ticket } = await must(page, 'letters.quote', other)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => forge(page, 'letters.send', { ticket })))
    expect(answers.filter((answer) => (answer as { readonly ok: boolean }).ok)).toHaveLength(1)
    expect(await forge(page, 'letters.quote', other)).toMatchObject({ ok: false, code: 'DRAFT_CLOSED' })
    await mary.expectStamps('19 stamps')
    await mary.openSent()
    await expect(mary.row('The other')).toHaveCount(1)
  })
  await app.close()
  expect(readServiceRecords(profileDir).balance).toBe(19)
})

test('stamps.purchase with a forged ticket is refused, and nothing is charged', async ({ startDesk }) => {
  const desk = await startDesk()
  const { page } = desk.mary
  const draft = await draftOf(page, 'Not a purchase')
  const [contact] = await must(page, 'contacts.list', {})
  const contactId = contact?.contactId ?? ''
  const card = { number: '4242 4242 4242 4242', expiry: '11/30', securityCode: '123', name: 'Mary Keane' }
  const billing = { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }
  const { ticket: forLetter } = await must(page, 'letters.quote', draft)
  const { ticket } = await must(page, 'stamps.quote', { contactId, packageId: 'cedar-20' })
  const forgeries: readonly (readonly [what: string, payload: unknown, code: string])[] = [
    ['a made-up ticket', { ticket: '0'.repeat(32), card, billing }, 'CONFIRM_AGAIN'],
    ['the ticket of a letter', { ticket: forLetter, card, billing }, 'CONFIRM_AGAIN'],
    ['a package of its own', { ticket, card, billing, packageId: 'cedar-100' }, 'BAD_REQUEST'],
    ['a price of its own', { ticket, card, billing, cents: 1 }, 'BAD_REQUEST'],
    ['no card', { ticket, billing }, 'BAD_REQUEST'],
    ['a number for a card', { ticket, card: 4242, billing }, 'BAD_REQUEST'],
    ['a card with more on it', { ticket, card: { ...card, limit: 1 }, billing }, 'BAD_REQUEST']
  ]
  for (const [what, payload, code] of forgeries) expect(await forge(page, 'stamps.purchase', payload), what).toMatchObject({ ok: false, code })
  for (const packageId of ['cedar-21', 'bay-10', '-1', '0', '1.5', '__proto__']) {
    expect((await forge(page, 'stamps.quote', { contactId, packageId })) as { readonly ok: boolean }, packageId).toMatchObject({ ok: false })
  }
  await expectNothingSent(desk)
  await expectNothingInService(desk)
})

test('the question: Cancel has the focus, Escape and Cancel send nothing', async ({ startDesk }) => {
  const desk = await startDesk()
  const { mary } = desk
  await mary.compose({ to: danielReyes.name, subject: 'Perhaps', message })
  for (const say of ['Enter', 'Escape']) {
    const dialog = await mary.askToSend()
    await expect(dialog.getByRole('button', { name: 'Cancel', exact: true })).toBeFocused()
    await mary.page.keyboard.press(say)
    await expect(dialog).toBeHidden()
    await expect(mary.button('Send')).toBeFocused()
    await expect(mary.field('Message')).toHaveValue(message)
  }
  const dialog = await mary.askToSend()
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expectNothingSent(desk)
  await expectNothingInService(desk)
})
