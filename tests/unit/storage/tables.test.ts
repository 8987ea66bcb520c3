import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
/** The tables above the schema: a ledger that adds up, drafts that keep their history, lists that stay small. */
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FacilityRules } from '@contract/facility'
import { openDesk } from '../../../src-main/storage/desk'
import { openMailbox, type Mailbox } from '../../../src-main/storage/mailbox'
import { ledgerTable, type LedgerReason } from '../../../src-main/storage/mailbox/ledger'
import { openRawMailbox } from '../../support/mailbox-rows'

let mailbox: Mailbox
beforeEach(() => {
  mailbox = openMailbox(':memory:', 1_000)
})
afterEach(() => mailbox.close())

const rules = (id: string): FacilityRules => ({ id, name: 'Cedar State' }) as FacilityRules
const person = { contactId: 'c1', facilityId: 'cedar-state', number: '448213', firstName: 'Daniel', lastName: 'Reyes', status: 'active', standing: 'ready', addedAt: 1 } as const
const text = (body: string, change: object = {}) => ({ contactId: null, subject: 's', body, prepaidReply: false, ...change })

/** A walk of a ledger: each step refers to what the steps before it made possible. */
type Step = { readonly kind: LedgerReason; readonly wallet: string; readonly amount: number; readonly pick: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('purchase', 'grant', 'reserve', 'post', 'void', 'cancel', 'elsewhere', 'adjust'),
  wallet: fc.constantFrom('TX', 'CA', 'elm-county-jail'),
  amount: fc.integer({ min: -30, max: 60 }),
  pick: fc.nat()
})

describe('the ledger', () => {
  it('balances kept beside it are its sums, whatever is written and whatever is refused', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const raw = openRawMailbox()
        const ledger = ledgerTable(raw)
        const open: { readonly reference: string; readonly wallet: string; readonly amount: number }[] = []
        steps.forEach(({ kind, wallet, amount, pick }, at) => {
          const settles = kind === 'post' || kind === 'void' || kind === 'cancel'
          const reserved = settles && open.length > 0 ? open[pick % open.length] : undefined
          const entry = reserved
            ? { walletId: reserved.wallet, reason: kind, reference: reserved.reference, amount: reserved.amount, at }
            : { walletId: wallet, reason: kind, reference: `${kind}-${pick % 5}-${at % 7}`, amount: kind === 'adjust' ? amount : Math.abs(amount), at }
          try {
            ledger.append(entry)
            if (kind === 'reserve' && entry.amount > 0) open.push({ reference: entry.reference, wallet, amount: entry.amount })
          } catch {
            // Refused by the schema: nothing may have been written.
          }
        })
        const sums = raw
          .prepare(
            `SELECT wallet_id AS walletId,
               sum(amount * ((to_account = 'available') - (from_account = 'available'))) AS available,
               sum(amount * ((to_account = 'reserved') - (from_account = 'reserved'))) AS reserved,
               sum(amount * (to_account = 'spent')) AS spent,
               sum(CASE WHEN reason = 'reserve' AND NOT EXISTS (SELECT 1 FROM ledger s WHERE s.reference = ledger.reference AND s.reason IN ('post', 'void', 'cancel')) THEN amount ELSE 0 END) AS waiting
             FROM ledger GROUP BY wallet_id ORDER BY wallet_id`
          )
          .all() as { walletId: string; available: number; reserved: number; spent: number; waiting: number }[]
        expect(ledger.balances()).toEqual(sums.map(({ waiting: _, ...balance }) => balance))
        for (const { reserved, waiting, spent } of sums) {
          expect(reserved).toBe(waiting)
          expect(Math.min(reserved, spent)).toBeGreaterThanOrEqual(0)
        }
        // What came in is somewhere: available, reserved or spent (I4).
        const total = raw.prepare(`SELECT coalesce(sum(amount * ((from_account = 'outside') - (to_account = 'outside'))), 0) FROM ledger`).pluck().get()
        expect(sums.reduce((all, { available, reserved, spent }) => all + available + reserved + spent, 0)).toBe(total)
        raw.close()
      }),
      { numRuns: 150 }
    )
  })

  it('a letter that costs nothing writes no line', () => {
    mailbox.ledger.append({ walletId: 'TX', reason: 'reserve', reference: 'k', amount: 0, at: 1 })
    expect(mailbox.ledger.has('reserve', 'k')).toBe(false)
    expect(mailbox.ledger.balance('TX')).toEqual({ walletId: 'TX', available: 0, reserved: 0, spent: 0 })
  })

  it('what the service counts differently is one line up or down', () => {
    mailbox.ledger.append({ walletId: 'TX', reason: 'adjust', reference: 'up', amount: 5, at: 1 })
    mailbox.ledger.append({ walletId: 'TX', reason: 'adjust', reference: 'down', amount: -2, at: 2 })
    expect(mailbox.ledger.balance('TX').available).toBe(3)
    expect(() => mailbox.ledger.append({ walletId: 'TX', reason: 'adjust', reference: 'down', amount: -2, at: 3 })).toThrow(/UNIQUE/)
  })

  it('a line that is refused takes its whole transaction back', () => {
    mailbox.ledger.append({ walletId: 'TX', reason: 'grant', reference: 'g', amount: 5, at: 1 })
    expect(() =>
      mailbox.transaction(() => {
        mailbox.ledger.append({ walletId: 'TX', reason: 'reserve', reference: 'a', amount: 2, at: 2 })
        mailbox.ledger.append({ walletId: 'TX', reason: 'reserve', reference: 'a', amount: 2, at: 3 })
      })
    ).toThrow(/UNIQUE/)
    expect(mailbox.ledger.balance('TX')).toEqual({ walletId: 'TX', available: 5, reserved: 0, spent: 0 })
  })
})

