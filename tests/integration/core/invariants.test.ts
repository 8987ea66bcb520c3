/** A broken rule of the records stops sending and buying, never reading and writing; each rule is broken once, by hand, in the file itself. */
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { checkFiles, checkFrom, nothingVerified, type Found } from '../../../src-main/app/invariants'
import { canonicalLetter } from '../../../src-main/wire/canonical'
import type { RemoteService } from '../../../src-main/wire/remote-service'
import { keyOfMailbox, tamper } from '../../support/sealed-mailbox'
import { openMailbox, openTestDesk, readyToWrite, sendDraft, signInAs, stampsFree, testCard, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
afterEach(async () => desk.close())

const letterHash = (letter: Parameters<typeof canonicalLetter>[0], stamps: number): string => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

/** A desk with one letter sent, one refused, one taken back and one waiting; nobody is signed in, nothing was looked at before. */
const filledDesk = async (): Promise<void> => {
  desk = await openTestDesk()
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'This one goes.'))
  await desk.time.advance(2_000)
  await desk.must('practice.set', { offline: true })
  const back = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'This one is taken back.'))
  await desk.must('letters.cancel', { letterId: back.letterId })
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'This one waits.'))
  await desk.must('accounts.signOut', {})
}

const look = async (): Promise<Found> => {
  const { file, accountId, key } = await keyOfMailbox(desk.profileDir)
  const mailbox = openMailbox(file, 1, key)
  try {
    const all = checkFrom(mailbox, accountId, letterHash, nothingVerified)
    for (;;) {
      const step = all.next()
      if (step.done === true) return step.value
    }
  } finally {
    mailbox.close()
  }
}

