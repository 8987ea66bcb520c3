/** The whole app without windows. Everything outside arrives as an argument, so it runs the same on its own thread, in a test, or in a simulation. */
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { answer, type AppContext } from './app/commands'
import { createConfirmGate } from './app/confirm-gate'
import { createJobs } from './app/jobs'
import type { Outside } from './app/outside'
import { createPlaces } from './app/places'
import type { Clock, Ids, Kdf, LetterHash, Random, Timers } from './app/ports'
import { createSignInAttempts } from './app/sign-in-attempts'
import { createVisits, type Visit } from './app/visits'
import type { CorePort } from './contract/core-port'
import type { AppEvent, Fact } from './contract/events'
import { failure } from './contract/result'
import { createService, type ServiceConfig } from './service'
import { openDesk } from './storage/desk'
import type { Files } from './storage/files'
import { storageCode } from './storage/open'
import { openVaults, type DerivationCost, type DeriveKey } from './storage/vault'
import { createAccountService } from './sync/account-service'
import { createAccountWire } from './sync/account-wire'
import { createClient } from './sync/client'
import { createFrontDesk } from './sync/front-desk'
import { createLine } from './sync/line'
import { canonicalLetter } from './wire/canonical'
import type { RemoteService } from './wire/remote-service'

export type CoreOptions = {
  /** The folder everything is kept in. */
  readonly profileDir: string
  readonly version: string
  /** What this PC is: its name for people, and a mark that is another one on another PC. */
  readonly device: { readonly name: string; readonly fingerprint: string }
  readonly clock: Clock
  /** Milliseconds since whenever, from a clock that nobody can set: what locks wait for. */
  readonly uptime: () => number
  readonly random: Random
  readonly timers: Timers
  readonly kdf: Kdf
  /** Key derivation for mailboxes, and what it may cost. */
  readonly vault: { readonly derive: DeriveKey; readonly cost: DerivationCost }
  /** The disk: our small files and the opening of databases. */
  readonly files: Files
  /** What lies between the app and the service: hands on what goes and what comes, or does not. */
  readonly network: (service: RemoteService) => RemoteService
  /** Files of the person's own, and threads that can be ended. */
  readonly outside: Outside
  readonly serviceConfig: ServiceConfig
  /** A bug: the name of the command and the error, never its input. */
  readonly logBug: (where: string, error: unknown) => void
}

const letterHash: LetterHash = (letter, stamps) => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

/** UUID v7 from our own clock and randomness, so that a simulation repeats. */
const createIds = (clock: Clock, random: Random): Ids => ({ next: () => v7({ msecs: clock.now(), random: random.bytes(16) }) })

/** How often the time the app has been open is written down (reliability.md §4, Lock timer). */
const openTimeStepMs = 30_000

/**
 * Opens the profile and starts the simulated service.
 * @throws StorageError when this PC's own file or the service's cannot be opened
 */
export const createCore = async (options: CoreOptions): Promise<CorePort> => {
  const { profileDir, clock, random, timers, kdf, files } = options
  const ids = createIds(clock, random)
  const mailboxes = join(profileDir, 'mailboxes')
  files.makeFolder(mailboxes)
  const desk = openDesk(join(profileDir, 'desk.db'), clock.now(), ids.next(), options.device.fingerprint, files)
  const vaults = openVaults({ folder: mailboxes, ...options.vault, random: random.bytes, now: clock.now, files })
  const service = await createService({
    file: join(profileDir, 'service.db'),
    config: options.serviceConfig,
    now: clock.now,
    uptime: options.uptime,
    randomBytes: random.bytes,
    delay: (ms) => new Promise<void>((resolve) => timers.after(ms, () => resolve())),
    kdf,
    openDatabase: files.openDatabase,
    report: (error) => options.logBug('service', error)
  })
  const ask = createClient(options.network(service.remote))

  const listeners = new Set<(event: AppEvent) => void>()
  const emit = (event: AppEvent): void => listeners.forEach((listener) => listener(event))
  const announce = (...facts: readonly Fact[]): void => {
    if (facts.length > 0) emit({ type: 'changed', facts })
  }
  service.post.onArrived(() => announce('post'))

  let cancelOpenTime: () => void = () => undefined
  const countOpenTime = (): void => {
    cancelOpenTime = timers.after(openTimeStepMs, () => {
      desk.addOpenTime(openTimeStepMs)
      countOpenTime()
    })
  }
  countOpenTime()

  const visits = createVisits({
    desk,
    vaults,
    clock,
    timers,
    emit,
    connect: (deviceToken, sessionToken) => {
      const wire = createAccountWire(ask, { deviceId: desk.deviceId, deviceToken, sessionToken })
      const accountService = createAccountService(wire)
      return {
        service: accountService,
        openDesk: (mailbox) => ({
          mailbox,
          line: createLine({
            mailbox,
            wire,
            service: accountService,
            clock,
            random,
            ids,
            timers,
            changed: (facts) => announce(...facts),
            statusChanged: (status) => emit({ type: 'syncStatusChanged', status })
          }),
          gate: createConfirmGate(clock, random),
          jobs: createJobs({ ids, clock, outside: options.outside, emit, logBug: options.logBug }),
          clock,
          ids,
          letterHash,
          announce
        })
      }
    }
  })

  const places = createPlaces<Visit>()
  const context: AppContext = {
    outside: options.outside,
    places,
    version: options.version,
    deviceName: options.device.name,
    desk,
    vaults,
    visits,
    attempts: createSignInAttempts(clock, random),
    frontDesk: createFrontDesk(ask),
    practice: {
      state: service.practice.state,
      set: service.practice.set,
      fastForward: service.practice.fastForward,
      prepareAccount: service.practice.prepareAccount,
      post: service.post.list
    },
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
    grant: (grant) => places.grant(visits.current(), grant),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      cancelOpenTime()
      await visits.end('signedOut')
      await service.close()
      desk.close()
    }
  }
}
