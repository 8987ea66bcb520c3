import { join } from 'node:path'
import type { Files } from './files'

/** Halves of our small files and copies, and the file that tries whether there is room. The settings are main's own, and not touched. */
const inProfile = /^(room\.tmp|(desk\.db(\.copy|\.version-\d+)?|desk\.owner|troubles\.json)\.new(-journal|-wal)?)$/u
const inMailboxes = /\.(vault|db\.restore|db\.version-\d+)\.new(-journal|-wal)?$/u

/**
 * Clears away what a crash left half done (start-up order, step 9). Nobody else can be making it: the caller holds the profile's lock, so
 * however young a half is, it is of a run that has ended. What a crash left of a restore or an encryption is taken up, not cleared away,
 * when its mailbox is looked at (`vault/`); half a backup goes when the next is begun.
 * @param failed a half that cannot be removed keeps nobody from starting
 */
export const clearLeftovers = (files: Files, profileDir: string, mailboxes: string, failed: (error: unknown) => void): void => {
  const found = [
    ...files.list(profileDir).filter((name) => inProfile.test(name)).map((name) => join(profileDir, name)),
    ...files.list(mailboxes).filter((name) => inMailboxes.test(name)).map((name) => join(mailboxes, name))
  ]
  for (const file of found) {
    try {
      files.remove(file)
    } catch (error) {
      failed(error)
    }
  }
}