describe('each rule', () => {
  const waits = `(SELECT id FROM letter WHERE body = 'This one waits.')`
  const sent = `(SELECT id FROM letter WHERE body = 'This one goes.')`
  it.each([
    ['I1', 'a letter without its delivery', `DELETE FROM delivery WHERE letter_id = ${sent}`],
    ['I1', 'a letter without its status', `DELETE FROM letter_status WHERE letter_id = ${sent}`],
    ['I4', 'sums that are not the lines', 'UPDATE wallet_balance SET available = available + 5'],
    ['I5', 'fewer stamps than none', `INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) SELECT wallet_id, 'elsewhere', 'x', 'available', 'spent', 900, 1 FROM ledger LIMIT 1; UPDATE wallet_balance SET available = available - 900, spent = spent + 900`],
    ['I3', 'sent without a receipt', `UPDATE delivery SET receipt = NULL WHERE state = 'SENT'`],
    ['I6', 'set aside for nobody', `INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) SELECT wallet_id, 'adjust', 'x', 'available', 'reserved', 1, 1 FROM ledger LIMIT 1; UPDATE wallet_balance SET available = available - 1, reserved = reserved + 1`],
    ['I8', 'a reservation that was let go twice', `UPDATE ledger SET reason = 'adjust', from_account = 'available', to_account = 'outside' WHERE reason = 'reserve'`],
    ['I8', 'a sent letter whose stamp came free', `UPDATE ledger SET reason = 'cancel', to_account = 'available' WHERE reason = 'post'`],
    ['I10', 'a text other than the confirmed one', `UPDATE letter SET body = 'Something else.' WHERE id = ${waits}`],
    ['I12', 'called taken back, and still to go', `UPDATE letter_status SET state = 'cancelled' WHERE letter_id = ${waits}`],
    ['I12', 'on its way, and called waiting', `UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = ${waits}`],
    ['I12', 'taken back after a try', `UPDATE delivery SET attempts = 2 WHERE state = 'CANCELLED'`],
    ['I13', 'a letter nobody confirmed', `DELETE FROM confirmation WHERE letter_id = ${waits}`],
    ['I13', 'a confirmation of another text', `UPDATE confirmation SET payload_hash = '${'b'.repeat(64)}' WHERE letter_id = ${waits}`],
    ['I14', "another account's mailbox", `UPDATE meta SET value = 'somebody' WHERE name = 'accountId'`],
    ['I15', 'a line of the ledger that is gone', `DELETE FROM ledger WHERE reason = 'purchase'`],
    ['I16', 'a changed line of the activity log', `UPDATE activity SET details = '{}' WHERE seq = 2`],
    ['I16', 'a line of the activity log that is gone', 'DELETE FROM activity WHERE seq = 2']
  ])('%s: %s', async (rule, _what, sql) => {
    await filledDesk()
    expect(await look()).toHaveProperty('point')
    await tamper(desk.profileDir, sql)
    const found = await look()
    expect(found).toEqual({ broken: rule })
  })

  const files = async (): Promise<unknown> => {
    const { file, key } = await keyOfMailbox(desk.profileDir)
    const mailbox = openMailbox(file, 1, key)
    try {
      const all = checkFiles(mailbox)
      for (;;) {
        const step = all.next()
        if (step.done === true) return step.value
      }
    } finally {
      mailbox.close()
    }
  }
  it('I7: stamps other than those that were paid for', async () => {
    await filledDesk()
    expect(await files()).toBeNull()
    await tamper(desk.profileDir, 'UPDATE purchase SET stamps = stamps + 1')
    expect(await files()).toBe('I7')
    await tamper(desk.profileDir, `UPDATE purchase SET stamps = stamps - 1; INSERT INTO letter_event (letter_seq, state, at) VALUES (999, 'queued', 1)`)
    expect(await files()).toBe('I17')
  })
  it('I17: a row of a table without row numbers that points to nobody', async () => {
    await filledDesk()
    expect(await files()).toBeNull()
    await tamper(desk.profileDir, `INSERT INTO contact_person VALUES ('nobody', 'nobody')`)
    expect(await files()).toBe('I17')
  })

  const withoutUnique = (column: string): string => `
    CREATE TABLE bare AS SELECT * FROM delivery;
    DROP TABLE delivery;
    ALTER TABLE bare RENAME TO delivery;
    CREATE INDEX delivery_due ON delivery (next_try_at) WHERE state IN ('QUEUED', 'SENDING');
    ${['letter_id', 'key', 'receipt'].filter((name) => name !== column).map((name) => `CREATE UNIQUE INDEX one_${name} ON delivery (${name});`).join('\n')}`
  it.each([
    ['letter_id', 'a second delivery for one letter', `INSERT INTO delivery SELECT 'twin', letter_id, 'twin', payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at, NULL FROM delivery WHERE letter_id = ${waits}`],
    ['key', 'one key for two letters', `UPDATE delivery SET key = (SELECT key FROM delivery WHERE letter_id = ${sent}) WHERE letter_id = ${waits}`],
    ['receipt', 'one receipt for two letters', `UPDATE delivery SET state = 'SENT', attempts = 1, receipt = (SELECT receipt FROM delivery WHERE letter_id = ${sent}) WHERE letter_id = ${waits}`]
  ])('I2: %s: %s', async (column, _what, sql) => {
    await filledDesk()
    await tamper(desk.profileDir, withoutUnique('none'))
    expect(await look(), 'the same table with its guards').toHaveProperty('point')
    await tamper(desk.profileDir, `${withoutUnique(column)}; ${sql}`)
    expect(await look()).toEqual({ broken: 'I2' })
  })

  it('I9: the guards of the schema itself', async () => {
    await filledDesk()
    await tamper(desk.profileDir, 'SELECT 1', { leaveOff: true })
    expect(await look()).toEqual({ broken: 'I9' })
  })
})

