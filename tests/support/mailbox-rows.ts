/** A mailbox in memory with one row of everything, and a raw hand on it: for tests of what the schema itself refuses. */
import { migrate } from '../../src-main/storage/migrate'
import { mailboxMigrations } from '../../src-main/storage/migrations/mailbox'
import { openConnection, type Connection } from '../../src-main/storage/open'

export const hash = 'a'.repeat(64)

/** @param file a path, or a mailbox in memory */
export const openRawMailbox = (file = ':memory:'): Connection => {
  const connection = openConnection(file)
  migrate(connection, mailboxMigrations, 1_000, () => undefined)
  return connection
}

export const addFacility = (connection: Connection, id = 'cedar-state'): void => {
  connection.prepare('INSERT INTO facility (id, rules, fetched_at) VALUES (?, ?, 1)').run(id, '{}')
}
export const addContact = (connection: Connection, id = 'contact-1', number = '448213'): void => {
  connection.prepare(`INSERT INTO contact (id, facility_id, number, first_name, last_name, status, standing, added_at) VALUES (?, 'cedar-state', ?, 'Daniel', 'Reyes', 'active', 'ready', 1)`).run(id, number)
}
export const addDraft = (connection: Connection, id = 'draft-1'): void => {
  connection.prepare(`INSERT INTO draft (id, state, copy_of, created_at) VALUES (?, 'open', NULL, 1)`).run(id)
  connection.prepare(`INSERT INTO draft_text (draft_id, slot, revision, contact_id, subject, body, prepaid_reply, started_at, saved_at) VALUES (?, 1, 0, NULL, 's', 'b', 0, 1, 1)`).run(id)
}
export const addLetter = (connection: Connection, id = 'letter-1'): void => {
  connection
    .prepare(`INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at)
      VALUES (?, 'draft-1', 'contact-1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 'Subject', 'Body', 0, 1)`)
    .run(id)
  connection.prepare('INSERT INTO confirmation (letter_id, payload_hash, stamps, at) VALUES (?, ?, 1, 1)').run(id, hash)
  connection.prepare(`INSERT INTO letter_status (letter_id, state, since) VALUES (?, 'queued', 1)`).run(id)
  connection.prepare(`INSERT INTO letter_event (letter_seq, state, at) SELECT seq, 'queued', 1 FROM letter WHERE id = ?`).run(id)
}
export const addDelivery = (connection: Connection, id = 'delivery-1', letterId = 'letter-1', key = 'key-1'): void => {
  connection
    .prepare(`INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at) VALUES (?, ?, ?, ?, 'TX', 'stamp', 1, 'QUEUED', 0, 1)`)
    .run(id, letterId, key, hash)
}
export const addLedgerLine = (connection: Connection, reason: string, reference: string, from: string, to: string, amount: number, wallet = 'TX'): void => {
  connection.prepare('INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES (?, ?, ?, ?, ?, ?, 1)').run(wallet, reason, reference, from, to, amount)
}
export const addPurchase = (connection: Connection, id = 'purchase-1', key = 'purchase-key'): void => {
  connection
    .prepare(`INSERT INTO purchase (id, key, wallet_id, wallet_name, facility_id, package_id, package_label, stamps, cents, card_brand, card_last4, state, made_at)
      VALUES (?, ?, 'TX', 'Texas', 'cedar-state', 'cedar-20', '20 stamps', 20, 500, 'Visa', '4242', 'pending', 1)`)
    .run(id, key)
}
export const addReply = (connection: Connection, id = 'reply-1', serviceSeq = 1): void => {
  connection
    .prepare(`INSERT INTO reply (id, service_seq, letter_id, contact_id, sender_name, facility_id, number, subject, body, received_at) VALUES (?, ?, 'letter-1', 'contact-1', 'Daniel', 'cedar-state', '448213', 's', 'b', 1)`)
    .run(id, serviceSeq)
}

export const filledMailbox = (): Connection => {
  const connection = openRawMailbox()
  addFacility(connection)
  addContact(connection)
  addDraft(connection)
  addLetter(connection)
  addDelivery(connection)
  addLedgerLine(connection, 'purchase', 'purchase-key', 'outside', 'available', 20)
  addLedgerLine(connection, 'reserve', 'key-1', 'available', 'reserved', 1)
  addPurchase(connection)
  addReply(connection)
  return connection
}
