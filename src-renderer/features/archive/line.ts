import type { ArchiveRow, LetterSummary } from '@contract/views'

/** What a row of the list says, whether it is a letter, an answer, or from an older archive. */
export type Line = {
  readonly name: string
  readonly subject: string
  readonly excerpt: string
  readonly at: number
  readonly unread: boolean
  readonly letter: LetterSummary | null
}

export const lineOf = (row: ArchiveRow): Line => {
  if (row.kind === 'letter') return { ...textOf(row.letter), name: row.letter.contactName, at: row.letter.confirmedAt, unread: false, letter: row.letter }
  if (row.kind === 'reply') return { ...textOf(row.message), name: row.message.contactName, at: row.message.receivedAt, unread: !row.message.read, letter: null }
  return { ...textOf(row.imported), name: row.imported.personName, at: row.imported.at, unread: false, letter: null }
}

const textOf = ({ subject, excerpt }: { readonly subject: string; readonly excerpt: string }) => ({ subject, excerpt })

/** Where a row is read. */
export const placeOf = (row: ArchiveRow) => {
  if (row.kind === 'letter') return { name: 'sent-letter', params: { letterId: row.letter.letterId } }
  if (row.kind === 'reply') return { name: 'inbox-message', params: { messageId: row.message.messageId } }
  return { name: 'older-letter', params: { messageId: row.imported.messageId } }
}
