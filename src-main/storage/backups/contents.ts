import type { MailboxContents } from '../../contract/views'
import type { Connection } from '../open'

/** What is in a mailbox, in numbers a person can check. */
export type Contents = MailboxContents

/** Counts an open mailbox, live or a copy. */
export const contentsOf = (connection: Connection): Contents => {
  const count = (sql: string): number => connection.prepare(sql).pluck().get() as number
  return {
    letters: count('SELECT count(*) FROM letter'),
    drafts: count(`SELECT count(*) FROM draft WHERE state = 'open'`),
    replies: count('SELECT count(*) FROM reply'),
    contacts: count('SELECT count(*) FROM contact WHERE removed_at IS NULL')
  }
}
