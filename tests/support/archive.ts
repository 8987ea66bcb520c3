/** A mailbox with a past: letters that have gone, answers, and an older archive, written straight into its tables. */
import type { Connection } from '../../src-main/storage/open'
import { addContact, addFacility, addLedgerLine, hash, openRawMailbox } from './mailbox-rows'

export type OldLetter = { readonly id: string; readonly contactId?: string; readonly subject: string; readonly body: string; readonly at: number }

/** A letter that has gone, with all that belongs to it. */
export const addSentLetter = (connection: Connection, { id, contactId = 'contact-1', subject, body, at }: OldLetter): void => {
  connection.prepare(`INSERT INTO draft (id, state, copy_of, created_at, closed_at) VALUES (?, 'sent', NULL, ?, ?)`).run(`draft-${id}`, at, at)
  connection
    .prepare(`INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at)
      SELECT ?, ?, id, first_name || ' ' || last_name, facility_id, 'Cedar State', number, ?, ?, 0, ? FROM contact WHERE id = ?`)
    .run(id, `draft-${id}`, subject, body, at, contactId)
  connection.prepare('INSERT INTO confirmation (letter_id, payload_hash, stamps, at) VALUES (?, ?, 1, ?)').run(id, hash, at)
  connection.prepare(`INSERT INTO letter_status (letter_id, state, since) VALUES (?, 'delivered', ?)`).run(id, at + 1)
  connection
    .prepare(`INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at) VALUES (?, ?, ?, ?, 'TX', 'stamp', 1, 'QUEUED', 0, ?)`)
    .run(`delivery-${id}`, id, `key-${id}`, hash, at)
  connection.prepare(`UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = ?`).run(id)
  connection.prepare(`UPDATE delivery SET state = 'SENT', receipt = ? WHERE letter_id = ?`).run(`R-${id}`, id)
}

export const addAnswer = (connection: Connection, { id, subject, body, at, letterId, number = '448213' }: OldLetter & { readonly letterId?: string; readonly number?: string }, serviceSeq: number): void => {
  connection
    .prepare(`INSERT INTO reply (id, service_seq, letter_id, contact_id, sender_name, facility_id, number, subject, body, received_at) VALUES (?, ?, ?, 'contact-1', 'Daniel Reyes', 'cedar-state', ?, ?, ?, ?)`)
    .run(id, serviceSeq, letterId ?? null, number, subject, body, at)
}

/** Two contacts and stamps to write with, nothing written yet. */
export const archiveMailbox = (file?: string): Connection => {
  const connection = openRawMailbox(file)
  addFacility(connection)
  addContact(connection, 'contact-1', '448213')
  addContact(connection, 'contact-2', '448214')
  addLedgerLine(connection, 'purchase', 'purchase-key', 'outside', 'available', 1000)
  return connection
}
