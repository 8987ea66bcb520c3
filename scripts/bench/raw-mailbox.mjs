/** A mailbox of the app's own, encrypted, with its tables, indexes and triggers, written by plain SQL: what no code above SQLite could save. */
import { randomBytes } from 'node:crypto'
import { openRaw } from './raw-file.mjs'

const wallet = 'TX'
const hash = '0'.repeat(64)

/**
 * @param openMailbox the app's, which makes the file
 * @param stamps how many it may spend
 * @returns the commits of a letter's way, one call each; `key` names the letter everywhere
 */
export function openRawMailbox({ openMailbox }, file, stamps) {
  const key = randomBytes(32)
  openMailbox(file, 1, key).close()
  const raw = openRaw(file, '', key)
  // People and places are not what is measured.
  raw.pragma('foreign_keys = OFF')

  const begin = raw.prepare(`INSERT INTO draft (id, state, created_at) VALUES (?, 'open', 1)`)
  const letter = raw.prepare(`INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at)
    VALUES (?, ?, 'daniel', 'Daniel Reyes', 'cedar-state', 'Cedar State Prison', '4481', 'A letter', ?, 0, 1)`)
  const confirmation = raw.prepare('INSERT INTO confirmation (letter_id, payload_hash, stamps, at) VALUES (?, ?, 1, 1)')
  const delivery = raw.prepare(`INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at)
    VALUES (?, ?, ?, ?, '${wallet}', 'stamp', 1, 'QUEUED', 0, 1)`)
  const entry = raw.prepare(`INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('${wallet}', ?, ?, ?, ?, ?, 1)`)
  const status = raw.prepare(`INSERT INTO letter_status (letter_id, state, since) VALUES (?, ?, 1)
    ON CONFLICT (letter_id) DO UPDATE SET state = excluded.state, since = excluded.since`)
  const event = raw.prepare('INSERT INTO letter_event (letter_seq, state, at) VALUES ((SELECT seq FROM letter WHERE id = ?), ?, 1)')
  const close = raw.prepare(`UPDATE draft SET state = 'sent', closed_at = 1 WHERE id = ?`)
  const activity = raw.prepare(`INSERT INTO activity (id, at, kind, event, details, previous, hash)
    VALUES (?, 1, 'letters', 'letterConfirmed', '{"name":"Daniel Reyes","stamps":1}', ?, ?)`)
  const tried = raw.prepare(`UPDATE delivery SET state = 'SENDING', attempts = attempts + 1 WHERE id = ?`)
  const sent = raw.prepare(`UPDATE delivery SET state = 'SENT', receipt = ? WHERE id = ?`)

  const moveTo = (key, state) => {
    status.run(key, state)
    event.run(key, state)
  }
  entry.run('grant', 'raw', 'outside', 'available', stamps)
  return {
    write: (key) => raw.commit(() => begin.run(key)),
    confirm: (key, body) =>
      raw.commit(() => {
        letter.run(key, key, body)
        confirmation.run(key, hash)
        delivery.run(`d-${key}`, key, `k-${key}`, hash)
        entry.run('reserve', `k-${key}`, 'available', 'reserved', 1)
        moveTo(key, 'queued')
        close.run(key)
        activity.run(`a-${key}`, hash, randomBytes(32).toString('hex'))
      }),
    tryOnce: (key) =>
      raw.commit(() => {
        tried.run(`d-${key}`)
        moveTo(key, 'sending')
      }),
    arrived: (key) =>
      raw.commit(() => {
        sent.run(`R-${key}`, `d-${key}`)
        entry.run('post', `k-${key}`, 'reserved', 'spent', 1)
        moveTo(key, 'submitted')
      }),
    close: raw.close
  }
}
