import type { AppEvent } from '../contract/events'
import { failure, success, type Result } from '../contract/result'
import type { Duty, Session } from '../contract/views'
import { currentTerms } from '../rules/terms'
import type { Desk } from '../storage/desk'
import type { Mailbox } from '../storage/mailbox'
import { storageCode } from '../storage/open'
import type { MailboxKey, Vaults } from '../storage/vault'
import { note, noteAll } from './activity'
import { displayName, type DeskSession } from './desk-session'
import { watchIdle, type Idle } from './idle'
import type { AccountService, Clock, Profile, SignedIn, Timers } from './ports'

/** One volunteer at the desk, from signing in to signing out. Only this room changes it. */
export type Visit = {
  readonly accountId: string
  readonly practice: boolean
  readonly offline: boolean
  readonly lastSignIn: Session['lastSignIn']
  readonly service: AccountService
  readonly openDesk: (mailbox: Mailbox) => DeskSession
  /** What the service said at sign-in; null without it. */
  readonly signedIn: SignedIn | null
  /** The service's word on the account, as last heard. */
  profile: Profile
  /** What opens the mailbox; null while it is sealed. */
  key: MailboxKey | null
  mailboxState: Session['mailbox']
  desk: DeskSession | null
  locked: boolean
  wrongPasscodes: number
  /** As typed at sign-in, kept only while the mailbox is sealed: it will be its new lock. */
  password: string | null
}

export type EndReason = 'signedOut' | 'signedOutIdle' | 'handedOver'

export type VisitsContext = {
  readonly desk: Desk
  readonly vaults: Vaults
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
  passwordReminder: reminderDays > 0 && now - visit.profile.passwordChangedAt > reminderDays * dayMs
})

