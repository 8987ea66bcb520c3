import type { Salvaged } from '../../contract/views'
import type { Connection } from '../open'
import { added, bringAdded, bringSettled } from './added'
import { bringImports } from './imports'
import { bringActivity, bringContacts, bringDrafts, bringPlain, bringPurchases, bringReplies } from './parts'
import { bringLetters } from './letters'
import { bringDraftPhotos, bringImportedPhotos, bringPhotos, leaveUnheldPhotos } from './photos'
import type { Row } from './rows'
import type { Salvage } from './salvage'

/** Tables that have a part of their own, or are kept up by their own triggers. */
const ownPart: readonly string[] = [
  'meta',
  'migration',
  'facility',
  'contact',
  'draft',
  'draft_text',
  'letter',
  'delivery',
  'letter_status',
  'letter_event',
  'confirmation',
  'ledger',
  'wallet_balance',
  'purchase',
  'reply',
  'import',
  'imported_message',
  'photo',
  'draft_photo',
  'letter_photo',
  'imported_photo',
  'activity'
]

/** The archive's rows and counts, the figures, and what people are found by, are made anew by their own triggers as letters and contacts come in. */
const derived = /^(archive|figure_|person_)/u

/**
 * Brings rows of a damaged mailbox into a sound one: first what the sound one already holds, which stays, then whatever is newer. Each letter
 * comes whole (with its delivery, its stamps and its history) or as a draft. What was waiting to be sent comes as a draft: recovered
 * data is always suspect, so a person looks at it before anything costs a stamp (reliability.md, trap d).
 */
export const bringBack = (target: Connection, rowsOf: (table: string) => Iterable<Row>, now: number): Omit<Salvaged, 'unreadable'> => {
  const attempt = (step: () => void): boolean => {
    try {
      target.transaction(step)()
      return true
    } catch {
      return false
    }
  }
  const salvage: Salvage = { target, rowsOf, attempt }
  bringPlain(salvage, 'facility')
  bringPhotos(salvage)
  const contacts = bringContacts(salvage)
  const { letters, unsent } = bringLetters(salvage, now)
  const drafts = bringDrafts(salvage, now)
  bringDraftPhotos(salvage)
  const replies = bringReplies(salvage)
  bringPurchases(salvage)
  bringImports(salvage)
  bringImportedPhotos(salvage)
  for (const [table, key] of Object.entries(added)) bringAdded(salvage, table, key)
  bringSettled(salvage)
  for (const table of otherTables(target)) bringPlain(salvage, table)
  // What older archives brought is listed anew; what is in the lists already stays there.
  attempt(() => void target.prepare('UPDATE import SET listed_to = 0').run())
  bringActivity(salvage)
  leaveUnheldPhotos(salvage)
  return { letters, drafts, replies, contacts, unsent }
}

/** Tables of the app that have no part of their own; not the ones a search keeps for itself. */
const otherTables = (target: Connection): readonly string[] =>
  (target.prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).pluck().all() as string[]).filter(
    (name) => !ownPart.includes(name) && !(name in added) && !derived.test(name)
  )