describe('drafts', () => {
  it('the newest slot is the draft, the older ones its history, newest first', () => {
    mailbox.drafts.create('d', text('one'), null, 10)
    mailbox.drafts.saveInSlot('d', 1, 1, text('one and a half'), 11)
    mailbox.drafts.saveInNewSlot('d', 2, 2, text('two'), 70)
    mailbox.drafts.saveInSlot('d', 2, 3, text('two and a half'), 75)
    expect(mailbox.drafts.get('d')).toMatchObject({ slot: 2, revision: 3, body: 'two and a half', slotStartedAt: 70, savedAt: 75, createdAt: 10, state: 'open', copyOf: null })
    expect(mailbox.drafts.versions('d').map(({ slot, body }) => [slot, body])).toEqual([
      [2, 'two and a half'],
      [1, 'one and a half']
    ])
    expect(mailbox.drafts.version('d', 1)?.body).toBe('one and a half')
    expect(mailbox.drafts.version('d', 3)).toBeNull()
  })

  it('a version can be thinned; the text of the draft and a pinned version cannot', () => {
    mailbox.drafts.create('d', text('one'), null, 10)
    mailbox.drafts.saveInNewSlot('d', 2, 1, text('two'), 20)
    mailbox.drafts.saveInNewSlot('d', 3, 2, text('three'), 30)
    mailbox.drafts.pin('d', 1)
    mailbox.drafts.removeVersion('d', 2)
    expect(() => mailbox.drafts.removeVersion('d', 1)).toThrow(/pinned/)
    expect(() => mailbox.drafts.removeVersion('d', 3)).toThrow(/text of a draft/)
    expect(mailbox.drafts.versionTimes('d')).toEqual([
      { slot: 1, savedAt: 10, pinned: true },
      { slot: 3, savedAt: 30, pinned: false }
    ])
    expect(mailbox.drafts.longestSince('d', 0)?.body, 'only what is newer than the pinned one').toBe('three')
  })

  it('one text can be set aside beside a draft, the newest', () => {
    mailbox.drafts.create('d', text('one'), null, 10)
    expect(mailbox.drafts.aside('d')).toBeNull()
    mailbox.drafts.setAside('d', text('short'), 20)
    mailbox.drafts.setAside('d', text('shorter'), 30)
    expect(mailbox.drafts.aside('d')).toEqual({ ...text('shorter'), savedAt: 30 })
    expect(mailbox.drafts.get('d')?.body).toBe('one')
    mailbox.drafts.clearAside('d')
    expect(mailbox.drafts.aside('d')).toBeNull()
  })

  it('what is in hand is left open by a crash, and forgotten when it was looked at', () => {
    mailbox.drafts.create('d', text('one'), null, 10)
    mailbox.drafts.create('e', text('two'), null, 10)
    mailbox.draftsInHand.take('d', 20)
    mailbox.draftsInHand.take('e', 21)
    mailbox.draftsInHand.putDown('e')
    expect(mailbox.draftsInHand.leftOpen()).toEqual([])
    mailbox.draftsInHand.markLeftOpen()
    mailbox.draftsInHand.take('d', 30)
    mailbox.draftsInHand.putDownAll()
    expect(mailbox.draftsInHand.leftOpen()).toEqual([{ draftId: 'd', since: 20 }])
    mailbox.drafts.close('d', 'sent', 40)
    expect(mailbox.draftsInHand.leftOpen(), 'a letter that was sent is not open').toEqual([])
    mailbox.drafts.reopen('d')
    mailbox.draftsInHand.forgetLeftOpen()
    expect(mailbox.draftsInHand.leftOpen()).toEqual([])
  })

  it('a slot is written once, and only to a draft that exists', () => {
    mailbox.drafts.create('d', text('one'), null, 10)
    expect(() => mailbox.drafts.saveInNewSlot('d', 1, 1, text('two'), 11)).toThrow(/UNIQUE/)
    expect(() => mailbox.drafts.create('d', text('again'), null, 10)).toThrow(/UNIQUE/)
    expect(() => mailbox.drafts.saveInNewSlot('none', 1, 1, text('two'), 11)).toThrow(/FOREIGN KEY/)
    expect(() => mailbox.drafts.saveInSlot('d', 1, -1, text('two'), 11)).toThrow()
    expect(mailbox.drafts.get('d')?.body).toBe('one')
  })

  it('any walk of saves keeps the last text, and every text that got its own slot', () => {
    const save = fc.record({ body: fc.string({ unit: 'binary', maxLength: 200 }), newSlot: fc.boolean() })
    fc.assert(
      fc.property(fc.array(save, { minLength: 1, maxLength: 30 }), (saves) => {
        const box = openMailbox(':memory:', 1)
        box.drafts.create('d', text(''), null, 0)
        let slot = 1
        const kept: string[] = ['']
        saves.forEach(({ body, newSlot }, index) => {
          if (newSlot) {
            slot += 1
            kept.push(body)
            box.drafts.saveInNewSlot('d', slot, index + 1, text(body), index)
          } else {
            kept[kept.length - 1] = body
            box.drafts.saveInSlot('d', slot, index + 1, text(body), index)
          }
        })
        const asStored = (body: string): string => Buffer.from(body).toString()
        expect(box.drafts.get('d')).toMatchObject({ slot, revision: saves.length, body: asStored(kept.at(-1) ?? '') })
        expect(box.drafts.versions('d').map(({ body }) => body)).toEqual(kept.map(asStored).reverse())
        box.close()
      }),
      { numRuns: 60 }
    )
  })

  it('closed drafts leave the list, and come back when reopened', () => {
    mailbox.drafts.create('a', text('a'), null, 1)
    mailbox.drafts.create('b', text('b'), 'a', 2)
    mailbox.drafts.close('a', 'discarded', 3)
    expect(mailbox.drafts.listOpen().map(({ draftId, copyOf }) => [draftId, copyOf])).toEqual([['b', 'a']])
    expect(mailbox.drafts.countOpen()).toBe(1)
    mailbox.drafts.reopen('a')
    expect(mailbox.drafts.listOpen().map(({ draftId }) => draftId)).toEqual(['b', 'a'])
    expect(mailbox.drafts.get('a')?.body).toBe('a')
  })

  it('text comes back as it went in', () => {
    const body = 'Zoë ☧ 👩‍👧 e\u0301\n\ttab\r\n\u202Eright to left\u202C “quotes” \u0000 end'
    mailbox.drafts.create('d', text(body), null, 1)
    expect(mailbox.drafts.get('d')?.body).toBe(body)
  })
})

