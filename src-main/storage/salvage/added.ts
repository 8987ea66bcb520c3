import { insertRow, sharedColumns } from './insert'
import type { Row } from './rows'
import type { Salvage } from './salvage'

/** What a volunteer added to letters, drafts and people, and what names a row of it. It changes, and the damaged file has its newest state. */
export const added: Readonly<Record<string, readonly string[]>> = {
  appeal: ['letter_id'],
  contact_person: ['contact_id'],
  draft_aside: ['draft_id'],
  draft_origin: ['draft_id'],
  mark: ['kind', 'item_id'],
  note: ['kind', 'item_id'],
  prayer: ['id'],
  saved_search: ['id']
}

/** Rows that the sound mailbox lacks, and its own as they became; where the schema refuses a change (a note only goes on), the sound one stays. */
export const bringAdded = ({ target, rowsOf, attempt }: Salvage, table: string, key: readonly string[]): void => {
  for (const row of rowsOf(table)) {
    attempt(() => {
      if (!insertRow(target, table, row, { seq: undefined })) putNewest(target, table, key, row)
    })
  }
}

const putNewest = (target: Salvage['target'], table: string, key: readonly string[], row: Row): void => {
  const columns = sharedColumns(target, table, row).filter((name) => name !== 'seq' && !key.includes(name))
  const equal = (name: string): string => `"${name}" = ?`
  const valuesOf = (names: readonly string[]): Row[string][] => names.map((name) => row[name] ?? null)
  target.prepare(`UPDATE "${table}" SET ${columns.map(equal).join(', ')} WHERE ${key.map(equal).join(' AND ')}`).run(...valuesOf(columns), ...valuesOf(key))
}

/** A letter that came back and was put away, or written again, stays so. */
export const bringSettled = ({ target, rowsOf, attempt }: Salvage): void => {
  const settle = target.prepare('UPDATE letter_status SET dismissed_at = ? WHERE letter_id = ? AND state = ? AND dismissed_at IS NULL')
  for (const row of rowsOf('letter_status')) if (row['dismissed_at'] !== null) attempt(() => void settle.run(row['dismissed_at'], row['letter_id'], row['state']))
}
