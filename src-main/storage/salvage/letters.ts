import { exists, insertRow } from './insert'
import { freezePhotos, photosOfLetters, putIntoDraft } from './photos'
import { by, type Row } from './rows'
import type { Salvage } from './salvage'

/** Moves of stamps that are not about a letter of ours; the others come with their letter. */
const ownMoves: readonly unknown[] = ['purchase', 'grant', 'elsewhere', 'adjust']

/** A file of an older version names the letter of an event by its id (migration `lean-history`). @returns the event with the letter's number, as the file has it */
const namedByNumber = (letters: readonly Row[]): ((event: Row) => Row) => {
  const numbers = new Map(letters.map((letter) => [letter['id'], letter['seq'] ?? null]))
  return (event) => ('letter_seq' in event ? event : { ...event, letter_seq: numbers.get(event['letter_id'] ?? null) ?? null })
}

/**
 * Brings the letters that the sound mailbox does not have. One that was sent comes with its receipt, its stamps, its history and its photos' names, or not as a
 * letter; one that was not sent, or does not come whole, leaves its draft open.
 */
export const bringLetters = (salvage: Salvage, now: number): { readonly letters: number; readonly unsent: number } => {
  const { target, rowsOf, attempt } = salvage
  const letterRows = [...rowsOf('letter')]
  const deliveries = by(rowsOf('delivery'), 'letter_id')
  const confirmations = by(rowsOf('confirmation'), 'letter_id')
  const events = by([...rowsOf('letter_event')].map(namedByNumber(letterRows)), 'letter_seq')
  const moves = [...rowsOf('ledger')]
  const movesByKey = by(moves, 'reference')
  const texts = by(rowsOf('draft_text'), 'draft_id')
  const photosOf = photosOfLetters(rowsOf)
  const cursor = Number(target.prepare(`SELECT value FROM meta WHERE name = 'updatesCursor'`).pluck().get() ?? 0)
  for (const move of moves) if (ownMoves.includes(move['reason'])) attempt(() => void insertRow(target, 'ledger', move, { seq: undefined }))

  const asLetter = (letter: Row, delivery: Row, confirmation: Row): void => {
    bringItsDraft(letter, 'sent')
    insertRow(target, 'letter', letter, { seq: undefined })
    const seq = target.prepare('SELECT seq FROM letter WHERE id = ?').pluck().get(letter['id']) as number
    freezePhotos(target, letter, seq, photosOf(letter))
    insertRow(target, 'confirmation', confirmation, { seq: undefined })
    insertRow(target, 'delivery', delivery, { state: 'QUEUED', attempts: 0, receipt: null })
    const own = movesByKey.get(delivery['key']) ?? []
    // Written in their order; the schema refuses what does not fit, and then the whole letter.
    for (const move of own) if (!ownMoves.includes(move['reason'])) insertRow(target, 'ledger', move, { seq: undefined })
    const attempts = Math.max(1, Number(delivery['attempts']))
    target.prepare(`UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE id = ?`).run(delivery['id'])
    if (attempts > 1) target.prepare('UPDATE delivery SET attempts = ? WHERE id = ?').run(attempts, delivery['id'])
    target.prepare(`UPDATE delivery SET state = 'SENT', receipt = ? WHERE id = ?`).run(delivery['receipt'], delivery['id'])
    // What the service told after the cursor, it tells again.
    const told = (events.get(letter['seq']) ?? []).filter((event) => event['service_seq'] === null || Number(event['service_seq']) <= cursor)
    for (const event of told) insertRow(target, 'letter_event', event, { seq: undefined, letter_seq: seq })
    const last = told.at(-1)
    target
      .prepare('INSERT OR IGNORE INTO letter_status (letter_id, state, since, reason) VALUES (?, ?, ?, ?)')
      .run(letter['id'], last?.['state'] ?? 'submitted', last?.['at'] ?? letter['confirmed_at'], last?.['reason'] ?? null)
  }

  /** The draft a letter was made of; where its own rows are lost, its text is the letter's. */
  const bringItsDraft = (letter: Row, state: 'sent' | 'open'): void => {
    const id = letter['draft_id']
    if (!exists(target, 'draft', 'id', id)) {
      target
        .prepare('INSERT INTO draft (id, state, copy_of, created_at, closed_at) VALUES (?, ?, NULL, ?, ?)')
        .run(id, state, letter['confirmed_at'], state === 'open' ? null : letter['confirmed_at'])
    } else {
      target.prepare('UPDATE draft SET state = ?, closed_at = ? WHERE id = ?').run(state, state === 'open' ? null : letter['confirmed_at'], id)
    }
    for (const text of texts.get(id) ?? []) insertRow(target, 'draft_text', text)
    putIntoDraft(target, id, photosOf(letter))
    if (state === 'sent') {
      if (!exists(target, 'draft_text', 'draft_id', id)) putText(letter, 1, 0)
      return
    }
    // The letter's own words stand last, whatever the rows before them say.
    const last = target.prepare('SELECT max(slot) AS slot, max(revision) AS revision FROM draft_text WHERE draft_id = ?').get(id) as { slot: number | null; revision: number | null }
    putText(letter, (last.slot ?? 0) + 1, (last.revision ?? -1) + 1)
  }
  const putText = (letter: Row, slot: number, revision: number): void => {
    target
      .prepare(
        `INSERT INTO draft_text (draft_id, slot, revision, contact_id, subject, body, prepaid_reply, started_at, saved_at)
         VALUES (@draft, @slot, @revision, (SELECT id FROM contact WHERE id = @contact), @subject, @body, @prepaid, @at, @at)`
      )
      .run({
        draft: letter['draft_id'],
        slot,
        revision,
        contact: letter['contact_id'],
        subject: letter['subject'],
        body: letter['body'],
        prepaid: letter['prepaid_reply'],
        at: now
      })
  }

  let letters = 0
  let unsent = 0
  for (const letter of letterRows) {
    const delivery = deliveries.get(letter['id'])?.[0]
    if (exists(target, 'letter', 'id', letter['id'])) {
      if (delivery?.['state'] === 'CANCELLED') attempt(() => cancelHere(salvage, letter, delivery, movesByKey.get(delivery['key']) ?? [], now))
      continue
    }
    const confirmation = confirmations.get(letter['id'])?.[0]
    const wasSent = delivery?.['state'] === 'SENT' && confirmation !== undefined
    if (wasSent && attempt(() => asLetter(letter, delivery, confirmation))) letters += 1
    else if (delivery?.['state'] !== 'CANCELLED' && attempt(() => bringItsDraft(letter, 'open'))) unsent += 1
  }
  return { letters, unsent }
}

