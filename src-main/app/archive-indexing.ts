import type { Mailbox } from '../storage/mailbox'
import { storageCode } from '../storage/open'
import type { Announce, Timers } from './ports'

/** Entries in one slice: some milliseconds, so that a save never waits for the index of words. */
const sliceSize = 40
/** Between slices, so that everything else has its turn. */
const pauseMs = 5
/** How often it is looked whether a name has changed meanwhile. */
const lookMs = 15_000
/** How often the windows hear of progress. */
const tellEvery = 25

/**
 * Brings the index of words up to date in the background, slice by slice, while a mailbox is open. A slice that cannot be written (a full
 * disk) is tried again later: it is whole or not there, and what the disk lacks is said by whatever a person does.
 * @returns how to stop it; no slice begins after that
 */
export const keepIndexing = (mailbox: Mailbox, timers: Timers, announce: Announce): (() => void) => {
  let slices = 0
  let cancel: () => void = () => undefined
  let listed = 0
  const step = (): number => {
    try {
      const some = mailbox.archiveIndex.listImported(sliceSize)
      listed += some
      return some > 0 || !mailbox.archiveIndex.isDue() ? some : mailbox.archiveIndex.step(sliceSize)
    } catch (error) {
      if (storageCode(error) === null) throw error
      return 0
    }
  }
  const next = (): void => {
    const done = step()
    slices = done === 0 ? 0 : slices + 1
    if (done > 0 && (slices % tellEvery === 0 || !mailbox.archiveIndex.isDue())) announce('index')
    if (listed > 0 && (slices % tellEvery === 0 || done < sliceSize)) {
      listed = 0
      announce('imported')
    }
    cancel = timers.after(done === 0 ? lookMs : pauseMs, next)
  }
  cancel = timers.after(pauseMs, next)
  return () => cancel()
}
