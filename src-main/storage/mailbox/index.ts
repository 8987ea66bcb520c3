import type { Files } from '../files'
import { mailboxMigrations } from '../migrations/mailbox'
import { inTransaction } from '../open'
import { openMigrated } from '../open-migrated'
import { activityTable } from './activity'
import { appealTable } from './appeals'
import { contactTable } from './contacts'
import { correspondenceReader } from './correspondence'
import { deliveryTable } from './deliveries'
import { draftTable } from './drafts'
import { facilityTable } from './facilities'
import { figureReader } from './figures'
import { followupReader } from './followups'
import { ledgerTable } from './ledger'
import { letterTable } from './letters'
import { markTable } from './marks'
import { metaTable } from './meta'
import { noteTable } from './notes'
import { originTable } from './origins'
import { peopleTable } from './people'
import { prayerTable } from './prayers'
import { purchaseTable } from './purchases'
import { replyTable } from './replies'
import { threadReader } from './thread'

/**
 * Opens (or begins) one account's mailbox and brings it up to date.
 * @param file path, or `:memory:`
 * @param key the mailbox's own key; none for a mailbox made before mailboxes were encrypted
 * @throws StorageError DAMAGED, NEWER_VERSION, ALREADY_OPEN, READ_ONLY, DISK_FULL
 */
export const openMailbox = (file: string, now: number, key?: Uint8Array, files?: Files) => {
  const connection = openMigrated(file, mailboxMigrations, now, key, files)
  return {
    meta: metaTable(connection),
    facilities: facilityTable(connection),
    contacts: contactTable(connection),
    drafts: draftTable(connection),
    letters: letterTable(connection),
    deliveries: deliveryTable(connection),
    ledger: ledgerTable(connection),
    purchases: purchaseTable(connection),
    replies: replyTable(connection),
    activity: activityTable(connection),
    correspondence: correspondenceReader(connection),
    marks: markTable(connection),
    notes: noteTable(connection),
    prayers: prayerTable(connection),
    people: peopleTable(connection),
    origins: originTable(connection),
    appeals: appealTable(connection),
    thread: threadReader(connection),
    followups: followupReader(connection),
    figures: figureReader(connection),
    /** All of `work` is on disk when this returns, or none of it. */
    transaction: <T>(work: () => T): T => inTransaction(connection, work),
    close: (): void => {
      connection.close()
    }
  }
}

export type Mailbox = ReturnType<typeof openMailbox>
