import type { StatementSource } from '../statements'
import { archiveTable } from './archive'

export type ReplyRecord = {
  readonly seq: number
  readonly messageId: string
  readonly letterId: string | null
  readonly contactId: string | null
  readonly senderName: string
  readonly facilityId: string
  readonly number: string
  readonly subject: string
  readonly body: string
  readonly receivedAt: number
  readonly readAt: number | null
}

// A reply can come before its sender is on the list; the name is looked up when it is read, not when it came.
const columns = (body: string): string => `r.seq, r.id AS messageId, r.letter_id AS letterId, c.id AS contactId,
  coalesce(c.first_name || ' ' || c.last_name, r.sender_name) AS senderName, r.facility_id AS facilityId, r.number, r.subject, ${body} AS body,
  r.received_at AS receivedAt, r.read_at AS readAt`
const joined = 'reply r LEFT JOIN contact c ON c.facility_id = r.facility_id AND c.number = r.number'

export const replyTable = (connection: StatementSource) => {
  const insert = connection.prepare(`
    INSERT INTO reply (id, service_seq, letter_id, contact_id, sender_name, facility_id, number, subject, body, received_at)
    VALUES (@messageId, @serviceSeq, @letterId, @contactId, @senderName, @facilityId, @number, @subject, @body, @receivedAt)
    ON CONFLICT DO NOTHING`)
  const archive = archiveTable(connection)
  const several = connection.prepare(`SELECT ${columns('substr(r.body, 1, 300)')} FROM json_each(?) j CROSS JOIN reply r ON r.seq = j.value
    LEFT JOIN contact c ON c.facility_id = r.facility_id AND c.number = r.number ORDER BY j.key`)
  const one = connection.prepare(`SELECT ${columns('r.body')} FROM ${joined} WHERE r.id = ?`)
  const markRead = connection.prepare('UPDATE reply SET read_at = ? WHERE id = ? AND read_at IS NULL')
  const markUnread = connection.prepare('UPDATE reply SET read_at = NULL WHERE id = ?')
  return {
    /** A message that is already here is left as it is. */
    insert: (reply: Omit<ReplyRecord, 'readAt' | 'seq'> & { readonly serviceSeq: number }): void => {
      insert.run(reply)
    },
    page: (limit: number, offset: number): readonly ReplyRecord[] =>
      several.all(JSON.stringify(archive.own('inbox', offset, limit))) as ReplyRecord[],
    count: (): number => archive.totalOwn('inbox'),
    countUnread: (): number => archive.total('unread'),
    /** These messages, in this order, with their first words. */
    several: (seqs: readonly number[]): readonly ReplyRecord[] => several.all(JSON.stringify(seqs)) as ReplyRecord[],
    get: (messageId: string): ReplyRecord | null => (one.get(messageId) as ReplyRecord | undefined) ?? null,
    /** @returns whether it was unread until now */
    markRead: (messageId: string, at: number): boolean => markRead.run(at, messageId).changes === 1,
    markUnread: (messageId: string): void => {
      markUnread.run(messageId)
    }
  }
}
