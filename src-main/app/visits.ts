import type { AppEvent } from '../contract/events'
import { failure, success, type Result } from '../contract/result'
import type { Duty, Session } from '../contract/views'
import { currentTerms } from '../rules/terms'
import type { StoredCopy } from '../storage/backups'
import type { Mailbox } from '../storage/mailbox'
import { isDamageOf } from '../storage/mailbox/damage'
import { storageCode } from '../storage/open'
import type { MailboxKey } from '../storage/vault'
import { note, noteAll } from './activity'
import { displayName, type DeskSession } from './desk-session'
import { watchIdle, type Idle } from './idle'
import type { Watch } from './keeper'
import { factsFromCopies, findKey, type MailboxKeyContext } from './mailbox-key'
import type { AccountService, Clock, Profile, SignedIn, Timers } from './ports'
import { tidyTimelines } from './timelines'
import { endedUnexpectedly, markVisitBegun, markVisitEnded } from './unexpected-end'

/** One volunteer at the desk, from signing in to signing out. Only this room changes it. */
export type Visit = {
  readonly accountId: string
  readonly practice: boolean
  readonly offline: boolean
  readonly lastSignIn: Session['lastSignIn']
  readonly service: AccountService
  readonly openDesk: (mailbox: Mailbox, accountId: string) => DeskSession
  /** What the service said at sign-in; null without it. */
  readonly signedIn: SignedIn | null
  /** The service's word on the account, as last heard. */
  profile: Profile
  /** What opens the mailbox; null while it is sealed. */
  key: MailboxKey | null
  mailboxState: Session['mailbox']
  desk: DeskSession | null
  /** Makes copies of the mailbox while it is open. */
  watch: Watch | null
  locked: boolean
  wrongPasscodes: number
  /** As typed at sign-in, kept only while the mailbox is sealed: it will be its new lock. */
  password: string | null
  /** Copies where this person has just looked for some. */
  foundCopies: readonly StoredCopy[]
  /** Stops the thinning of old versions, before the mailbox closes. */
  stopTidying: () => void
  /** What is being done with the mailbox off the desk: whoever leaves meanwhile waits for it. */
  changing: Promise<unknown> | null
}

export type EndReason = 'signedOut' | 'signedOutIdle' | 'handedOver'

export type VisitsContext = MailboxKeyContext & {
  readonly clock: Clock
  readonly timers: Timers
  /** The service for one account, and how its mailbox comes to the desk. */
  readonly connect: (deviceToken: string, sessionToken: string | null) => Pick<Visit, 'service' | 'openDesk'>
  readonly emit: (event: AppEvent) => void
  /** A line of the log or a count could not be written; locking and leaving go on all the same. */
  readonly heard: (where: string, error: unknown) => void
}

export type Arriving = {
  readonly accountId: string
  readonly practice: boolean
  readonly password: string
  /** null: the service could not be asked. */
  readonly signedIn: SignedIn | null
  /** Known at sign-up only; kept (hashed) to unlock the screen with. */
  readonly passcodeHash: string | null
  /** How this visit stands in the activity log. */
  readonly event: 'accountCreated' | 'signedIn' | 'signedInOffline'
}

export const dutiesOf = (visit: Visit): readonly Duty[] => [
  ...(visit.profile.mustAcceptTerms || visit.profile.termsVersion !== currentTerms.terms ? (['acceptTerms'] as const) : []),
  ...(visit.profile.mustChangePassword ? (['changePassword'] as const) : []),
  ...(visit.desk === null ? (['openMailbox'] as const) : [])
]

const dayMs = 86_400_000
/** Wrong passcodes before the session ends (domain.md: the passcode only unlocks a live session). */
const passcodeTries = 3

