import type { LetterState } from '../../contract/views'
import type { StatementSource } from '../statements'
import { archiveTable } from './archive'
import type { DeliveryState } from './deliveries'

export type LetterRecord = {
  readonly seq: number
  readonly letterId: string
  readonly draftId: string
  readonly contactId: string
  readonly contactName: string
  readonly facilityId: string
  readonly facilityName: string
  readonly number: string
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
  readonly confirmedAt: number
  readonly status: LetterState
  readonly since: number
  readonly reason: string | null
  readonly dismissedAt: number | null
  readonly deliveryState: DeliveryState
  readonly stamps: number
  readonly unit: 'stamp' | 'credit'
  readonly attempts: number
  readonly nextTryAt: number
  readonly receipt: string | null
  readonly photoCount: number
}

type Row = Omit<LetterRecord, 'prepaidReply'> & { readonly prepaidReply: number }

/** Lists need the first words only; a page of long letters must not read megabytes. */
const columns = (body: string): string => `l.seq, l.id AS letterId, l.draft_id AS draftId, l.contact_id AS contactId, l.contact_name AS contactName,
  l.facility_id AS facilityId, l.facility_name AS facilityName, l.number, l.subject, ${body} AS body, l.prepaid_reply AS prepaidReply,
  l.confirmed_at AS confirmedAt, s.state AS status, s.since, s.reason, s.dismissed_at AS dismissedAt, d.state AS deliveryState, d.stamps, d.unit,
  d.attempts, d.next_try_at AS nextTryAt, d.receipt, l.photos AS photoCount`
const joined = 'letter l JOIN delivery d ON d.letter_id = l.id JOIN letter_status s ON s.letter_id = l.id'
const short = columns('substr(l.body, 1, 300)')

const toLetter = (row: Row): LetterRecord => ({ ...row, prepaidReply: row.prepaidReply === 1 })

export const letterTable = (connection: StatementSource) => {
  const insert = connection.prepare(`
    INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at, photos)
    VALUES (@letterId, @draftId, @contactId, @contactName, @facilityId, @facilityName, @number, @subject, @body, @prepaidReply, @confirmedAt,
      (SELECT count(*) FROM draft_photo WHERE draft_id = @draftId))`)
  const confirm = connection.prepare('INSERT INTO confirmation (letter_id, payload_hash, stamps, at) VALUES (?, ?, ?, ?)')
  const one = connection.prepare(`SELECT ${columns('l.body')} FROM ${joined} WHERE l.id = ?`)
  const byKey = connection.prepare('SELECT letter_id FROM delivery WHERE key = ?').pluck()
  // From the few that are not settled: left to itself, SQLite walks every letter for the sake of their order.
  const outbox = connection.prepare(`SELECT ${short} FROM delivery d INDEXED BY delivery_unsettled CROSS JOIN letter l ON l.id = d.letter_id
    JOIN letter_status s ON s.letter_id = l.id
    WHERE d.state IN ('QUEUED', 'SENDING', 'REJECTED') AND (d.state <> 'REJECTED' OR s.dismissed_at IS NULL) ORDER BY l.seq`)
  const archive = archiveTable(connection)
  const several = connection.prepare(`SELECT ${short} FROM json_each(?) j CROSS JOIN letter l ON l.seq = j.value
    JOIN delivery d ON d.letter_id = l.id JOIN letter_status s ON s.letter_id = l.id ORDER BY j.key`)
  const addEvent = connection.prepare('INSERT INTO letter_event (letter_seq, state, at, reason, service_seq) VALUES ((SELECT seq FROM letter WHERE id = ?), ?, ?, ?, ?)')
  const setStatus = connection.prepare(`INSERT INTO letter_status (letter_id, state, since, reason) VALUES (?, ?, ?, ?)
    ON CONFLICT (letter_id) DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason`)
  const events = connection.prepare('SELECT e.state, e.at, e.reason FROM letter l JOIN letter_event e ON e.letter_seq = l.seq WHERE l.id = ? ORDER BY e.seq')
  const knows = connection.prepare('SELECT 1 FROM letter_event WHERE service_seq = ?').pluck()
  const takenBack = connection.prepare(`SELECT letter_id FROM delivery WHERE state = 'CANCELLED'`).pluck()
  const dismiss = connection.prepare('UPDATE letter_status SET dismissed_at = ? WHERE letter_id = ?')
  const read = (rows: unknown[]): readonly LetterRecord[] => (rows as Row[]).map(toLetter)
  return {
    /** Letters that were taken back before they left. */
    takenBack: (): readonly string[] => takenBack.all() as string[],
    /** Freezes the letter and logs the confirmation that allowed it (I13). */
    insert: (
      letter: Pick<
        LetterRecord,
        'letterId' | 'draftId' | 'contactId' | 'contactName' | 'facilityId' | 'facilityName' | 'number' | 'subject' | 'body' | 'prepaidReply' | 'confirmedAt'
      >,
      consent: { readonly payloadHash: string; readonly stamps: number }
    ): void => {
      insert.run({ ...letter, prepaidReply: letter.prepaidReply ? 1 : 0 })
      confirm.run(letter.letterId, consent.payloadHash, consent.stamps, letter.confirmedAt)
    },
    get: (letterId: string): LetterRecord | null => read([one.get(letterId)].filter((row) => row !== undefined))[0] ?? null,
    idByKey: (key: string): string | null => (byKey.get(key) as string | undefined) ?? null,
    outbox: (): readonly LetterRecord[] => read(outbox.all()),
    sent: (limit: number, offset: number): readonly LetterRecord[] =>
      read(several.all(JSON.stringify(archive.own('sent', offset, limit)))),
    countSent: (): number => archive.totalOwn('sent'),
    /** These letters, in this order, with their first words. */
    several: (seqs: readonly number[]): readonly LetterRecord[] => read(several.all(JSON.stringify(seqs))),
    /** Writes one step of a letter's history and makes it the present state. */
    moveTo: (letterId: string, state: LetterState, at: number, reason: string | null, serviceSeq: number | null = null): void => {
      addEvent.run(letterId, state, at, reason, serviceSeq)
      setStatus.run(letterId, state, at, reason)
    },
    events: (letterId: string): readonly { state: LetterState; at: number; reason: string | null }[] =>
      events.all(letterId) as { state: LetterState; at: number; reason: string | null }[],
    hasServiceEvent: (serviceSeq: number): boolean => knows.get(serviceSeq) !== undefined,
    dismiss: (letterId: string, at: number): void => {
      dismiss.run(at, letterId)
    }
  }
}
