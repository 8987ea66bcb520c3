import type { StatementSource } from '../statements'
import { stays } from './imports'

/** A place in one stream of a thread; everything before it is older. */
export type StreamPlace = { readonly at: number; readonly seq: number }
export type ThreadLetter = StreamPlace & {
  readonly letterId: string
  /** When the service took it, on the service's clock; null while it waits. */
  readonly takenAt: number | null
}
export type ThreadReply = StreamPlace & { readonly messageId: string }
export type ThreadImported = StreamPlace & { readonly importedId: string }

/** Behind everything there is. */
const oldest: StreamPlace = { at: Number.MIN_SAFE_INTEGER, seq: 0 }

const newest = <T extends StreamPlace>(rows: readonly T[], limit: number): readonly T[] =>
  [...rows].sort((a, b) => b.at - a.at || b.seq - a.seq).slice(0, limit)

/** The streams of one person's thread, each read backwards along an index, whatever lies before or behind. */
export const threadReader = (connection: StatementSource) => {
  const letters = connection.prepare(`SELECT l.confirmed_at AS at, l.seq, l.id AS letterId,
      (SELECT e.at FROM letter_event e WHERE e.letter_seq = l.seq AND e.state = 'submitted' ORDER BY e.seq LIMIT 1) AS takenAt
    FROM letter l JOIN letter_status s ON s.letter_id = l.id
    WHERE l.contact_id = @contactId AND (l.confirmed_at, l.seq) < (@at, @seq) AND (l.confirmed_at, l.seq) >= (@downToAt, @downToSeq) AND s.state <> 'cancelled'
    ORDER BY l.confirmed_at DESC, l.seq DESC LIMIT @limit`)
  const replies = connection.prepare(`SELECT r.received_at AS at, r.seq, r.id AS messageId
    FROM contact c JOIN reply r ON r.facility_id = c.facility_id AND r.number = c.number
    WHERE c.id = @contactId AND (r.received_at, r.seq) < (@at, @seq) AND (r.received_at, r.seq) >= (@downToAt, @downToSeq) ORDER BY r.received_at DESC, r.seq DESC LIMIT @limit`)
  const imported = connection.prepare(`SELECT m.at, m.seq, m.id AS importedId FROM imported m
    WHERE m.contact_id = @contactId AND (m.at, m.seq) < (@at, @seq) AND (m.at, m.seq) >= (@downToAt, @downToSeq) ORDER BY m.at DESC, m.seq DESC LIMIT @limit`)
  const countImported = connection.prepare(`SELECT count(*) FROM imported_message m INDEXED BY imported_by_direction JOIN import i ON i.seq = m.import_seq
    WHERE m.contact_id = @id AND m.direction = @direction AND i.state = 'done'`).pluck()
  // By the two indexes alone: what was taken back is little, what was sent may be a lot.
  const countLetters = connection.prepare(`SELECT (SELECT count(*) FROM letter WHERE contact_id = @id)
    - (SELECT count(*) FROM letter_status s INDEXED BY letter_taken_back CROSS JOIN letter l ON l.id = s.letter_id WHERE s.state = 'cancelled' AND l.contact_id = @id)`).pluck()
  const countReplies = connection.prepare(`SELECT count(*) FROM contact c JOIN reply r ON r.facility_id = c.facility_id AND r.number = c.number WHERE c.id = @id`).pluck()
  // Letters that have gone, and answers, by the counts of the lists; what has not gone is little.
  const onDesk = connection.prepare(`SELECT EXISTS (SELECT 1 FROM contact c JOIN archive_person p ON p.facility_id = c.facility_id AND p.number = c.number
      JOIN archive_month m ON m.box IN ('sent', 'inbox') AND m.person = p.id AND m.entries > 0 WHERE c.id = @id AND ${stays('m')})
    OR EXISTS (SELECT 1 FROM delivery d JOIN letter l ON l.id = d.letter_id WHERE d.state IN ('QUEUED', 'SENDING', 'REJECTED') AND l.contact_id = @id
      AND NOT EXISTS (SELECT 1 FROM mark k WHERE k.kind = 'letter' AND k.item_id = l.id AND k.archived_at IS NOT NULL))`).pluck()
  const stretch = (place: StreamPlace, downTo: StreamPlace) => ({ ...place, downToAt: downTo.at, downToSeq: downTo.seq })
  const sum = (contactIds: readonly string[], count: (id: string) => number): number => contactIds.reduce((all, id) => all + count(id), 0)
  const fromOlder = (id: string, direction: 'sent' | 'received'): number => countImported.get({ id, direction }) as number
  return {
    // Each of these down to a place, which is part of it.
    lettersBefore: (contactIds: readonly string[], place: StreamPlace, limit: number, downTo: StreamPlace = oldest): readonly ThreadLetter[] =>
      newest(contactIds.flatMap((contactId) => letters.all({ contactId, ...stretch(place, downTo), limit }) as ThreadLetter[]), limit),
    repliesBefore: (contactIds: readonly string[], place: StreamPlace, limit: number, downTo: StreamPlace = oldest): readonly ThreadReply[] =>
      newest(contactIds.flatMap((contactId) => replies.all({ contactId, ...stretch(place, downTo), limit }) as ThreadReply[]), limit),
    importedBefore: (contactIds: readonly string[], place: StreamPlace, limit: number, downTo: StreamPlace = oldest): readonly ThreadImported[] =>
      newest(contactIds.flatMap((contactId) => imported.all({ contactId, ...stretch(place, downTo), limit }) as ThreadImported[]), limit),
    /** Letters sent and answers that came, with those of older archives. */
    countLetters: (contactIds: readonly string[]): number => sum(contactIds, (id) => (countLetters.get({ id }) as number) + fromOlder(id, 'sent')),
    countReplies: (contactIds: readonly string[]): number => sum(contactIds, (id) => (countReplies.get({ id }) as number) + fromOlder(id, 'received')),
    /** Whether anything of it is not put away. */
    onDesk: (contactIds: readonly string[]): boolean => contactIds.some((id) => onDesk.get({ id }) === 1)
  }
}
