/** The whole app without windows. Everything outside arrives as an argument, so it runs the same on its own thread, in a test, or in a simulation. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { answer, type AppContext } from './app/commands'
import { createConfirmGate } from './app/confirm-gate'
import type { DeskSession } from './app/desk-session'
import type { Clock, Ids, Kdf, LetterHash, Random, SignedIn } from './app/ports'
import type { SeatTaker } from './app/accounts'
import type { CorePort } from './contract/core-port'
import type { AppEvent, Fact } from './contract/events'
import { failure, success, type Result } from './contract/result'
import { currentTerms } from './rules/terms'
import { createService, type ServiceConfig } from './service'
import { openDesk } from './storage/desk'
import { openMailbox, type Mailbox } from './storage/mailbox'
import { storageCode } from './storage/open'
import { createAccountService } from './sync/account-service'
import { createAccountWire } from './sync/account-wire'
import { createClient } from './sync/client'
import { createFrontDesk } from './sync/front-desk'
import { createLine, type Timers } from './sync/line'
import { canonicalLetter } from './wire/canonical'
import { viewSession } from './app/desk-session'

export type CoreOptions = {
  /** The folder everything is kept in. */
  readonly profileDir: string
  readonly version: string
  readonly clock: Clock
  readonly random: Random
  readonly timers: Timers
  readonly kdf: Kdf
  readonly serviceConfig: ServiceConfig
  /** A bug: the name of the command and the error, never its input. */
  readonly logBug: (where: string, error: unknown) => void
}

const letterHash: LetterHash = (letter, stamps) => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

/** UUID v7 from our own clock and randomness, so that a simulation repeats. */
const createIds = (clock: Clock, random: Random): Ids => ({ next: () => v7({ msecs: clock.now(), random: random.bytes(16) }) })

/**
 * Opens the profile and starts the simulated service.
 * @throws StorageError when this PC's own file or the service's cannot be opened
 */
export const createCore = async (options: CoreOptions): Promise<CorePort> => {
  const { profileDir, clock, random, timers, kdf } = options
  const ids = createIds(clock, random)
  mkdirSync(join(profileDir, 'mailboxes'), { recursive: true })
  const desk = openDesk(join(profileDir, 'desk.db'), clock.now(), ids.next())
  const service = await createService({
    file: join(profileDir, 'service.db'),
    config: options.serviceConfig,
    now: clock.now,
    randomBytes: random.bytes,
    delay: (ms) => new Promise<void>((resolve) => timers.after(ms, () => resolve())),
    kdf,
    report: (error) => options.logBug('service', error)
  })
  const ask = createClient(service.remote)

  const listeners = new Set<(event: AppEvent) => void>()
  const emit = (event: AppEvent): void => listeners.forEach((listener) => listener(event))
  const announce = (...facts: readonly Fact[]): void => {
    if (facts.length > 0) emit({ type: 'changed', facts })
  }
  service.post.onArrived(() => announce('post'))

  let current: DeskSession | null = null
  const closeSeat = async (): Promise<void> => {
    const leaving = current
    if (leaving === null) return
    current = null
    leaving.gate.clear()
    await leaving.line.stop()
    leaving.mailbox.close()
    emit({ type: 'sessionChanged', session: null })
  }
  const seat: SeatTaker = {
    current: () => current,
    close: closeSeat,
    open: async (account, signedIn): Promise<Result<DeskSession>> => {
      await closeSeat()
      const mailbox = openMailbox(join(profileDir, 'mailboxes', `${account.accountId}.db`), clock.now())
      const deviceToken = keepSignIn(mailbox, account.accountId, signedIn)
      if (deviceToken === null) {
        mailbox.close()
        return failure('FIRST_SIGN_IN_NEEDS_SERVICE')
      }
      const wire = createAccountWire(ask, { deviceId: desk.deviceId, deviceToken, sessionToken: signedIn?.sessionToken ?? null })
      const line = createLine({
        mailbox,
        wire,
        service: createAccountService(wire),
        clock,
        random,
        ids,
        timers,
        changed: (facts) => announce(...facts),
        statusChanged: (status) => emit({ type: 'syncStatusChanged', status })
      })
      current = {
        mailbox,
        line,
        gate: createConfirmGate(clock, random),
        clock,
        ids,
        letterHash,
        announce,
        practice: account.practice,
        offlineSignIn: signedIn === null
      }
      emit({ type: 'sessionChanged', session: viewSession(current, currentTerms.emessaging) })
      line.start()
      return success(current)
    }
  }

  const context: AppContext = {
    version: options.version,
    desk,
    frontDesk: createFrontDesk(ask),
    practice: {
      state: service.practice.state,
      set: service.practice.set,
      fastForward: service.practice.fastForward,
      prepareAccount: service.practice.prepareAccount,
      post: service.post.list
    },
    seat,
    clock,
    kdf,
    announceAccounts: () => announce('accounts'),
    announcePractice: () => announce('practice'),
    idleStatus: () => ({ line: service.practice.state().offline ? 'offline' : 'online', lastSyncAt: null, waiting: 0 })
  }

  return {
    call: async (name, input) => {
      try {
        return await answer(context, name, input)
      } catch (error) {
        const code = storageCode(error)
        if (code === null || code === 'INTERNAL') options.logBug(name, error)
        return failure(code ?? 'INTERNAL')
      }
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      await closeSeat()
      await service.close()
      desk.close()
    }
  }
}

/**
 * Notes in the mailbox what the service said at sign-in, and checks that the mailbox is this account's (I14).
 * @returns the token this PC comes back with, or null when this account has never signed in here
 */
const keepSignIn = (mailbox: Mailbox, accountId: string, signedIn: SignedIn | null): string | null => {
  const owner = mailbox.meta.get('accountId')
  if (owner !== null && owner !== accountId) throw new Error('a mailbox of another account')
  if (signedIn === null) return mailbox.meta.get('deviceToken')
  mailbox.transaction(() => {
    mailbox.meta.set('accountId', accountId)
    mailbox.meta.set('profile', JSON.stringify(signedIn.profile))
    mailbox.meta.set('deviceToken', signedIn.deviceToken)
    if (signedIn.profile.emessagingTermsVersion !== null) {
      mailbox.meta.set('emessagingTermsVersion', signedIn.profile.emessagingTermsVersion)
    }
  })
  return signedIn.deviceToken
}