describe('people', () => {
  beforeEach(() => mailbox.facilities.put(rules('cedar-state'), 1))

  it('someone removed and added again keeps the id, and with it every letter', () => {
    mailbox.contacts.put(person)
    mailbox.contacts.remove('c1', 5)
    expect(mailbox.contacts.list()).toEqual([])
    mailbox.contacts.put({ ...person, contactId: 'c2', firstName: 'Dan', addedAt: 9 })
    expect(mailbox.contacts.list()).toEqual([{ ...person, firstName: 'Dan', removedAt: null }])
    expect(mailbox.contacts.get('c2')).toBeNull()
  })
  it('the same number at another facility is another person', () => {
    mailbox.facilities.put(rules('elm-county-jail'), 1)
    mailbox.contacts.put(person)
    mailbox.contacts.put({ ...person, contactId: 'c2', facilityId: 'elm-county-jail' })
    expect(mailbox.contacts.count()).toBe(2)
  })
  it('leading zeros belong to a number', () => {
    mailbox.contacts.put(person)
    mailbox.contacts.put({ ...person, contactId: 'c2', number: '0448213' })
    expect(mailbox.contacts.byNumber('cedar-state', '0448213')?.contactId).toBe('c2')
    expect(mailbox.contacts.byNumber('cedar-state', '448213')?.contactId).toBe('c1')
  })
  it.each(["'; DROP TABLE contact; --", '%', '_', '"', '\\', 'NULL', '1 OR 1=1'])('%s is a number like any other to look for', (number) => {
    mailbox.contacts.put(person)
    expect(mailbox.contacts.byNumber('cedar-state', number)).toBeNull()
    expect(mailbox.contacts.count()).toBe(1)
  })
})

