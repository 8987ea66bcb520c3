import type { ArchiveRow, LetterSummary } from '@contract/views'

/** What a row of the list says, whether it is a letter, an answer, or from an older archive. */
export type Line = {
  readonly name: string
  readonly subject: string
  readonly excerpt: string
  readonly at: number
  readonly unread: boolean
  /** Where lists are mixed, a row says in words who wrote it: a letter is to somebody, an answer from them. */
  readonly direction: 'To' | 'From'
  readonly photos: number
  readonly letter: LetterSummary | null
}

export const lineOf = (row: ArchiveRow): Line => {
  if (row.kind === 'letter') {
    const { letter } = row
    return { ...textOf(letter), name: letter.contactName, at: letter.confirmedAt, unread: false, direction: 'To', photos: letter.photoCount, letter }
  }
  if (row.kind === 'reply') {
    const { message } = row
    return { ...textOf(message), name: message.contactName, at: message.receivedAt, unread: !message.read, direction: 'From', photos: 0, letter: null }
  }
  const { imported } = row
  const direction = imported.direction === 'sent' ? 'To' : 'From'
  return { ...textOf(imported), name: imported.personName, at: imported.at, unread: false, direction, photos: imported.photoCount, letter: null }
}

const textOf = ({ subject, excerpt }: { readonly subject: string; readonly excerpt: string }) => ({ subject, excerpt })

/** Where a row is read. @param list the one it was found in, which one comes back to */
export const placeOf = (row: ArchiveRow, list: 'sent' | 'inbox') => {
  const home = lineOf(row).direction === 'To' ? 'sent' : 'inbox'
  const query = home === list ? {} : { from: list }
  if (row.kind === 'letter') return { name: 'sent-letter', params: { letterId: row.letter.letterId }, query }
  if (row.kind === 'reply') return { name: 'inbox-message', params: { messageId: row.message.messageId }, query }
  return { name: 'older-letter', params: { messageId: row.imported.messageId }, query }
}