describe('a broken rule at the start', () => {
  it('stops sending and buying with words; reading and writing go on; the next start in order sends', async () => {
    await filledDesk()
    const wrong = `UPDATE letter SET body = 'Something else.' WHERE body = 'This one waits.'`
    await desk.restart(() => tamper(desk.profileDir, wrong))
    await desk.must('practice.set', { offline: false })
    await signInAs(desk)
    const contact = (await desk.must('contacts.list', {}))[0]
    await desk.work(120_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: true, waiting: 1 })
    const draft = await writeDraft(desk, contact?.contactId ?? '', 'Still writing.')
    expect(await desk.call('letters.quote', { draftId: draft.draftId, revision: draft.revision })).toMatchObject({ ok: false, code: 'SENDING_STOPPED' })
    expect(await desk.call('stamps.quote', { contactId: contact?.contactId ?? '', packageId: 'any' })).toMatchObject({ ok: false, code: 'SENDING_STOPPED' })
    expect((await desk.must('letters.sent', { page: 0, pageSize: 10 })).total).toBe(1)
    expect((await desk.must('account.activity', { kind: 'letters', page: 0, pageSize: 50 })).items.map(({ event }) => event)).toContain('sendingStopped')

    await desk.restart(() => tamper(desk.profileDir, `UPDATE letter SET body = 'This one waits.' WHERE body = 'Something else.'`))
    await signInAs(desk)
    await desk.work(60_000)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    expect(await stampsFree(desk)).toBe(18)
    expect(desk.bugs).toEqual([])
  })
})

/** A service whose answers to these requests carry the receipt of the first of them, so many times; then it tells the truth. */
const withTheFirstReceipt = (times: number, ...requests: readonly string[]) => {
  let told = 0
  let first: string | null = null
  return {
    told: (): number => told,
    network: (service: RemoteService): RemoteService => ({
      exchange: async (request) => {
        const answer = await service.exchange(request)
        const receipt = requests.some((name) => request.includes(name)) ? /"receiptNumber":"([^"]+)"/u.exec(answer)?.[1] : undefined
        if (receipt === undefined) return answer
        first ??= receipt
        if (receipt === first || told === times) return answer
        told += 1
        return answer.replace(receipt, first)
      }
    })
  }
}

describe('a receipt stands for one letter, or one purchase (I2)', () => {
  it('an answer with the receipt of another letter is no answer: the letter goes again with its key, and the others go on', async () => {
    const liar = withTheFirstReceipt(3, '"messaging.submit"')
    desk = await openTestDesk({}, { network: liar.network })
    const contact = await readyToWrite(desk)
    for (const body of ['The first.', 'The second.', 'The third.']) await sendDraft(desk, await writeDraft(desk, contact.contactId, body))
    await desk.work(10 * 60_000)
    expect(liar.told()).toBe(3)
    const { items } = await desk.must('letters.sent', { page: 0, pageSize: 10 })
    expect(items).toHaveLength(3)
    const receipts = await Promise.all(items.map(async ({ letterId }) => (await desk.must('letters.open', { letterId })).receiptNumber))
    expect(new Set(receipts).size).toBe(3)
    expect(await stampsFree(desk)).toBe(17)
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false, waiting: 0 })
    expect(desk.bugs).toEqual([])
  })

  it('nor is a charge with the receipt of another purchase: it is asked about again, the stamps come once, and the activity says so', async () => {
    const liar = withTheFirstReceipt(2, '"stamps.purchase"', '"stamps.settle"')
    desk = await openTestDesk({}, { network: liar.network })
    const contact = await readyToWrite(desk)
    const { packages } = await desk.must('stamps.offer', { contactId: contact.contactId })
    const quote = await desk.must('stamps.quote', { contactId: contact.contactId, packageId: packages.find(({ stamps }) => stamps === 20)?.packageId ?? '' })
    expect(await desk.call('stamps.purchase', { ticket: quote.ticket, ...testCard })).toMatchObject({ ok: false, code: 'PURCHASE_UNSETTLED' })
    await desk.work(10 * 60_000)
    expect(liar.told()).toBe(2)
    expect(await stampsFree(desk)).toBe(40)
    const { items } = await desk.must('stamps.receipts', {})
    expect(items.map(({ state }) => state)).toEqual(['added', 'added'])
    expect(new Set(items.map(({ receiptNumber }) => receiptNumber)).size).toBe(2)
    const activity = await desk.must('account.activity', { kind: 'stamps' })
    expect(activity.items.map(({ event, details }) => [event, details['stamps']])).toEqual([['stampsBought', 20], ['stampsBought', 20]])
    expect(await desk.must('sync.status', {})).toMatchObject({ sendingStopped: false })
    expect(desk.bugs).toEqual([])
  })
})
