import type { BackupMade, FolderCopy } from '../contract/views'
import { copiesToKeep, copyEveryMs, freshCopyMs } from '../rules/copies'
import type { Backups, CopyOutcome, CopyTrouble, KeptPlace, StoredCopy } from '../storage/backups'
import type { Desk } from '../storage/desk'
import type { Mailbox } from '../storage/mailbox'
import { storageCode } from '../storage/open'
import type { MailboxKey, Vaults } from '../storage/vault'
import type { Announce, Clock, Timers } from './ports'

/** An open mailbox of which copies are made. */
export type Kept = { readonly accountId: string; readonly mailbox: Mailbox; readonly key: MailboxKey }

export type KeeperContext = {
  readonly backups: Backups
  readonly vaults: Vaults
  readonly desk: Desk
  readonly clock: Clock
  readonly timers: Timers
  readonly announce: Announce
  /** A copy showed that the mailbox itself is not whole. */
  readonly mailboxDamaged: (accountId: string) => void
  readonly logBug: (where: string, error: unknown) => void
}

/** The first look at a mailbox's every page, when none was taken today: soon, but not while the lists are being drawn. */
const firstLookMs = 30_000

/** How long a slow stick is waited for, in ms; the copy on this PC is there by then. */
const patienceMs = 120_000

/**
 * Makes the copies of open mailboxes: after each ten minutes with changes, at the beginning of a day, at leaving, and when asked. One at a
 * time, and never in the way of saving: what is copied is read on another thread.
 */
export const createKeeper = (context: KeeperContext) => {
  const { backups, vaults, desk, clock, timers } = context
  const carrying = new Set<Promise<unknown>>()

  const chosenOf = (accountId: string): string | null => desk.account(accountId)?.backupFolder ?? null

  const thin = (accountId: string, place: KeptPlace, chosen: string | null): void => {
    const copies = backups.list(place, accountId, chosen)
    const keep = new Set(copiesToKeep(copies))
    for (const copy of copies) if (!keep.has(copy)) backups.remove(copy)
  }

  const take = async ({ accountId, mailbox, key }: Kept): Promise<CopyOutcome> => {
    try {
      return await backups.take(accountId, mailbox, key, vaults.places(accountId).header)
    } catch (error) {
      const code = storageCode(error)
      if (code === 'DAMAGED') return { ok: false, why: 'mailboxDamaged', detail: 'SQLite says so' }
      if (code === 'DISK_FULL') return { ok: false, why: 'noRoom', detail: 'SQLite says so' }
      return { ok: false, why: code === 'READ_ONLY' ? 'unreachable' : 'failed', detail: error instanceof Error ? error.message : 'not an error' }
    }
  }

  /** Takes a copy on to the chosen folder. @returns what became of it; null when no folder was chosen */
  const carry = async (copy: StoredCopy): Promise<CopyOutcome | null> => {
    const chosen = chosenOf(copy.accountId)
    if (chosen === null) return null
    const work = inPatience(timers, backups.carry(copy, chosen))
    carrying.add(work)
    const carried = await work.finally(() => carrying.delete(work))
    if (carried.ok) {
      desk.noteCarried(copy.accountId, clock.now())
      thin(copy.accountId, 'folder', chosen)
    }
    return carried
  }

  return {
    chosenOf,
    /** Whether there is any copy of this account's letters within reach. */
    hasCopies: (accountId: string): boolean =>
      (['thisPc', 'folder'] as const).some((place) => backups.list(place, accountId, chosenOf(accountId)).length > 0),
    /** Waits until nothing is on its way to a stick. */
    settled: async (): Promise<void> => {
      await Promise.all(carrying)
    },
    /** Begins to keep copies of an open mailbox. */
    watch: (of: Kept) => {
      const openedAt = clock.now()
      let watching = true
      let cancelTimer: () => void = () => undefined
      let taking: Promise<CopyOutcome> | null = null
      let making: Promise<BackupMade> | null = null
      let trouble: CopyTrouble | null = null
      let folderTrouble: CopyTrouble | null = null

      const takeOne = (): Promise<CopyOutcome> => {
        taking ??= take(of).then((taken) => {
          taking = null
          trouble = taken.ok ? null : taken.why
          if (taken.ok) thin(of.accountId, 'thisPc', null)
          else if (taken.why === 'mailboxDamaged') context.mailboxDamaged(of.accountId)
          else if (taken.why === 'failed') context.logBug('copy', new Error(taken.detail))
          return taken
        })
        return taking
      }

      const make = async (): Promise<BackupMade> => {
        const taken = await takeOne()
        if (!taken.ok) return { made: false, trouble: taken.why, folder: null }
        const carried = await carry(taken.copy)
        folderTrouble = carried === null || carried.ok ? null : carried.why
        return { made: true, trouble: null, folder: carried === null ? null : folderWord(carried) }
      }

      /** Whoever asks while a copy is being made gets that one. */
      const makeOne = (): Promise<BackupMade> => {
        making ??= make().finally(() => {
          making = null
          context.announce('backups')
        })
        return making
      }

      const lookAfter = (ms: number, isDue: () => boolean): void => {
        cancelTimer = timers.after(ms, () => {
          const next = (): void => {
            if (watching) lookAfter(copyEveryMs, of.mailbox.copying.hasChanged)
          }
          if (isDue()) void makeOne().then(next, next)
          else next()
        })
      }

      const rest = async (): Promise<void> => {
        watching = false
        cancelTimer()
        await taking
      }

      const newest = backups.list('thisPc', of.accountId, null)[0] ?? null
      lookAfter(firstLookMs, () => newest === null || of.mailbox.openedAfterCrash || Math.abs(clock.now() - newest.madeAt) > freshCopyMs)

      return {
        openedAt,
        makeNow: makeOne,
        /** Ends the watch; afterwards nothing reads the mailbox any more. */
        rest,
        /** The last copy of a mailbox that is about to be closed. What goes to a stick goes on behind it. */
        leave: async (): Promise<void> => {
          await rest()
          const taken = await takeOne()
          if (taken.ok) void carry(taken.copy)
        },
        isMaking: (): boolean => making !== null,
        trouble: (): CopyTrouble | null => trouble,
        folderTrouble: (): CopyTrouble | null => folderTrouble
      }
    }
  }
}

const folderWord = (carried: CopyOutcome): FolderCopy => {
  if (carried.ok) return 'made'
  return carried.why === 'noRoom' ? 'noRoom' : carried.why === 'unreachable' ? 'missing' : 'failed'
}

const inPatience = async (timers: Timers, work: Promise<CopyOutcome>): Promise<CopyOutcome> => {
  let cancel: () => void = () => undefined
  const late = new Promise<CopyOutcome>((resolve) => {
    cancel = timers.after(patienceMs, () => resolve({ ok: false, why: 'failed', detail: 'the chosen folder is too slow' }))
  })
  const outcome = await Promise.race([work, late])
  cancel()
  return outcome
}

export type Keeper = ReturnType<typeof createKeeper>
/** The watch over one open mailbox. */
export type Watch = ReturnType<Keeper['watch']>
