/** What the mailbox's schema refuses by itself: a bug above it then fails loudly instead of losing a letter or a stamp. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../../src-main/storage/open'
import { addContact, addDelivery, addLedgerLine, addLetter, addPurchase, addReply, filledMailbox, hash } from '../../support/mailbox-rows'

let mailbox: Connection
beforeEach(() => {
  mailbox = filledMailbox()
})
afterEach(() => void mailbox.close())

const refuses = (sql: string, why: RegExp | string): void => {
  expect(() => mailbox.exec(sql)).toThrow(why)
  expect(mailbox.pragma('integrity_check', { simple: true })).toBe('ok')
}
const state = (next: string, more = ''): string => `UPDATE delivery SET state = '${next}'${more} WHERE id = 'delivery-1'`
const sendingNow = (): void => {
  mailbox.exec(state('SENDING', ', attempts = attempts + 1'))
}
const sent = ", receipt = 'receipt-1'"

describe('what happened cannot be changed or taken away', () => {
  it.each([
    ['the text of a confirmed letter', `UPDATE letter SET body = 'other'`, /a confirmed letter cannot change/],
    ['the subject of a confirmed letter', `UPDATE letter SET subject = 'other'`, /a confirmed letter cannot change/],
    ['the person of a confirmed letter', `UPDATE letter SET contact_id = contact_id`, /a confirmed letter cannot change/],
    ['a confirmed letter', 'DELETE FROM letter', /cannot be deleted|FOREIGN KEY/],
    ['a delivery', 'DELETE FROM delivery', /a delivery cannot be deleted/],
    ['a line of the ledger', 'UPDATE ledger SET amount = 100', /the ledger cannot change/],
    ['the time of a line of the ledger', 'UPDATE ledger SET at = at', /the ledger cannot change/],
    ['a line out of the ledger', `DELETE FROM ledger WHERE reason = 'reserve'`, /the ledger cannot be deleted/],
    ['a confirmation', `UPDATE confirmation SET stamps = 0`, /a confirmation cannot change/],
    ['a confirmation away', 'DELETE FROM confirmation', /a confirmation cannot be deleted/],
    ['a step of the history', `UPDATE letter_event SET state = 'delivered'`, /history cannot change/],
    ['a step out of the history', 'DELETE FROM letter_event', /history cannot be deleted/],
    ['a purchase away', 'DELETE FROM purchase', /a purchase cannot be deleted/],
    ['the words of an answer', `UPDATE reply SET body = 'other'`, /a received message cannot change/],
    ['the subject of an answer', `UPDATE reply SET subject = 'other'`, /a received message cannot change/],
    ['the time of an answer', 'UPDATE reply SET received_at = 0', /a received message cannot change/],
    ['the place of an entry of the archive', `UPDATE archive SET id = id + 1`, /keeps its place/],
    ['an entry out of the archive', 'DELETE FROM archive', /cannot be deleted/],
    ['the text of a draft away', 'DELETE FROM draft_text', /the text of a draft cannot be thinned/],
    ['a pinned version away', `UPDATE draft_text SET pinned = 1; DELETE FROM draft_text WHERE pinned = 1`, /a pinned version cannot be thinned|the text of a draft cannot be thinned/],
    ['a revision of a draft, backwards', `UPDATE draft_text SET revision = 5; UPDATE draft_text SET revision = 4`, /a draft revision cannot fall/]
  ])('%s', (_what, sql, why) => refuses(sql, why))

  it.each(['id', 'letter_id', 'key', 'payload_hash', 'wallet_id', 'unit', 'stamps'])('%s of a delivery: what was confirmed', (column) => {
    refuses(`UPDATE delivery SET ${column} = ${column}`, /what was confirmed cannot change/)
  })

  it('an answer may be marked as read', () => {
    mailbox.exec('UPDATE reply SET read_at = 5')
  })
})

describe('a delivery takes the steps of the protocol and no other', () => {
  const states = ['QUEUED', 'SENDING', 'SENT', 'REJECTED', 'CANCELLED'] as const
  type State = (typeof states)[number]
  const reachedBy: { readonly [S in State]: readonly string[] } = {
    QUEUED: [],
    SENDING: [state('SENDING', ', attempts = attempts + 1')],
    SENT: [state('SENDING', ', attempts = attempts + 1'), state('SENT', sent)],
    REJECTED: [state('SENDING', ', attempts = attempts + 1'), state('REJECTED')],
    CANCELLED: [state('CANCELLED')]
  }
  const allowed: { readonly [S in State]: readonly State[] } = {
    QUEUED: ['SENDING', 'CANCELLED'],
    SENDING: ['SENT', 'REJECTED', 'SENDING'],
    SENT: [],
    REJECTED: [],
    CANCELLED: []
  }
  const step = (from: State, to: State): string => {
    const tries = to === 'SENDING' ? ', attempts = attempts + 1' : ''
    const receipt = to === 'SENT' ? sent : from === 'SENT' ? ', receipt = NULL' : ''
    return state(to, tries + receipt)
  }

  it.each(states.flatMap((from) => states.filter((to) => to !== from || from === 'SENDING').map((to) => [from, to] as const)))('%s -> %s', (from, to) => {
    for (const sql of reachedBy[from]) mailbox.exec(sql)
    if (allowed[from].includes(to)) {
      mailbox.exec(step(from, to))
      expect(mailbox.prepare('SELECT state FROM delivery').pluck().get()).toBe(to)
    } else refuses(step(from, to), /not an allowed step of a delivery/)
  })

  it('the tries never fall, and one try counts as one', () => {
    refuses(state('SENDING'), /not an allowed step/)
    refuses(state('SENDING', ', attempts = attempts + 2'), /not an allowed step/)
    sendingNow()
    refuses('UPDATE delivery SET attempts = 0', /not an allowed step/)
    refuses(state('SENT', `, attempts = 5${sent}`), /not an allowed step/)
  })
  it('a letter that was tried once cannot be taken back', () => {
    sendingNow()
    refuses(state('CANCELLED'), /not an allowed step/)
  })
  it('sent means a receipt, and a receipt means sent', () => {
    refuses(`UPDATE delivery SET receipt = 'receipt-1'`, /CHECK/)
    sendingNow()
    refuses(state('SENT'), /CHECK/)
    refuses(state('REJECTED', sent), /CHECK/)
  })
  it('begins queued, untried', () => {
    addLetter(mailbox, 'letter-2')
    const insert = (values: string): string =>
      `INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at) VALUES ('delivery-2', 'letter-2', 'key-2', '${hash}', 'TX', 'stamp', ${values}, 1)`
    refuses(insert("1, 'SENDING', 0"), /a delivery begins queued/)
    refuses(insert("1, 'QUEUED', 1"), /a delivery begins queued/)
    refuses(insert("51, 'QUEUED', 0"), /CHECK/)
    refuses(insert("-1, 'QUEUED', 0"), /CHECK/)
    mailbox.exec(insert("0, 'QUEUED', 0"))
  })
  it('one letter, one delivery, one key, one receipt', () => {
    refuses(`INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at) VALUES ('d', 'letter-1', 'k', '${hash}', 'TX', 'stamp', 1, 'QUEUED', 0, 1)`, /UNIQUE/)
    addLetter(mailbox, 'letter-2')
    expect(() => addDelivery(mailbox, 'delivery-2', 'letter-2', 'key-1')).toThrow(/UNIQUE/)
    addDelivery(mailbox, 'delivery-2', 'letter-2', 'key-2')
    sendingNow()
    mailbox.exec(state('SENT', sent))
    mailbox.exec(`UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE id = 'delivery-2'`)
    refuses(`UPDATE delivery SET state = 'SENT', receipt = 'receipt-1' WHERE id = 'delivery-2'`, /UNIQUE/)
  })
  it('belongs to a letter, and the letter to a person', () => {
    expect(() => addDelivery(mailbox, 'delivery-9', 'letter-9', 'key-9')).toThrow(/FOREIGN KEY/)
    refuses(`INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at) VALUES ('l', 'draft-1', 'nobody', 'n', 'cedar-state', 'c', '1', 's', 'b', 0, 1)`, /FOREIGN KEY/)
  })
})

describe('the ledger', () => {
  it('writes each line once: the same reason and reference are one fact', () => {
    expect(() => addLedgerLine(mailbox, 'purchase', 'purchase-key', 'outside', 'available', 20)).toThrow(/UNIQUE/)
    expect(() => addLedgerLine(mailbox, 'reserve', 'key-1', 'available', 'reserved', 1)).toThrow(/UNIQUE/)
  })
  it.each([
    ['post', 'spent', 'void', 'available'],
    ['post', 'spent', 'cancel', 'available'],
    ['void', 'available', 'post', 'spent'],
    ['void', 'available', 'cancel', 'available'],
    ['cancel', 'available', 'post', 'spent']
  ])('settles a reservation once: %s (%s), then no %s (%s)', (first, to, second, then) => {
    addLedgerLine(mailbox, first, 'key-1', 'reserved', to, 1)
    expect(() => addLedgerLine(mailbox, second, 'key-1', 'reserved', then, 1)).toThrow(/UNIQUE/)
  })
  it.each([
    ['what was never reserved', 'key-9', 1, 'TX'],
    ['more than was reserved', 'key-1', 2, 'TX'],
    ['from another wallet', 'key-1', 1, 'CA']
  ])('settles nothing else: %s', (_what, reference, amount, wallet) => {
    for (const [reason, to] of [['post', 'spent'], ['void', 'available'], ['cancel', 'available']] as const) {
      expect(() => addLedgerLine(mailbox, reason, reference, 'reserved', to, amount, wallet)).toThrow(/only what was reserved can be settled/)
    }
  })
  it('reserves no more than is there', () => {
    expect(() => addLedgerLine(mailbox, 'reserve', 'key-2', 'available', 'reserved', 20)).toThrow(/more than is there/)
    expect(() => addLedgerLine(mailbox, 'reserve', 'key-2', 'available', 'reserved', 1, 'CA')).toThrow(/more than is there/)
    addLedgerLine(mailbox, 'reserve', 'key-2', 'available', 'reserved', 19)
    expect(() => addLedgerLine(mailbox, 'reserve', 'key-3', 'available', 'reserved', 1)).toThrow(/more than is there/)
  })

  const accounts = ['outside', 'available', 'reserved', 'spent'] as const
  const movements: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    purchase: [['outside', 'available']],
    grant: [['outside', 'available']],
    reserve: [['available', 'reserved']],
    post: [['reserved', 'spent']],
    void: [['reserved', 'available']],
    cancel: [['reserved', 'available']],
    elsewhere: [['available', 'spent']],
    adjust: [
      ['outside', 'available'],
      ['available', 'outside']
    ]
  }
  it.each(Object.keys(movements))('%s moves stamps its own way and no other', (reason) => {
    const settles = ['post', 'void', 'cancel'].includes(reason)
    for (const from of accounts) {
      for (const to of accounts) {
        const allowed = movements[reason]?.some(([a, b]) => a === from && b === to)
        const line = (): void => addLedgerLine(mailbox, reason, settles ? 'key-1' : `${reason}-${from}-${to}`, from, to, 1)
        if (allowed) line()
        else expect(line, `${reason}: ${from} -> ${to}`).toThrow(/CHECK|UNIQUE/)
      }
    }
  })
  it.each([0, -1, 1.5])('moves whole stamps, at least one, not %d', (amount) => {
    expect(() => addLedgerLine(mailbox, 'grant', 'g', 'outside', 'available', amount)).toThrow(/CHECK|cannot store REAL/)
  })
  it('knows no other reason', () => {
    expect(() => addLedgerLine(mailbox, 'gift', 'g', 'outside', 'available', 1)).toThrow(/CHECK/)
  })
})

describe('purchases, people, drafts, answers', () => {
  it('a purchase settles once', () => {
    mailbox.exec(`UPDATE purchase SET state = 'added', receipt = 'r', settled_at = 2`)
    refuses(`UPDATE purchase SET state = 'declined', receipt = NULL`, /a settled purchase cannot change/)
    refuses(`UPDATE purchase SET receipt = 'r2'`, /a settled purchase cannot change/)
  })
  it.each(['key', 'stamps', 'cents'])('%s of a purchase stays what it was', (column) => {
    refuses(`UPDATE purchase SET ${column} = ${column === 'key' ? "'other'" : '1'}`, /a settled purchase cannot change/)
  })
  it('added means a receipt and a time; one key and one receipt are one purchase', () => {
    refuses(`UPDATE purchase SET state = 'added', settled_at = 2`, /CHECK/)
    refuses(`UPDATE purchase SET state = 'added', receipt = 'r'`, /CHECK/)
    refuses(`UPDATE purchase SET state = 'declined', receipt = 'r', settled_at = 2`, /CHECK/)
    expect(() => addPurchase(mailbox, 'purchase-2', 'purchase-key')).toThrow(/UNIQUE/)
  })
  it('keeps four digits of a card and no more', () => {
    expect(() =>
      mailbox.exec(`INSERT INTO purchase (id, key, wallet_id, wallet_name, facility_id, package_id, package_label, stamps, cents, card_brand, card_last4, state, made_at)
        VALUES ('p', 'k', 'TX', 'Texas', 'cedar-state', 'c', 'l', 1, 1, 'Visa', '4242424242424242', 'pending', 1)`)
    ).toThrow(/CHECK/)
  })
  it('one person is one contact at a facility', () => {
    expect(() => addContact(mailbox, 'contact-2')).toThrow(/UNIQUE/)
    addContact(mailbox, 'contact-2', '448214')
  })
  it('a draft that is open has no end, and one that is closed has', () => {
    refuses(`UPDATE draft SET state = 'sent'`, /CHECK/)
    refuses('UPDATE draft SET closed_at = 5', /CHECK/)
    mailbox.exec(`UPDATE draft SET state = 'sent', closed_at = 5`)
  })
  it('one message of the service comes once', () => {
    expect(() => addReply(mailbox, 'reply-2', 1)).toThrow(/UNIQUE/)
    expect(() => addReply(mailbox, 'reply-1', 2)).toThrow(/UNIQUE/)
    expect(() => mailbox.exec(`INSERT INTO letter_event (letter_seq, state, at, service_seq) VALUES (1, 'delivered', 1, 7), (1, 'delivered', 1, 7)`)).toThrow(/UNIQUE/)
  })
  it('no column takes another kind of value', () => {
    refuses(`UPDATE letter_status SET since = 'soon'`, /cannot store TEXT/)
    refuses(`UPDATE letter_status SET state = 'lost'`, /CHECK/)
    refuses(`UPDATE contact SET status = 'unknown'`, /CHECK/)
    refuses(`UPDATE contact SET added_at = NULL`, /NOT NULL/)
  })
})

it('every table is STRICT, and every trigger of the schema is tried above, or in a file of its own', () => {
  const tables = mailbox.prepare(`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`).all() as { name: string; strict: number }[]
  expect(tables.filter(({ strict }) => strict !== 1)).toEqual([])
  const triggers = mailbox.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`).pluck().all()
  expect(triggers).toEqual(
    [
      'activity_fixed',
      'activity_kept',
      'archive_counts',
      'archive_counts_going',
      'archive_counts_moving',
      'archive_counts_person',
      'archive_counts_reading',
      'archive_counts_unread',
      'archive_counts_unreading',
      'archive_fixed',
      'archive_fixed_person',
      'archive_follows_imported',
      'archive_follows_mark',
      'archive_follows_name',
      'archive_follows_new_mark',
      'archive_follows_new_note',
      'archive_follows_no_mark',
      'archive_follows_note',
      'archive_follows_reading',
      'archive_follows_status',
      'archive_kept',
      'archive_learns_name',
      'archive_loses_imported',
      'archive_sees_photos',
      'archive_takes_letter',
      'archive_takes_reply',
      'confirmation_fixed',
      'confirmation_kept',
      'contact_is_a_person',
      'contact_move_fixed',
      'contact_move_kept',
      'delivery_begins',
      'delivery_edges',
      'delivery_fixed',
      'delivery_kept',
      'draft_origin_fixed',
      'draft_photo_lets_go',
      'draft_text_newest_stays',
      'draft_text_pinned_stays',
      'draft_text_revision_rises',
      'figures_of_a_delivery',
      'figures_of_a_letter',
      'figures_of_a_reply',
      'figures_of_an_adjustment',
      'import_kept',
      'import_steps',
      'imported_find_contact',
      'imported_frozen',
      'imported_kept',
      'imported_photo_goes',
      'imported_photo_lets_go',
      'ledger_fixed',
      'ledger_kept',
      'ledger_reserves_what_is_there',
      'ledger_settles_a_reserve',
      'ledger_sums',
      'letter_event_fixed',
      'letter_event_kept',
      'letter_frozen',
      'letter_kept',
      'letter_photo_fixed',
      'letter_photo_in_time',
      'letter_photo_kept',
      'note_kept',
      'note_revision_rises',
      'person_has_name',
      'person_has_new_note',
      'person_has_note',
      'person_is_new',
      'photo_fixed',
      'purchase_kept',
      'purchase_settles_once',
      'reply_frozen'
    ].sort()
  )
})
