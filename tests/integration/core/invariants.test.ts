/** A broken rule of the records stops sending and buying, never reading and writing; each rule is broken once, by hand, in the file itself. */
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { checkFiles, checkFrom, nothingVerified, type Found } from '../../../src-main/app/invariants'
import { canonicalLetter } from '../../../src-main/wire/canonical'
import { keyOfMailbox, tamper } from '../../support/sealed-mailbox'
import { openMailbox, openTestDesk, readyToWrite, sendDraft, signInAs, stampsFree, writeDraft, type TestDesk } from '../../support/core'

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

  it('I7: stamps other than those that were paid for', async () => {
    await filledDesk()
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
    expect(await files()).toBeNull()
    await tamper(desk.profileDir, 'UPDATE purchase SET stamps = stamps + 1')
    expect(await files()).toBe('I7')
    await tamper(desk.profileDir, `UPDATE purchase SET stamps = stamps - 1; INSERT INTO letter_event (letter_id, state, at) VALUES ('nobody', 'queued', 1)`)
    expect(await files()).toBe('I17')
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
