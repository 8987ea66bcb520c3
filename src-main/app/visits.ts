import type { AppEvent } from '../contract/events'
import { failure, success, type Result } from '../contract/result'
import type { Session } from '../contract/views'
import { policyPresets } from '../rules/password-policy'
import { currentTerms } from '../rules/terms'
import type { Mailbox } from '../storage/mailbox'
import type { MailboxKey } from '../storage/vault'
import { note } from './activity'
import { displayName } from './desk-session'
import { watchIdle, type Idle } from './idle'
import { factsFromCopies, findKey } from './mailbox-key'
import { createMailboxOnDesk, type MailboxOnDeskContext } from './mailbox-on-desk'
import type { Profile, SignedIn } from './ports'
import { viewVisit, type EndReason, type Visit } from './visit'

export type VisitsContext = MailboxOnDeskContext & {
  /** The service for one account, and how its mailbox comes to the desk. */
  readonly connect: (deviceToken: string, sessionToken: string | null) => Pick<Visit, 'service' | 'openDesk'>
  readonly emit: (event: AppEvent) => void
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

/** Wrong passcodes before the session ends (domain.md: the passcode only unlocks a live session). */
const passcodeTries = 3

/** Who is at the desk. One visit at a time; its mailbox is closed and its key forgotten when it ends. */
export const createVisits = (context: VisitsContext) => {
  const { desk, vaults, clock, timers, keeper, emit } = context
  const { whatever, adopt, putDown, putAway, markDamaged, orLetGo, openOrNull } = createMailboxOnDesk(context)
  let current: Visit | null = null
  /** Visits before may still be making their last copy. */
  const leaving = new Map<string, Promise<void>>()
  let idle: Idle | null = null
  /** What the parish chose, once somebody has asked for its rules. */
  let reminderDays: number = policyPresets.cheatSheet.rotationReminderDays
  /** The last who came in, until they are in. */
  let arriving: Promise<unknown> = Promise.resolve()

  const view = (visit: Visit): Session => viewVisit(visit, clock.now(), reminderDays)
  const tell = (): void => emit({ type: 'sessionChanged', session: current === null ? null : view(current) })

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
    await putAway(visit, reason).finally(() => {
      visit.password = null
      visit.key = null
      // Whether the service hears of it does not matter to the next volunteer.
      void visit.service.signOut()
    })
  }

  /** Whoever ends the visit waits for this. */
  const keepWaiting = <T>(visit: Visit, work: Promise<T>): Promise<T> => {
    visit.changing = Promise.allSettled([visit.changing, work])
    return work
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
      leavingDesk: false,
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
    /** The rules in force were asked for; whoever is at the desk hears whether a new password is due after all. */
    setReminderDays: (days: number): void => {
      const before = current !== null && view(current).passwordReminder
      reminderDays = days
      if (current !== null && view(current).passwordReminder !== before) tell()
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
      // Looked at the passcode too long: somebody else may be at the desk by now.
      if (visit !== current) return failure('SIGNED_OUT')
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
      if (visit === null || visit.accountId !== accountId || visit.desk === null || visit.leavingDesk) return desk.setSuspect(accountId, true)
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
