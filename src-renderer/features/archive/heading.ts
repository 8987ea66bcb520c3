import type { ArchiveRow } from '@contract/views'
import { timeGroup } from '@/words/groups'
import { lineOf } from './line'

/**
 * The heading above a row: the name of its group, where the row before belongs to another one.
 * @param before the row before; null while it is not known
 */
export const headingOf = (row: ArchiveRow, before: ArchiveRow | null, first: boolean, order: 'time' | 'person', searching: boolean): string | null => {
  const groupOf = (of: ArchiveRow): string => (order === 'person' && !searching ? lineOf(of).name : timeGroup(lineOf(of).at))
  if (first) return groupOf(row)
  if (before === null) return null
  return groupOf(before) === groupOf(row) ? null : groupOf(row)
}
