import type { Mailbox } from '../storage/mailbox'
import { isDamageOf } from '../storage/mailbox/damage'
import { storageCode } from '../storage/open'
import type { MailboxKey } from '../storage/vault'
import { note, noteAll } from './activity'
import type { DeskSession } from './desk-session'
import type { MailboxKeyContext } from './mailbox-key'
import type { Clock, Timers } from './ports'
import { tidyTimelines } from './timelines'
import { markVisitBegun, markVisitEnded } from './unexpected-end'
import type { EndReason, Visit } from './visit'

export type MailboxOnDeskContext = MailboxKeyContext & {
  readonly clock: Clock
  readonly timers: Timers
  /** A line of the log or a count could not be written; locking and leaving go on all the same. */
  readonly heard: (where: string, error: unknown) => void
}

/** How the mailbox of a visit comes to the desk and leaves it. Whatever goes wrong on the way, none stays open with nobody to close it. */
export const createMailboxOnDesk = (context: MailboxOnDeskContext) => {
  const { desk, vaults, clock, timers, keeper } = context

  /** What must not keep a screen from being covered or a mailbox from being closed. */
  const whatever = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      context.heard('desk', error)
    }
  }

  /** The parish's answer holds from the next sign-in on, and the volunteer can see it in the log. */
  const alignEscrow = (visit: Visit, session: DeskSession, key: MailboxKey): void => {
    const parish = desk.parish()
    if (parish === null || visit.practice) return
    const had = vaults.hasWrap(visit.accountId, 'escrow')
    vaults.setEscrow(visit.accountId, key, parish.publicKey)
    if (had !== parish.escrow) note(session, 'escrowChanged', { on: parish.escrow ? 'yes' : 'no' })
  }

  /** Puts an open mailbox on the desk, with what the service said and what happened while it was closed. */
  const adopt = (visit: Visit, mailbox: Mailbox, key: MailboxKey, passcodeHash: string | null): DeskSession => {
    keepFacts(mailbox, visit, passcodeHash)
    markVisitBegun(mailbox, clock.now())
    const session = visit.openDesk(mailbox, visit.accountId)
    visit.key = key
    visit.mailboxState = 'open'
    visit.desk = session
    visit.password = null
    visit.foundCopies = []
    noteAll(session, [...desk.pending(visit.accountId), ...(visit.signedIn?.notices ?? [])])
    desk.clearPending(visit.accountId)
    alignEscrow(visit, session, key)
    if (mailbox.lastChangeLost) note(session, 'lastChangeLost')
    visit.watch = keeper.watch({ accountId: visit.accountId, mailbox, key })
    visit.stopTidying = tidyTimelines(mailbox, clock, timers)
    return session
  }

  /** Nothing works with the mailbox any more, and nothing can be confirmed. */
  const stopWork = async (visit: Visit, session: DeskSession): Promise<void> => {
    session.gate.clear()
    visit.stopTidying()
    session.stopIndexing()
    session.stopSweeping()
    session.stopClearing()
    await session.jobs.stop()
    await session.line.stop()
  }

  /** Takes what is on the desk off it. @param work what is to be done before the mailbox is closed; it is closed in any case */
  const takeOff = async (visit: Visit, work: (session: DeskSession, watch: Visit['watch']) => Promise<void>): Promise<void> => {
    const { desk: session, watch } = visit
    if (session === null) return
    visit.leavingDesk = true
    try {
      // A command that waits for the service (a new password) still needs the mailbox, and what opens it, when the answer comes.
      await stopWork(visit, session)
      await work(session, watch)
    } catch (error) {
      if (isDamageOf(session.mailbox, error)) markDamaged(visit)
      throw error
    } finally {
      visit.desk = null
      visit.watch = null
      visit.leavingDesk = false
      whatever(() => session.mailbox.close())
    }
  }

  /** Takes the mailbox off the desk of a visit that goes on. */
  const putDown = (visit: Visit): Promise<void> =>
    takeOff(visit, async (session, watch) => {
      whatever(session.health.stop)
      await watch?.rest()
    })

  /** Takes it off at the end of a visit, with a last copy. */
  const putAway = (visit: Visit, reason: EndReason): Promise<void> =>
    takeOff(visit, async (session, watch) => {
      whatever(() => note(session, reason))
      whatever(session.health.stop)
      // Before the last copy is made: a copy of an orderly end tells of no crash.
      markVisitEnded(session.mailbox)
      whatever(() => desk.countActivity(visit.accountId, session.mailbox.activity.count('all')))
      await watch?.leave()
    })

  /** From now on the visit is one without a mailbox, until its owner has gone back to a copy. */
  const markDamaged = (visit: Visit): void => {
    desk.setSuspect(visit.accountId, true)
    visit.mailboxState = 'damaged'
    desk.notePending(visit.accountId, { event: 'mailboxFoundDamaged', at: clock.now(), details: {} })
  }

  /**
   * What cannot put a mailbox on the desk (a full disk) lets go of it: held open, it would refuse every further try until the next start.
   * @returns 'damaged' where the work came upon a page of the mailbox that cannot be read
   */
  const orLetGo = async <T>(visit: Visit, mailbox: Mailbox, work: () => T | Promise<T>): Promise<T | 'damaged'> => {
    try {
      return await work()
    } catch (error) {
      const damaged = isDamageOf(mailbox, error)
      if (visit.desk === null) mailbox.close()
      else await putDown(visit)
      if (!damaged) throw error
      markDamaged(visit)
      return 'damaged'
    }
  }

  /** @returns null when the file itself is damaged; where that was suspected, every page is looked at */
  const openOrNull = (accountId: string, key: MailboxKey): Mailbox | null => {
    let mailbox: Mailbox | null = null
    try {
      mailbox = vaults.open(accountId, key)
      // What a sign-in without the line will need: where it cannot be read, the mailbox is damaged.
      mailbox.meta.get('profile')
      mailbox.meta.get('deviceToken')
      if (desk.account(accountId)?.suspect !== true) return mailbox
      if (mailbox.isWhole()) {
        desk.setSuspect(accountId, false)
        return mailbox
      }
      mailbox.close()
      return null
    } catch (error) {
      mailbox?.close()
      if (storageCode(error) !== 'DAMAGED') throw error
      return null
    }
  }

  return { whatever, adopt, putDown, putAway, markDamaged, orLetGo, openOrNull }
}

/** Notes in the mailbox what has to be known there without the line, and checks that the mailbox is this account's (I14). */
const keepFacts = (mailbox: Mailbox, visit: Visit, passcodeHash: string | null): void => {
  const owner = mailbox.meta.get('accountId')
  if (owner !== null && owner !== visit.accountId) throw new Error('a mailbox of another account')
  mailbox.transaction(() => {
    mailbox.meta.set('accountId', visit.accountId)
    mailbox.meta.set('profile', JSON.stringify(visit.profile))
    if (visit.signedIn !== null) mailbox.meta.set('deviceToken', visit.signedIn.deviceToken)
    if (passcodeHash !== null) mailbox.meta.set('passcodeHash', passcodeHash)
  })
}
