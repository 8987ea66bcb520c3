import { copyFileSync, rmSync } from 'node:fs'
import type { Salvaged } from '../../contract/views'
import { mailboxMigrations } from '../migrations/mailbox'
import { openMigrated } from '../open-migrated'
import { bringBack } from './bring-back'
import { makeReadable } from './readable'
import { readableRows, type Row } from './rows'

/**
 * Brings what can be read in a damaged mailbox into a sound one with the same key. Both are closed; the damaged one is only read.
 * @returns what came back, or null when nothing could be read or the result would not be whole: then `target` must be laid out anew
 */
export const salvageInto = (target: string, key: Uint8Array, damaged: { readonly file: string; readonly now: number }): Salvaged | null => {
  const base = `${target}.base`
  copyFileSync(target, base)
  try {
    const readable = makeReadable(damaged.file, key, base, target)
    if (readable === null) return null
    try {
      const into = openMigrated(target, mailboxMigrations, damaged.now, { key })
      try {
        const rowsOf = function* (table: string): Generator<Row, void> {
          try {
            yield* readableRows(readable.connection, table)
          } catch {
            // What the file says of the table cannot be read.
          }
        }
        const brought = bringBack(into, rowsOf, damaged.now)
        const whole = into.pragma('integrity_check', { simple: true }) === 'ok' && (into.pragma('foreign_key_check') as unknown[]).length === 0
        into.pragma('wal_checkpoint(TRUNCATE)')
        return whole ? { ...brought, unreadable: readable.unreadable } : null
      } finally {
        into.close()
      }
    } finally {
      readable.close()
    }
  } catch {
    return null
  } finally {
    rmSync(base, { force: true })
  }
}