/** The visit as the windows see it. @param reminderDays the policy's reminder, 0 for none */
export const viewVisit = (visit: Visit, now: number, reminderDays: number): Session => ({
  accountId: visit.accountId,
  displayName: displayName(visit.profile),
  email: visit.profile.email,
  practice: visit.practice,
  coordinator: visit.profile.coordinator,
  locked: visit.locked,
  duties: dutiesOf(visit),
  mailbox: visit.mailboxState,
  emessagingTermsAccepted: visit.profile.emessagingTermsVersion === currentTerms.emessaging,
  offline: visit.offline,
  lastSignIn: visit.lastSignIn,
  recoveryCodeDue: !visit.practice && visit.desk !== null && visit.desk.mailbox.meta.get('recoveryCodeMadeAt') === null,
  unexpectedEnd: visit.desk !== null && endedUnexpectedly(visit.desk.mailbox),
  lastChangeLost: visit.desk?.mailbox.lastChangeLost === true,
  passwordReminder: reminderDays > 0 && now - visit.profile.passwordChangedAt > reminderDays * dayMs
})

/** Who is at the desk. One visit at a time; its mailbox is closed and its key forgotten when it ends. */
export const createVisits = (context: VisitsContext) => {
  const { desk, vaults, clock, timers, keeper, emit } = context
  let current: Visit | null = null
  /** Visits before may still be making their last copy. */
  const leaving = new Map<string, Promise<void>>()
  let idle: Idle | null = null
  let reminderDays = 0
  /** The last who came in, until they are in. */
  let arriving: Promise<unknown> = Promise.resolve()

  const view = (visit: Visit): Session => viewVisit(visit, clock.now(), reminderDays)
  const tell = (): void => emit({ type: 'sessionChanged', session: current === null ? null : view(current) })

  /** What must not keep a screen from being covered or a mailbox from being closed. */
  const whatever = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      context.heard('desk', error)
    }
  }

  const unheard = (error: unknown): void => context.heard('desk', error)

  /** Covers the screen. Without a passcode to come back with, locking is signing out. */
  const lock = (visit: Visit): void => {
    if (visit !== current || visit.locked) return
    if (visit.desk === null || visit.desk.mailbox.meta.get('passcodeHash') === null) return void end('signedOut').catch(unheard)
    visit.locked = true
    visit.desk.gate.clear()
    const session = visit.desk
    whatever(() => note(session, 'screenLocked'))
    tell()
  }

  const end = async (reason: EndReason): Promise<void> => {
    const visit = current
    if (visit === null) return void (await Promise.all(leaving.values()))
    const left = leave(visit, reason)
    // Whoever comes next waits for the end of this, whatever it was; whoever leaves hears of trouble.
    const done = left.catch(() => undefined).finally(() => {
      if (leaving.get(visit.accountId) === done) leaving.delete(visit.accountId)
    })
    leaving.set(visit.accountId, done)
    await left
  }

  const leave = async (visit: Visit, reason: EndReason): Promise<void> => {
    current = null
    idle?.stop()
    idle = null
    // The desk is free at once: the last copy is made, and the mailbox closed, behind the start screen.
    tell()
    // A mailbox that is on its way back to the desk gets there first, to be closed like any other: left open, its owner would be kept out.
    await visit.changing
    visit.password = null
    visit.key = null
    visit.stopTidying()
    const { desk: session, watch } = visit
    visit.desk = null
    visit.watch = null
    if (session !== null) {
      session.gate.clear()
      session.stopIndexing()
      session.stopSweeping()
      session.stopClearing()
      await session.jobs.stop()
      await session.line.stop()
      whatever(() => note(session, reason))
      whatever(session.health.stop)
      // Before the last copy is made: a copy of an orderly end tells of no crash.
      markVisitEnded(session.mailbox)
      whatever(() => desk.countActivity(visit.accountId, session.mailbox.activity.count('all')))
      await watch?.leave()
      whatever(() => session.mailbox.close())
    }
    // Whether the service hears of it does not matter to the next volunteer.
    void visit.service.signOut()
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

  const putDown = async (visit: Visit): Promise<void> => {
    const { desk: session, watch } = visit
    if (session === null) return
    visit.desk = null
    visit.watch = null
    session.gate.clear()
    visit.stopTidying()
    session.stopIndexing()
    session.stopSweeping()
    session.stopClearing()
    await session.jobs.stop()
    await session.line.stop()
    whatever(session.health.stop)
    await watch?.rest()
    whatever(() => session.mailbox.close())
  }

  /** Whoever ends the visit waits for this. */
  const keepWaiting = <T>(visit: Visit, work: Promise<T>): Promise<T> => {
    visit.changing = Promise.allSettled([visit.changing, work])
    return work
  }

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

  /** The parish's answer holds from the next sign-in on, and the volunteer can see it in the log. */
  const alignEscrow = (visit: Visit, session: DeskSession, key: MailboxKey): void => {
    const parish = desk.parish()
    if (parish === null || visit.practice) return
    const had = vaults.hasWrap(visit.accountId, 'escrow')
    vaults.setEscrow(visit.accountId, key, parish.publicKey)
    if (had !== parish.escrow) note(session, 'escrowChanged', { on: parish.escrow ? 'yes' : 'no' })
  }

  const damagedAfterAll = (visit: Visit): Result<never> => {
    visit.mailboxState = 'damaged'
    return failure('MAILBOX_DAMAGED', { params: { name: displayName(visit.profile) } })
  }

  /**
   * Puts a mailbox on the desk of a visit that goes on. Only within `change`.
   * @param prepare what has to be done first; says what is to stand in the log
   * @returns the visit as the windows see it
   */
  const takeUp = async (visit: Visit, mailbox: Mailbox, key: MailboxKey, prepare: () => Promise<'mailboxOpenedByRecovery' | 'signedIn' | null>): Promise<Result<Session>> => {
    const session = await orLetGo(visit, mailbox, async () => {
      const event = await prepare()
      const opened = adopt(visit, mailbox, key, null)
      if (event !== null) note(opened, event)
      return opened
    })
    if (session === 'damaged') return damagedAfterAll(visit)
    tell()
    session.line.start()
    return success(view(visit))
  }

  /**
   * Begins a visit. With the service's word a sealed mailbox is a duty to be done; without it the password must open the
   * mailbox, for there is nothing else to check it against.
   */
  const begin = async (arrival: Arriving): Promise<Result<Visit>> => {
    const { accountId, signedIn } = arrival
    // The mailbox of somebody else may go on closing; this one's must have closed.
    if (current !== null) void end('handedOver').catch(() => undefined)
    await leaving.get(accountId)
    const mayBegin = signedIn !== null || vaults.state(accountId) !== 'none' || keeper.hasCopies(accountId)
    if (!mayBegin) return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
    const found = await findKey(context, accountId, arrival.password)
    if (found.state === 'newer') return failure('NEWER_VERSION')
    const mailbox = found.key === null ? null : openOrNull(accountId, found.key)
    const mailboxState = found.key !== null && mailbox === null ? 'damaged' : found.state
    // Without the line, what the mailbox would have to say is read from a copy, so that its owner can go back to it.
    const copied = signedIn === null && mailbox === null && mailboxState !== 'sealed' ? await factsFromCopies(context, accountId, arrival.password) : null
    if (signedIn === null && mailbox === null && copied === null) return whyNotOffline(mailboxState, desk.account(accountId)?.displayName ?? '')
    const profile = signedIn?.profile ?? readProfile(mailbox?.meta.get('profile') ?? copied?.profile ?? null)
    const deviceToken = signedIn?.deviceToken ?? mailbox?.meta.get('deviceToken') ?? copied?.deviceToken ?? null
    if (profile === null || deviceToken === null) {
      mailbox?.close()
      return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
    }
    const visit: Visit = {
      accountId,
      practice: arrival.practice,
      offline: signedIn === null,
      lastSignIn: signedIn === null ? null : { at: signedIn.lastSignInAt, failuresSince: signedIn.failuresSince },
      ...context.connect(deviceToken, signedIn?.sessionToken ?? null),
      signedIn,
      profile,
      key: found.key,
      mailboxState,
      desk: null,
      watch: null,
      locked: false,
      wrongPasscodes: 0,
      password: arrival.password,
      foundCopies: [],
      stopTidying: () => undefined,
      changing: null
    }
    const { key } = found
    if (mailbox !== null && key !== null) {
      const begun = await orLetGo(visit, mailbox, () => {
        const session = adopt(visit, mailbox, key, arrival.passcodeHash)
        if (found.encryptedNow) note(session, 'mailboxEncrypted')
        note(session, arrival.event)
        // What the windows will be told is read here too: damage in it must not keep anybody out either.
        view(visit)
      })
      if (begun === 'damaged') visit.password = arrival.password
    }
    current = visit
    idle = watchIdle({
      timers,
      clock,
      warn: (what, at) => emit({ type: 'idleWarning', what, at }),
      lock: () => whatever(() => lock(visit)),
      signOut: () => void end('signedOutIdle').catch(unheard)
    })
    tell()
    visit.desk?.line.start()
    return success(visit)
  }

  return {
    current: (): Visit | null => current,
    view,
    tell,
    end,
    setReminderDays: (days: number): void => {
      reminderDays = days
    },
    stay: (): void => idle?.stay(),
    /** Begins a visit, one after the other: of two at once one would hold its mailbox with nobody to close it. See `begin`. */
    begin: (arrival: Arriving): Promise<Result<Visit>> => {
      const turn = arriving.then(() => begin(arrival))
      arriving = turn.catch(() => undefined)
      return turn
    },
    lock,
    /** Back at the desk. @param rightPasscode whether the passcode was right */
    unlock: async (visit: Visit, rightPasscode: boolean): Promise<Result<Session>> => {
      if (rightPasscode) {
        visit.locked = false
        visit.wrongPasscodes = 0
        const session = visit.desk
        if (session !== null) whatever(() => note(session, 'screenUnlocked'))
        idle?.stay()
        tell()
        return success(view(visit))
      }
      visit.wrongPasscodes += 1
      const refusedAt = visit.desk
      // A full disk must not give anybody more tries.
      if (refusedAt !== null) whatever(() => note(refusedAt, 'passcodeRefused'))
      const triesLeft = passcodeTries - visit.wrongPasscodes
      if (triesLeft > 0) return failure('PASSCODE_REFUSED', { params: { triesLeft } })
      await end('signedOut')
      return failure('SIGNED_OUT')
    },
    /**
     * Does something that brings a mailbox to the desk of a visit, one such thing after the other. Whoever leaves meanwhile waits for its end.
     * @returns what the work returns; SIGNED_OUT when the visit has ended by then
     */
    change: async <T>(visit: Visit, work: () => Promise<Result<T>>): Promise<Result<T>> => {
      const before = visit.changing
      try {
        const result = await keepWaiting(visit, before === null ? work() : before.then(work))
        return visit === current || !result.ok ? result : failure('SIGNED_OUT')
      } finally {
        // The one mailbox is off the desk, and the other could not come (a full disk): signing in anew finds what is there.
        if (visit === current && visit.desk === null && visit.mailboxState === 'open') await end('signedOut').catch(unheard)
      }
    },
    /** Takes the mailbox off the desk for a moment. The visit goes on. */
    putDown,
    /** The mailbox turned out damaged while it was open: nothing is written to it any more, and the windows are told. */
    foundDamaged: async (accountId: string): Promise<void> => {
      const visit = current
      if (visit === null || visit.accountId !== accountId || visit.desk === null) return desk.setSuspect(accountId, true)
      markDamaged(visit)
      await keepWaiting(visit, putDown(visit))
      tell()
    },
    takeUp,
    /** A key was found for a sealed mailbox: opens it, and locks it with the password of today. Only within `change`. */
    unseal: async (visit: Visit, key: MailboxKey, event: 'mailboxOpenedByRecovery' | 'signedIn'): Promise<Result<Session>> => {
      const mailbox = openOrNull(visit.accountId, key)
      if (mailbox === null) return damagedAfterAll(visit)
      return takeUp(visit, mailbox, key, async () => {
        if (visit.password !== null) await vaults.setPassword(visit.accountId, key, visit.password)
        return event
      })
    }
  }
}

export type Visits = ReturnType<typeof createVisits>

const whyNotOffline = (state: Session['mailbox'], name: string): Result<never> => {
  if (state === 'sealed') return failure('SIGN_IN_REFUSED')
  return failure(state === 'missing' ? 'MAILBOX_MISSING' : 'MAILBOX_DAMAGED', { params: { name } })
}

const readProfile = (text: string | null): Profile | null => {
  if (text === null) return null
  // A mailbox from before had a shorter profile; the service fills in the rest at the next sign-in with the line.
  const before = { coordinator: false, site: '', termsVersion: currentTerms.terms, mustChangePassword: false, mustAcceptTerms: false, passwordChangedAt: 0 }
  return { ...before, ...(JSON.parse(text) as Profile) }
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
