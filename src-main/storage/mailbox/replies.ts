import type { Connection } from '../open'

export type ReplyRecord = {
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

const columns = (body: string): string => `id AS messageId, letter_id AS letterId, contact_id AS contactId, sender_name AS senderName, facility_id AS facilityId,
  number, subject, ${body} AS body, received_at AS receivedAt, read_at AS readAt`

export const replyTable = (connection: Connection) => {
  const insert = connection.prepare(`
    INSERT INTO reply (id, service_seq, letter_id, contact_id, sender_name, facility_id, number, subject, body, received_at)
    VALUES (@messageId, @serviceSeq, @letterId, @contactId, @senderName, @facilityId, @number, @subject, @body, @receivedAt)
    ON CONFLICT DO NOTHING`)
  const page = connection.prepare(`SELECT ${columns('substr(body, 1, 300)')} FROM reply ORDER BY seq DESC LIMIT ? OFFSET ?`)
  const one = connection.prepare(`SELECT ${columns('body')} FROM reply WHERE id = ?`)
  const count = connection.prepare('SELECT count(*) FROM reply').pluck()
  const unread = connection.prepare('SELECT count(*) FROM reply WHERE read_at IS NULL').pluck()
  const markRead = connection.prepare('UPDATE reply SET read_at = ? WHERE id = ? AND read_at IS NULL')
  return {
    /** A message that is already here is left as it is. */
    insert: (reply: Omit<ReplyRecord, 'readAt'> & { readonly serviceSeq: number }): void => {
      insert.run(reply)
    },
    page: (limit: number, offset: number): readonly ReplyRecord[] => page.all(limit, offset) as ReplyRecord[],
    get: (messageId: string): ReplyRecord | null => (one.get(messageId) as ReplyRecord | undefined) ?? null,
    count: (): number => count.get() as number,
    countUnread: (): number => unread.get() as number,
    /** @returns whether it was unread until now */
    markRead: (messageId: string, at: number): boolean => markRead.run(at, messageId).changes === 1
  }
}
