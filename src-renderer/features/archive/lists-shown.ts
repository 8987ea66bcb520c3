import type { ArchiveFilters } from '@contract/views'

/** Who writes what is in each list. */
export const writerOf = { sent: 'me', inbox: 'them' } as const

/** The lists whose letters are shown in one of them. @param writtenBy as `ArchiveFilters.writtenBy` */
export const shownIn = (list: 'sent' | 'inbox', writtenBy: ArchiveFilters['writtenBy']): readonly ('sent' | 'inbox')[] =>
  (['sent', 'inbox'] as const).filter((one) => (writtenBy === null ? one === list : writtenBy === 'either' || writerOf[one] === writtenBy))

/** What a list holds, for those who only hear it. */
export const listName = (list: 'sent' | 'inbox', writtenBy: ArchiveFilters['writtenBy']): string => {
  const shown = shownIn(list, writtenBy)
  if (shown.length > 1) return 'Letters and answers'
  return shown[0] === 'sent' ? 'Sent letters' : 'Answers'
}
