import { contentsOf } from '../backups/contents'
import { copySource } from '../backups/source'
import { diskFiles, type Files } from '../files'
import { mailboxMigrations } from '../migrations/mailbox'
import { inTransaction, type Connection } from '../open'
import { openMigrated } from '../open-migrated'
import { lateStatements, type StatementSource } from '../statements'
import { activityTable } from './activity'
import { appealTable } from './appeals'
import { archiveTable } from './archive'
import { archiveIndex } from './archive-index'
import { archiveSearch } from './archive-search'
import { checkTable } from './checks'
import { contactTable } from './contacts'
import { correspondenceReader } from './correspondence'
import { deliveryTable } from './deliveries'
import { draftTable } from './drafts'
import { draftsInHandTable } from './drafts-in-hand'
import { facilityTable } from './facilities'
import { figureReader } from './figures'
import { followupReader } from './followups'
import { importTable } from './imports'
import { ledgerTable } from './ledger'
import { letterTable } from './letters'
import { markTable } from './marks'
import { metaTable } from './meta'
import { noteTable } from './notes'
import { originTable } from './origins'
import { peopleTable } from './people'
import { photoTable } from './photos'
import { prayerTable } from './prayers'
import { purchaseTable } from './purchases'
import { replyTable } from './replies'
import { threadReader } from './thread'
import { savedSearchTable } from './saved-searches'

/** Every table of a mailbox. @param file the same file, for what SQLite itself checks @param transaction all of its work is on disk afterwards, or none of it */
export const tablesOf = (connection: StatementSource, file: Pick<Connection, 'pragma'>, transaction: <T>(work: () => T) => T) => ({
  meta: metaTable(connection),
  facilities: facilityTable(connection),
  contacts: contactTable(connection),
  drafts: draftTable(connection),
  draftsInHand: draftsInHandTable(connection),
  letters: letterTable(connection),
  deliveries: deliveryTable(connection),
  ledger: ledgerTable(connection),
  purchases: purchaseTable(connection),
  replies: replyTable(connection),
  activity: activityTable(connection),
  checks: checkTable(connection, file),
  correspondence: correspondenceReader(connection),
  marks: markTable(connection),
  notes: noteTable(connection),
  photos: photoTable(connection),
  prayers: prayerTable(connection),
  people: peopleTable(connection),
  origins: originTable(connection),
  appeals: appealTable(connection),
  thread: threadReader(connection),
  followups: followupReader(connection),
  figures: figureReader(connection),
  archive: archiveTable(connection),
  archiveSearch: archiveSearch(connection),
  archiveIndex: archiveIndex(connection, transaction),
  savedSearches: savedSearchTable(connection),
  imports: importTable(connection)
})

/**
 * Opens (or begins) one account's mailbox and brings it up to date.
 * @param file path, or `:memory:`
 * @param key the mailbox's own key; none for a mailbox made before mailboxes were encrypted
 * @param lastChangeLost what is known of its write-ahead log
 * @throws StorageError DAMAGED, NEWER_VERSION, ALREADY_OPEN, READ_ONLY, DISK_FULL
 */
export const openMailbox = (file: string, now: number, key?: Uint8Array, files?: Files, lastChangeLost = false) => {
  // A mailbox that was closed in order has no write-ahead log.
  const openedAfterCrash = ((files ?? diskFiles).size(`${file}-wal`) ?? 0) > 0
  const connection = openMigrated(file, mailboxMigrations, now, { key, files })
  const copying = copySource(connection, file)
  const transaction = <T>(work: () => T): T => inTransaction(connection, work)
  return {
    ...tablesOf(lateStatements(connection), connection, transaction),
    /** All of `work` is on disk when this returns, or none of it. */
    transaction,
    openedAfterCrash,
    /** The last change before a crash was not whole, so it is not here. */
    lastChangeLost,
    /** The mailbox as the source of a copy. */
    copying,
    /** Somebody may have signed out between two slices of work. */
    isOpen: (): boolean => connection.open,
    /** Reads every page: whether none is damaged and nothing contradicts. Slow for a large mailbox. */
    isWhole: (): boolean => {
      try {
        return connection.pragma('integrity_check', { simple: true }) === 'ok'
      } catch {
        return false
      }
    },
    /** What is in it, in numbers. */
    contents: () => contentsOf(connection),
    close: (): void => {
      connection.close()
      copying.release()
    }
  }
}

export type Mailbox = ReturnType<typeof openMailbox>
