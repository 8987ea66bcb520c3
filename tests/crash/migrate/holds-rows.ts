/** Whether a file that was brought up to date still holds every row it was made with. */
import { join } from 'node:path'
import { openRows } from '../support/keys'
import { wrongIf, type Rows } from '../support/rows'

/** The rows of one table, as an older file was given them. */
export type Filled = { readonly table: string; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

/** Tables whose rows never change once they are there. Of the others, which live on, only the first column is looked for: it names the row. */
const fixed: readonly string[] = ['letter', 'confirmation', 'letter_event', 'draft_text', 'ledger', 'reply', 'activity', 'key_result', 'account_update', 'terms_acceptance', 'password_history', 'security_answer']
/** Tables that are emptied, renamed or thinned by later versions on purpose. */
const leftOut: readonly string[] = ['sign_in_guard', 'session', 'challenge', 'device', 'meta']

/** The open mailbox is given by the caller, who has its key; null leaves it out. */
export const holdsRows = (profileDir: string, files: Readonly<Record<'desk' | 'service' | 'mailbox', readonly Filled[]>>, mailbox: Rows | null): readonly string[] =>
  (['desk', 'service', 'mailbox'] as const).flatMap((name) => {
    const file = name === 'mailbox' ? mailbox : openRows(join(profileDir, `${name}.db`))
    if (file === null) return []
    try {
      return files[name].filter(({ table }) => !leftOut.includes(table)).flatMap((filled) => missing(name, file, filled))
    } finally {
      if (name !== 'mailbox') file.close()
    }
  })

/** @returns what to read in today's file for these columns of an older one: a history named its letters by their ids before `lean-history` */
export const asItWas = (table: string, columns: readonly string[]): string =>
  table === 'letter_event' && columns.includes('letter_id') ? '(SELECT l.id AS letter_id, e.* FROM letter_event e JOIN letter l ON l.seq = e.letter_seq)' : table

const missing = (name: string, file: Rows, { table, columns, rows }: Filled): readonly string[] => {
  const compared = fixed.includes(table) && !(name === 'service' && table === 'letter') ? columns : columns.slice(0, 1)
  const there = new Set((file.prepare(`SELECT ${compared.join(', ')} FROM ${asItWas(table, columns)}`).raw().all() as unknown[][]).map((row) => JSON.stringify(row)))
  const lost = rows.filter((row) => !there.has(JSON.stringify(row.slice(0, compared.length))))
  return wrongIf(lost.length > 0, () => `${name}: ${lost.length} of ${rows.length} rows of ${table} are gone or changed`)
}
