import type { ArchiveRow, LetterSummary } from '@contract/views'

/** What a row of the list says, whether it is a letter or an answer. */
export type Line = {
  readonly name: string
  readonly subject: string
  readonly excerpt: string
  readonly at: number
  readonly unread: boolean
  readonly letter: LetterSummary | null
}

export const lineOf = (row: ArchiveRow): Line =>
  row.kind === 'letter'
    ? { name: row.letter.contactName, subject: row.letter.subject, excerpt: row.letter.excerpt, at: row.letter.confirmedAt, unread: false, letter: row.letter }
    : { name: row.message.contactName, subject: row.message.subject, excerpt: row.message.excerpt, at: row.message.receivedAt, unread: !row.message.read, letter: null }
