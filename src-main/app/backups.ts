import { failure, success, type Result } from '../contract/result'
import type { BackupCopy, BackupMade, BackupsView, CopyPlace, CopyTrouble, FolderCopy, MailboxContents, MissingSince, Rehearsal } from '../contract/views'
import { copyIsStale } from '../rules/copies'
import type { Backups, StoredCopy } from '../storage/backups'
import type { Desk } from '../storage/desk'
import type { Mailbox } from '../storage/mailbox'
import type { OpenVisit } from './account-pages'
import type { Keeper } from './keeper'
import type { Announce, Clock } from './ports'

export type BackupsContext = {
  readonly backups: Backups
  readonly keeper: Keeper
  readonly desk: Desk
  readonly clock: Clock
  readonly announce: Announce
}

export type PlacedCopy = { readonly place: CopyPlace; readonly copy: StoredCopy }

/** Copies on this PC and in the chosen folder, each newest first. */
export const keptCopies = ({ backups, keeper }: Pick<BackupsContext, 'backups' | 'keeper'>, accountId: string): readonly PlacedCopy[] =>
  (['thisPc', 'folder'] as const).flatMap((place) => backups.list(place, accountId, keeper.chosenOf(accountId)).map((copy) => ({ place, copy })))

export const viewCopy = ({ place, copy }: PlacedCopy): BackupCopy => ({
  copyId: `${place}/${copy.name}`,
  place,
  madeAt: copy.madeAt,
  bytes: copy.bytes,
  contents: copy.contents
})

/** By sequence, which no clock can upset. The same copy may lie in both places. */
export const newestOf = (copies: readonly PlacedCopy[]): PlacedCopy | null =>
  copies.reduce<PlacedCopy | null>((best, one) => (best === null || one.copy.sequence > best.copy.sequence ? one : best), null)

const folderTroubles: Partial<Record<CopyTrouble, FolderCopy>> = { noRoom: 'noRoom', unreachable: 'missing' }

export const viewBackups = (context: BackupsContext, visit: OpenVisit): BackupsView => {
  const { backups, keeper, clock } = context
  const { watch } = visit
  const copies = keptCopies(context, visit.accountId)
  const newestAt = newestOf(copies)?.copy.madeAt ?? null
  const path = keeper.chosenOf(visit.accountId)
  const ready = path !== null && backups.isThere(path)
  const carriedAt = context.desk.account(visit.accountId)?.backupCarriedAt ?? null
  const troubleThere = watch.folderTrouble()
  return {
    copies: copies.map(viewCopy),
    newestAt,
    stale: copyIsStale(newestAt, watch.openedAt, clock.now()),
    making: watch.isMaking(),
    trouble: watch.trouble(),
    folder:
      path === null
        ? null
        : {
            path,
            ready,
            newestAt: newestOf(copies.filter(({ place }) => place === 'folder'))?.copy.madeAt ?? null,
            carriedAt,
            stale: copyIsStale(carriedAt, watch.openedAt, clock.now()),
            trouble: !ready ? 'missing' : troubleThere === null ? null : (folderTroubles[troubleThere] ?? 'failed')
          }
  }
}

/** Makes a copy now. Fails with COPY_NOT_MADE {reason}. */
export const makeBackup = async ({ watch }: OpenVisit): Promise<Result<BackupMade>> => {
  const made = await watch.makeNow()
  return made.made ? success(made) : failure('COPY_NOT_MADE', { params: { reason: made.trouble ?? 'failed' } })
}

/** What the mailbox of now holds and a copy does not. */
export const missingSince = (mailbox: Mailbox, now: MailboxContents, copy: StoredCopy): MissingSince => ({
  letters: Math.max(0, now.letters - copy.contents.letters),
  replies: Math.max(0, now.replies - copy.contents.replies),
  draftsChanged: mailbox.drafts.countChangedSince(copy.madeAt)
})

/** A restore in all but its last step: the newest copy is opened with the mailbox's key, every page is read, and what it holds is compared. */
export const rehearseRestore = async (context: BackupsContext, visit: OpenVisit): Promise<Result<Rehearsal>> => {
  const newest = newestOf(keptCopies(context, visit.accountId))
  if (newest === null) return failure('COPY_NOT_MADE', { params: { reason: 'none' } })
  const checked = await context.backups.check(newest.copy, visit.key)
  if (!checked.ok) return failure('COPY_DAMAGED')
  const { mailbox } = visit.desk
  return success({ copy: viewCopy(newest), since: missingSince(mailbox, mailbox.contents(), newest.copy) })
}

/** Keeps copies in a folder that the volunteer has just chosen, and puts one there. Fails with FOLDER_UNUSABLE. */
export const useFolder = async (context: BackupsContext, visit: OpenVisit, path: string): Promise<Result<BackupsView>> => {
  try {
    context.backups.prepare(path)
  } catch {
    return failure('FOLDER_UNUSABLE')
  }
  context.desk.setBackupFolder(visit.accountId, path)
  await visit.watch.makeNow()
  return success(viewBackups(context, visit))
}

/** Copies that are in the folder stay there. */
export const forgetFolder = (context: BackupsContext, visit: OpenVisit): BackupsView => {
  context.desk.setBackupFolder(visit.accountId, null)
  context.announce('backups')
  return viewBackups(context, visit)
}