/** Who is at the desk. One visit at a time; its mailbox is closed and its key forgotten when it ends. */
export const createVisits = (context: VisitsContext) => {
  const { desk, vaults, clock, timers, emit } = context
  let current: Visit | null = null
  let idle: Idle | null = null
  let reminderDays = 0

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

  /** Covers the screen. Without a passcode to come back with, locking is signing out. */
  const lock = (visit: Visit): void => {
    if (visit !== current || visit.locked) return
    if (visit.desk === null || visit.desk.mailbox.meta.get('passcodeHash') === null) return void end('signedOut')
    visit.locked = true
    visit.desk.gate.clear()
    const session = visit.desk
    whatever(() => note(session, 'screenLocked'))
    tell()
  }

  const end = async (reason: EndReason): Promise<void> => {
    const leaving = current
    if (leaving === null) return
    current = null
    idle?.stop()
    idle = null
    leaving.password = null
    leaving.key = null
    if (leaving.desk !== null) {
      const session = leaving.desk
      const { mailbox, line, gate, jobs } = session
      gate.clear()
      await jobs.stop()
      await line.stop()
      whatever(() => note(session, reason))
      whatever(() => desk.countActivity(leaving.accountId, mailbox.activity.count('all')))
      whatever(() => mailbox.close())
      leaving.desk = null
    }
    tell()
    // The desk is free at once; whether the service hears of it does not matter to the next volunteer.
    void leaving.service.signOut()
  }

  /** Puts an open mailbox on the desk, with what the service said and what happened while it was closed. */
  const adopt = (visit: Visit, mailbox: Mailbox, key: MailboxKey, passcodeHash: string | null): DeskSession => {
    keepFacts(mailbox, visit, passcodeHash)
    const session = visit.openDesk(mailbox)
    visit.key = key
    visit.mailboxState = 'open'
    visit.desk = session
    visit.password = null
    noteAll(session, [...desk.pending(visit.accountId), ...(visit.signedIn?.notices ?? [])])
    desk.clearPending(visit.accountId)
    alignEscrow(visit, session, key)
    return session
  }

  /** @returns null when the file itself is damaged */
  const openOrNull = (accountId: string, key: MailboxKey): Mailbox | null => {
    try {
      return vaults.open(accountId, key)
    } catch (error) {
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

  /** The key that this password opens, or why there is none. */
  const findKey = async (arriving: Arriving): Promise<{ readonly key: MailboxKey | null; readonly state: Session['mailbox']; readonly encryptedNow: boolean }> => {
    const { accountId, password } = arriving
    const state = vaults.state(accountId)
    switch (state) {
      case 'none':
        return { key: await vaults.create(accountId, password), state: 'open', encryptedNow: false }
      case 'plain': {
        const key = await vaults.create(accountId, password)
        vaults.encrypt(accountId, key)
        desk.dropPasswordHash(accountId)
        return { key, state: 'open', encryptedNow: true }
      }
      case 'sealed': {
        const opened = await vaults.unlock(accountId, password)
        return { key: opened?.key ?? null, state: opened === null ? 'sealed' : 'open', encryptedNow: false }
      }
      case 'missing':
      case 'damaged':
      case 'newer':
        return { key: null, state: state === 'missing' ? 'missing' : 'damaged', encryptedNow: false }
    }
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
    /**
     * Begins a visit. With the service's word a sealed mailbox is a duty to be done; without it the password must open the
     * mailbox, for there is nothing else to check it against.
     */
    begin: async (arriving: Arriving): Promise<Result<Visit>> => {
      await end('handedOver')
      const { accountId, signedIn } = arriving
      if (signedIn === null && vaults.state(accountId) === 'none') return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
      const found = await findKey(arriving)
      const mailbox = found.key === null ? null : openOrNull(accountId, found.key)
      const mailboxState = found.key !== null && mailbox === null ? 'damaged' : found.state
      if (signedIn === null && mailbox === null) return whyNotOffline(mailboxState, desk.account(accountId)?.displayName ?? '')
      const profile = signedIn?.profile ?? readProfile(mailbox)
      const deviceToken = signedIn?.deviceToken ?? mailbox?.meta.get('deviceToken') ?? null
      if (profile === null || deviceToken === null) {
        mailbox?.close()
        return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
      }
      const visit: Visit = {
        accountId,
        practice: arriving.practice,
        offline: signedIn === null,
        lastSignIn: signedIn === null ? null : { at: signedIn.lastSignInAt, failuresSince: signedIn.failuresSince },
        ...context.connect(deviceToken, signedIn?.sessionToken ?? null),
        signedIn,
        profile,
        key: null,
        mailboxState,
        desk: null,
        locked: false,
        wrongPasscodes: 0,
        password: arriving.password
      }
      if (mailbox !== null && found.key !== null) {
        const session = adopt(visit, mailbox, found.key, arriving.passcodeHash)
        if (found.encryptedNow) note(session, 'mailboxEncrypted')
        note(session, arriving.event)
      }
      current = visit
      idle = watchIdle({
        timers,
        clock,
        warn: (what, at) => emit({ type: 'idleWarning', what, at }),
        lock: () => lock(visit),
        signOut: () => void end('signedOutIdle')
      })
      tell()
      visit.desk?.line.start()
      return success(visit)
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
      if (visit.desk !== null) note(visit.desk, 'passcodeRefused')
      const triesLeft = passcodeTries - visit.wrongPasscodes
      if (triesLeft > 0) return failure('PASSCODE_REFUSED', { params: { triesLeft } })
      await end('signedOut')
      return failure('SIGNED_OUT')
    },
    /** A key was found for a sealed mailbox: opens it, and locks it with the password of today. */
    unseal: async (visit: Visit, key: MailboxKey, event: 'mailboxOpenedByRecovery' | 'signedIn'): Promise<Result<Visit>> => {
      const mailbox = openOrNull(visit.accountId, key)
      if (mailbox === null) {
        visit.mailboxState = 'damaged'
        return failure('MAILBOX_DAMAGED', { params: { name: displayName(visit.profile) } })
      }
      if (visit.password !== null) await vaults.setPassword(visit.accountId, key, visit.password)
      const session = adopt(visit, mailbox, key, null)
      note(session, event)
      tell()
      session.line.start()
      return success(visit)
    }
  }
}

export type Visits = ReturnType<typeof createVisits>

const whyNotOffline = (state: Session['mailbox'], name: string): Result<never> => {
  if (state === 'sealed') return failure('SIGN_IN_REFUSED')
  return failure(state === 'missing' ? 'MAILBOX_MISSING' : 'MAILBOX_DAMAGED', { params: { name } })
}

const readProfile = (mailbox: Mailbox | null): Profile | null => {
  const text = mailbox?.meta.get('profile') ?? null
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