describe('answers', () => {
  const reply = { messageId: 'm', serviceSeq: 1, letterId: null, contactId: null, senderName: 'Daniel', facilityId: 'cedar-state', number: '448213', subject: 's', body: 'b'.repeat(1_000), receivedAt: 1 }
  it('the same message twice is one, as it came first', () => {
    mailbox.replies.insert(reply)
    mailbox.replies.insert({ ...reply, body: 'other' })
    mailbox.replies.insert({ ...reply, messageId: 'other' })
    expect(mailbox.replies.count()).toBe(1)
    expect(mailbox.replies.get('m')?.body).toBe(reply.body)
  })
  it('is read once, and lists carry its first words alone', () => {
    mailbox.replies.insert(reply)
    expect(mailbox.replies.countUnread()).toBe(1)
    expect(mailbox.replies.markRead('m', 5)).toBe(true)
    expect(mailbox.replies.markRead('m', 6)).toBe(false)
    expect(mailbox.replies.get('m')?.readAt).toBe(5)
    expect(mailbox.replies.page(10, 0)[0]?.body.length).toBe(300)
  })
})

describe('this PC', () => {
  const account = { accountId: 'a', email: 'mary@parish.org', displayName: 'Mary K.', practice: false, coordinator: false, lastSignInAt: 5 }
  it('keeps its own id, and counts failures for each account', () => {
    const desk = openDesk(':memory:', 1, 'device-1', 'this-pc')
    expect(desk.deviceId).toBe('device-1')
    desk.rememberAccount(account)
    desk.noteFailure('a', { failures: 1, locks: 0, lockedUntil: null })
    desk.noteFailure('a', { failures: 3, locks: 1, lockedUntil: 900 })
    expect(desk.accountByEmail('mary@parish.org')).toMatchObject({ failures: 3, locks: 1, lockedUntil: 900, practice: false, passwordHash: '' })
    desk.noteSignIn('a', 1_000)
    expect(desk.accountByEmail('mary@parish.org')).toMatchObject({ failures: 0, locks: 0, lockedUntil: null, lastSignInAt: 1_000 })
    expect(desk.accountByEmail('MARY@parish.org')).toBeNull()
    expect(() => desk.rememberAccount({ ...account, accountId: 'b' })).toThrow(/UNIQUE/)
    desk.close()
  })

  it('counts the time it was open, keeps what happened to an account, and what the parish decided', () => {
    const desk = openDesk(':memory:', 1, 'device-1', 'this-pc')
    desk.addOpenTime(30_000)
    desk.addOpenTime(30_000)
    expect(desk.openMs()).toBe(60_000)
    desk.notePending('a', { event: 'signInFailed', at: 7, details: {} })
    expect(desk.pending('a')).toEqual([{ event: 'signInFailed', at: 7, details: {} }])
    expect(desk.pending('b')).toEqual([])
    desk.clearPending('a')
    expect(desk.pending('a')).toEqual([])
    expect(desk.parish()).toBeNull()
    desk.decideEscrow('public half', 8)
    expect(desk.parish()).toEqual({ escrow: true, publicKey: 'public half' })
    desk.decideEscrow(null, 9)
    expect(desk.parish()).toEqual({ escrow: false, publicKey: null })
    desk.close()
  })

  it('is another PC under another mark: a new id, and nothing is remembered', () => {
    const folder = mkdtempSync(join(tmpdir(), 'epistle-desk-'))
    const file = join(folder, 'desk.db')
    const here = openDesk(file, 1, 'device-1', 'this-pc')
    here.rememberAccount(account)
    here.keepRememberToken('a', 'token')
    here.close()
    const again = openDesk(file, 2, 'device-2', 'this-pc')
    expect([again.deviceId, again.account('a')?.rememberToken]).toEqual(['device-1', 'token'])
    again.close()
    const elsewhere = openDesk(file, 3, 'device-3', 'another-pc')
    expect([elsewhere.deviceId, elsewhere.account('a')?.rememberToken]).toEqual(['device-3', null])
    elsewhere.close()
    rmSync(folder, { recursive: true })
  })
})