/** A letter that waits in the sound mailbox and was taken back afterwards must not go: it is taken back here too. */
const cancelHere = ({ target }: Salvage, letter: Row, delivery: Row, moves: readonly Row[], now: number): void => {
  const changed = target.prepare(`UPDATE delivery SET state = 'CANCELLED' WHERE id = ? AND state = 'QUEUED' AND attempts = 0`).run(delivery['id']).changes
  if (changed === 0) return
  const reserved = target.prepare(`SELECT * FROM ledger WHERE reason = 'reserve' AND reference = ?`).get(delivery['key']) as Row | undefined
  const cancelled = moves.find((move) => move['reason'] === 'cancel')
  if (reserved !== undefined) {
    const move = cancelled ?? { ...reserved, reason: 'cancel', from_account: 'reserved', to_account: 'available', at: now }
    insertRow(target, 'ledger', move, { seq: undefined })
  }
  target.prepare(`INSERT INTO letter_event (letter_seq, state, at, reason, service_seq) VALUES ((SELECT seq FROM letter WHERE id = ?), 'cancelled', ?, NULL, NULL)`).run(letter['id'], now)
  target.prepare(`UPDATE letter_status SET state = 'cancelled', since = ?, reason = NULL WHERE letter_id = ?`).run(now, letter['id'])
  target.prepare(`UPDATE draft SET state = 'open', closed_at = NULL WHERE id = ?`).run(letter['draft_id'])
}
