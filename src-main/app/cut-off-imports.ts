import type { Mailbox } from '../storage/mailbox'
import { storageCode } from '../storage/open'
import type { Announce, Timers } from './ports'

/** Between slices, so that everything else has its turn. */
const pauseMs = 5

/**
 * Takes out, in the background of a new visit, what an import or its undoing left when the app ended in the middle of it. None of it is seen;
 * it only takes room. On a disk too full to delete on, it stays for the next sign-in or the next import.
 * @returns stops it: before the mailbox closes, and before an import begins, which clears by itself and must not be taken for one that was cut off
 */
export const clearCutOff = (mailbox: Mailbox, timers: Timers, announce: Announce): (() => void) => {
  let cancel: () => void = () => undefined
  let removed = 0
  const step = (): boolean => {
    try {
      const [seq] = mailbox.imports.unfinished()
      if (seq === undefined) return false
      removed += mailbox.transaction(() => mailbox.imports.removeSome(seq))
      return true
    } catch (error) {
      if (storageCode(error) === null) throw error
      return false
    }
  }
  const next = (): void => {
    if (step()) cancel = timers.after(pauseMs, next)
    else if (removed > 0) announce('imported')
  }
  cancel = timers.after(pauseMs, next)
  return () => cancel()
}
