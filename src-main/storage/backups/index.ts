import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Mailbox } from '../mailbox'
import type { MailboxKey } from '../vault'
import { factsIn, hashOfFile, opensWith } from './check-copy'
import { copiesIn, headerIn, mailboxIn, nextSequence, removeCopy, removeUnfinished, type StoredCopy } from './copy-folder'
import { copyIn } from './find-copies'
import type { CopyOutcome, RunCopyJob } from './job'

export { runCopyJobHere, type CopyJob, type CopyOutcome, type CopyTrouble, type RunCopyJob } from './job'
export type { StoredCopy } from './copy-folder'
export type { Contents } from './contents'

/** In the folder that the volunteer chose; made when it is chosen. On a stick that is not in, or on another one, it is not there. */
export const chosenFolderName = 'Epistle copies'

/** Where copies are kept by the app itself. */
export type KeptPlace = 'thisPc' | 'folder'

/**
 * Copies of the mailboxes of this PC: one folder an account, and in it one folder a copy. Also in a folder the volunteer chose.
 * @param folder where the copies of this PC are kept
 */
export const openBackups = (folder: string, run: RunCopyJob, now: () => number) => {
  const here = (accountId: string): string => join(folder, accountId)
  const there = (chosen: string, accountId: string): string => join(chosen, chosenFolderName, accountId)
  const placeOf = (place: KeptPlace, accountId: string, chosen: string | null): string | null =>
    place === 'thisPc' ? here(accountId) : chosen === null ? null : there(chosen, accountId)
  return {
    /**
     * Copies an open mailbox; it may be written to all the while.
     * @param header the small file beside it
     */
    take: async (accountId: string, mailbox: Mailbox, key: MailboxKey, header: string): Promise<CopyOutcome> => {
      const into = here(accountId)
      try {
        removeUnfinished(into)
        const { handle, bytes } = mailbox.copying.begin()
        const facts = { accountId, sequence: nextSequence(into), madeAt: now() }
        return await run({ kind: 'take', handle, bytes, key, header, into, facts }, mailbox.copying.end)
      } finally {
        mailbox.copying.end()
      }
    },
    /** Takes a copy of this PC to the chosen folder. `unreachable` when that is not there. */
    carry: async (copy: StoredCopy, chosen: string): Promise<CopyOutcome> => {
      if (!existsSync(join(chosen, chosenFolderName))) return { ok: false, why: 'unreachable', detail: 'the chosen folder is not there' }
      const into = there(chosen, copy.accountId)
      removeUnfinished(into)
      return run({ kind: 'carry', from: copy.folder, into }, () => undefined)
    },
    /** @returns whole copies, newest first; none for a folder that is not there */
    list: (place: KeptPlace, accountId: string, chosen: string | null): readonly StoredCopy[] => {
      const from = placeOf(place, accountId, chosen)
      return from === null ? [] : copiesIn(from)
    },
    /** Copies of this account in a folder somebody points at: the stick itself, a copy in it, or anything between. */
    find: (pointedAt: string, accountId: string): readonly StoredCopy[] => copyIn(pointedAt, accountId),
    /** Reads every page of a copy. */
    check: (copy: StoredCopy, key: MailboxKey): Promise<CopyOutcome> => run({ kind: 'check', folder: copy.folder, key }, () => undefined),
    /**
     * Puts the mailbox of a copy at `target`, checked; what is there is replaced.
     * @param damaged the mailbox it will replace, when that is damaged: what is newer in it comes along as far as it can be read
     */
    layOut: (copy: StoredCopy, key: MailboxKey, target: string, damaged: string | null): Promise<CopyOutcome> =>
      run({ kind: 'layOut', folder: copy.folder, key, target, damaged: damaged === null ? null : { file: damaged, now: now() } }, () => undefined),
    /** The same without any copy. */
    salvage: (accountId: string, key: MailboxKey, target: string, damaged: string): Promise<CopyOutcome> =>
      run({ kind: 'salvage', accountId, key, target, damaged: { file: damaged, now: now() } }, () => undefined),
    /** Whether a key is the key of this copy: its first page opens. */
    opens: (copy: StoredCopy, key: MailboxKey): boolean => opensWith(mailboxIn(copy.folder), key),
    /** What the mailbox in a copy knows of its account; null when the key is not its key, or it cannot be read. */
    factsIn: (copy: StoredCopy, key: MailboxKey) => factsIn(mailboxIn(copy.folder), key),
    /** Whether the copy still holds the bytes it was made of. */
    isWhole: (copy: StoredCopy): boolean => hashOfFile(mailboxIn(copy.folder)) === copy.sha256,
    remove: (copy: StoredCopy): void => removeCopy(copy.folder),
    headerOf: (copy: StoredCopy): string => headerIn(copy.folder),
    /** Makes our place in a folder that was just chosen. @throws what the system throws */
    prepare: (chosen: string): void => void mkdirSync(join(chosen, chosenFolderName), { recursive: true }),
    isThere: (chosen: string): boolean => existsSync(join(chosen, chosenFolderName))
  }
}

export type Backups = ReturnType<typeof openBackups>
