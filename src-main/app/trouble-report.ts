import type { DataPlace, Trouble, TroubleReport } from '../contract/surroundings'
import type { Clock } from './ports'
import type { SurroundingsWatch } from './surroundings'
import type { Visits } from './visits'

/** What the report is made from. None of it holds a name, an address or a word of a letter. */
export type ReportSources = {
  readonly clock: Clock
  readonly surroundings: SurroundingsWatch
  readonly troubles: () => readonly Trouble[]
  readonly versions: TroubleReport['versions']
  readonly folder: { readonly path: string; readonly place: DataPlace; readonly freeBytes: () => number | null; readonly mailboxes: () => number }
  readonly checkDesk: () => 'ok' | 'damaged'
  /** When the newest copy of a mailbox on this PC was made. */
  readonly lastCopyAt: (accountId: string) => number | null
  readonly visits: Visits
}

/** The facts of the "What went wrong" page, as they are now. */
export const makeReport = (sources: ReportSources): TroubleReport => {
  const visit = sources.visits.current()
  const mailbox = visit?.desk?.mailbox ?? null
  return {
    madeAt: sources.clock.now(),
    troubles: sources.troubles(),
    versions: sources.versions,
    folder: { path: sources.folder.path, place: sources.folder.place, freeBytes: sources.folder.freeBytes() },
    surroundings: sources.surroundings.view(),
    deskCheck: sources.checkDesk(),
    mailboxes: sources.folder.mailboxes(),
    queue:
      mailbox === null || visit === null
        ? null
        : {
            drafts: mailbox.drafts.countOpen(),
            waiting: mailbox.deliveries.countWaiting(),
            purchasesPending: mailbox.purchases.pending().length,
            lastCopyAt: sources.lastCopyAt(visit.accountId)
          }
  }
}
