/** Whether a file that was brought up to date still holds every row it was made with. */
import { join } from 'node:path'
import { openRows } from '../support/keys'
import { wrongIf, type Rows } from '../support/rows'

/** The rows of one table, as an older file was given them. */
export type Filled = { readonly table: string; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

/** Tables whose rows live on when the app goes on: only their first column, which names them, is looked for. */
const goesOn: Readonly<Record<string, readonly string[]>> = {
  mailbox: ['facility', 'contact', 'draft', 'delivery', 'letter_status', 'wallet_balance', 'purchase', 'meta'],
  service: ['account', 'device', 'registration', 'letter', 'person', 'challenge', 'meta', 'post_item', 'session'],
  desk: ['device', 'account']
}
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

const missing = (name: string, file: Rows, { table, columns, rows }: Filled): readonly string[] => {
  const compared = (goesOn[name] ?? []).includes(table) ? columns.slice(0, 1) : columns
  const there = new Set((file.prepare(`SELECT ${compared.join(', ')} FROM ${table}`).raw().all() as unknown[][]).map((row) => JSON.stringify(row)))
  const lost = rows.filter((row) => !there.has(JSON.stringify(row.slice(0, compared.length))))
  return wrongIf(lost.length > 0, () => `${name}: ${lost.length} of ${rows.length} rows of ${table} are gone or changed`)
}
