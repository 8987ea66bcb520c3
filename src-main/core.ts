/** The whole app without windows. Everything outside arrives as an argument, so it runs the same on its own thread, in a test, or in a simulation. */
import { join } from 'node:path'
import { v7 } from 'uuid'
import { answer, answerInner, type AppContext } from './app/commands'
import { countOpenTime } from './app/open-time'
import type { Outside } from './app/outside'
import { createPlaces } from './app/places'
import type { Clock, Ids, Kdf, Random, Timers, Uptime } from './app/ports'
import { createSignInAttempts } from './app/sign-in-attempts'
import { isReading } from './app/reading-commands'
import { createSurroundings } from './app/surroundings'
import { makeReport } from './app/trouble-report'
import { connectWith } from './connect'
import type { CorePort } from './contract/core-port'
import type { AppEvent, Fact } from './contract/events'
import { errorCodes, type ErrorCode } from './contract/error-codes'
import { failure, success, type Result } from './contract/result'
import { shellTroubles, troubleKinds, type TroubleKind } from './contract/surroundings'
import { createService, type ServiceConfig } from './service'
import { absentService } from './service/absent'
import { createKeeper } from './app/keeper'
import type { Visit } from './app/visit'
import { createVisits, type Visits } from './app/visits'
import { openBackups, runCopyJobHere, type CopyOutcome, type RunCopyJob } from './storage/backups'
import { openDesk } from './storage/desk'
import { openOrPutRight } from './storage/desk/put-right'
import type { Files } from './storage/files'
import { findGround, tryRoom } from './storage/ground'
import { clearLeftovers } from './storage/leftovers'
import { isDamageOf } from './storage/mailbox/damage'
import { storageCode, StorageError } from './storage/open'
import { removeOwnerNote, writeOwnerNote } from './storage/owner-note'
import { patientFiles } from './storage/patient-files'
import { writeSupportBundle } from './storage/support-bundle'
import { openTroubleLog } from './storage/trouble-log'
import { openVaults, type DerivationCost, type DeriveKey } from './storage/vault'
import { createClient } from './sync/client'
import { createFrontDesk } from './sync/front-desk'
import type { RemoteService } from './wire/remote-service'
import { quietPc, type ThisPc } from './this-pc'

export type CoreOptions = {
  /** The folder everything is kept in. */
  readonly profileDir: string
  readonly version: string
  /** What this PC is: its name for people, and a mark that is another one on another PC. */
  readonly device: { readonly name: string; readonly fingerprint: string }
  readonly clock: Clock
  /** Milliseconds since whenever, from a clock that nobody can set: what locks wait for. */
  readonly uptime: Uptime
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
  /** What else is known of this PC: its owner, its clock's pauses, where the folder lies. */
  readonly pc?: ThisPc
  /** Reads and writes whole mailboxes, away from the thread that saves. Without one it is done in between. */
  readonly runCopyJob?: RunCopyJob
  readonly serviceConfig: ServiceConfig
  /** This PC's own file is damaged or lost: whether it may be put right, from its copy or, without one, begun anew. It never is unasked. */
  readonly mayPutDeskRight?: (from: 'copy' | 'nothing') => Promise<boolean>
  /** A bug: the name of the command and the error, never its input. */
  readonly logBug: (where: string, error: unknown) => void
}

/** UUID v7 from our own clock and randomness, so that a simulation repeats. */
const createIds = (clock: Clock, random: Random): Ids => ({
  next: () => v7({ msecs: clock.now(), random: random.bytes(16) }),
  key: () => Buffer.from(random.bytes(16)).toString('hex')
})

/**
 * Opens the profile and starts the simulated service.
 * @throws StorageError when this PC's own file or the service's cannot be opened
 */
export const createCore = async (options: CoreOptions): Promise<CorePort> => {
  const { profileDir, clock, random, kdf, pc = quietPc } = options
  const ids = createIds(clock, random)
  const mailboxes = join(profileDir, 'mailboxes')
  const { files, standing } = findGround(patientFiles(options.files, pc.pause), profileDir, pc.scratch, () => pc.pause(20 + Math.floor(random.number() * 180)))
  const troubles = openTroubleLog(files, profileDir, clock.now, { kinds: troubleKinds, codes: [...errorCodes, ...shellTroubles] })
  /** Something failed outside of any answer, or with one: it is written down, and a disk in trouble is watched until it is well. */
  const heard = (kind: TroubleKind, where: string, error: unknown): ErrorCode => {
    const code = storageCode(error) ?? 'INTERNAL'
    if (code === 'INTERNAL') options.logBug(where, error)
    troubles.note(kind, code, where)
    surroundings.noteFailure(code)
    return code
  }
  // An error in a timer reaches nobody: uncaught, it would end the app at the very moment the disk is full.
  const timers: Timers = {
    after: (ms, run) =>
      options.timers.after(ms, () => {
        try {
          run()
        } catch (error) {
          heard('background', 'app', error)
        }
      })
  }
  files.makeFolder(mailboxes)
  /** A start that fails is in the log of the next one. */
  const noteStart = (where: string, error: unknown): ErrorCode => {
    const code = startCode(error)
    troubles.note('start', code, where)
    return code
  }
  const deskFile = join(profileDir, 'desk.db')
  const desk = await openOrPutRight({
    open: () => openDesk(deskFile, clock.now(), ids.next(), options.device.fingerprint, files),
    files,
    file: deskFile,
    now: clock.now,
    failed: (error) => noteStart('desk', error),
    mayPutRight: standing === 'ok' ? options.mayPutDeskRight : undefined
  })
  const vaults = openVaults({ folder: mailboxes, ...options.vault, random: random.bytes, now: clock.now, files })
  const listeners = new Set<(event: AppEvent) => void>()
  const emit = (event: AppEvent): void => listeners.forEach((listener) => listener(event))
  if (standing === 'ok') {
    clearLeftovers(files, profileDir, mailboxes, (error) => noteStart('leftovers', error))
    writeOwnerNote(files, profileDir, { name: pc.owner, at: clock.now() })
  }
  const surroundings = createSurroundings({
    desk,
    clock,
    timers,
    standing,
    isServiceDamaged: () => serviceDamaged,
    place: pc.place,
    canWrite: () => tryRoom(options.files, profileDir) === null,
    emit: (event) => emit(event),
    recovered: troubles.settle
  })
  const startService = () => createService({
    file: join(profileDir, 'service.db'),
    config: options.serviceConfig,
    now: clock.now,
    uptime: options.uptime,
    randomBytes: random.bytes,
    delay: (ms) => new Promise<void>((resolve) => timers.after(ms, () => resolve())),
    kdf,
    openDatabase: files.openDatabase,
    report: (error) => void heard('service', 'service', error)
  })
  let serviceDamaged = false
  const service =
    standing !== 'ok'
      ? absentService(clock.now, new StorageError('READ_ONLY', 'the service’s file cannot be written'))
      : await startService().catch((error: unknown) => {
          // Reading and writing need no service: its damaged file keeps nobody from their letters.
          if (noteStart('service', error) === 'DAMAGED') {
            serviceDamaged = true
            return absentService(clock.now, new StorageError('DAMAGED', 'the service’s file is damaged'))
          }
          // A start that fails holds nothing: the next one finds the data free.
          desk.close()
          removeOwnerNote(files, profileDir)
          throw error
        })
  const ask = createClient(options.network(service.remote))

  const announce = (...facts: readonly Fact[]): void => {
    if (facts.length > 0) emit({ type: 'changed', facts })
  }
  service.post.onArrived(() => announce('post'))

  const openTime = countOpenTime(desk, options.uptime, timers, surroundings.lookAtClock, (error) => void heard('background', 'open time', error))
  surroundings.lookAtClock()

  const allBackups = openBackups(join(profileDir, 'backups'), options.runCopyJob ?? runCopyJobHere(() => Promise.resolve()), clock.now)
  // Where nothing can be written there is nothing new to copy either.
  const noCopy: CopyOutcome = { ok: false, why: standing === 'noRoom' ? 'noRoom' : 'unreachable', detail: 'nothing can be written here' }
  const backups = standing === 'ok' ? allBackups : { ...allBackups, take: () => Promise.resolve(noCopy) }
  const keeper = createKeeper({
    backups,
    vaults,
    desk,
    clock,
    timers,
    announce,
    mailboxDamaged: (accountId) => void visits.foundDamaged(accountId),
    logBug: options.logBug
  })
  const trouble = (where: string) => (error: unknown): void => {
    const accountId = visits.current()?.accountId
    if (accountId !== undefined && isMailboxDamage(error)) void visits.foundDamaged(accountId)
    heard('background', where, error)
  }
  const visits: Visits = createVisits({
    desk,
    vaults,
    backups,
    clock,
    timers,
    keeper,
    emit,
    heard: (where, error) => trouble(where)(error),
    connect: connectWith({
      ask,
      deviceId: desk.deviceId,
      clock,
      uptime: options.uptime,
      random,
      ids,
      timers,
      outside: options.outside,
      announce,
      emit,
      failed: trouble('sync'),
      logBug: options.logBug
    })
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
    attempts: createSignInAttempts(options.uptime, random),
    frontDesk: createFrontDesk(ask),
    practice: {
      state: service.practice.state,
      set: service.practice.set,
      fastForward: service.practice.fastForward,
      prepareAccount: service.practice.prepareAccount,
      post: service.post.list
    },
    clock,
    ids,
    kdf,
    backups,
    keeper,
    announce,
    announceAccounts: () => announce('accounts'),
    announcePractice: () => announce('practice'),
    surroundings,
    report: {
      clock,
      surroundings,
      troubles: troubles.list,
      versions: { app: options.version, node: process.versions.node, sqlite: desk.sqliteVersion(), system: pc.system },
      folder: {
        path: profileDir,
        place: pc.place,
        freeBytes: () => pc.freeBytes(profileDir),
        mailboxes: () => (files.exists(mailboxes) ? files.list(mailboxes).filter((name) => name.endsWith('.db')).length : 0)
      },
      checkDesk: desk.check,
      lastCopyAt: (accountId) => backups.list('thisPc', accountId, null)[0]?.madeAt ?? null,
      visits
    },
    idleStatus: () => ({ line: service.practice.state().offline ? 'offline' : 'online', lastSyncAt: null, waiting: 0, sendingStopped: false })
  }

  const isMailboxDamage = (error: unknown): boolean => {
    const mailbox = visits.current()?.desk?.mailbox
    return mailbox !== undefined && isDamageOf(mailbox, error)
  }
  const guarded = async <T>(name: string, isReadingOnly: boolean, work: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (standing !== 'ok' && !isReadingOnly) return failure(standing === 'noRoom' ? 'DISK_FULL' : 'READ_ONLY')
    try {
      const result = await work()
      if (!result.ok && isTrouble(result.code)) troubles.note('command', result.code, name)
      return result
    } catch (error) {
      const damaged = isMailboxDamage(error)
      const code = heard('command', name, error)
      const accountId = visits.current()?.accountId
      if (accountId === undefined || !damaged) return failure(code)
      await visits.foundDamaged(accountId)
      return failure('MAILBOX_DAMAGED')
    }
  }

  /** A full disk must not keep anybody from leaving; the copy of last time has to do then. */
  const keepDeskSpare = (): void => {
    try {
      if (standing === 'ok') desk.keepSpare()
    } catch (error) {
      heard('background', 'desk', error)
    }
  }

  return {
    call: (name, input) => guarded(name, isReading(name), () => answer(context, name, input)),
    grant: (grant) => places.grant(visits.current(), grant),
    callInner: (name, input) => guarded(name, false, () => answerInner(context, name, input)),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    noteTrouble: (kind, code) => troubles.note(kind, code, kind),
    saveReport: async (file) => {
      try {
        await writeSupportBundle(files, profileDir, makeReport(context.report), file)
        return success(null)
      } catch (error) {
        return failure(heard('command', 'surroundings.saveReport', error))
      }
    },
    close: async () => {
      openTime.stop()
      surroundings.stop()
      await visits.end('signedOut')
      await keeper.settled()
      await service.close()
      keepDeskSpare()
      desk.close()
      troubles.settle()
      if (standing === 'ok') removeOwnerNote(files, profileDir)
    }
  }
}

/** The service's own error wraps the one of SQLite. */
const startCode = (error: unknown): ErrorCode => storageCode(error) ?? (error instanceof Error ? storageCode(error.cause) : null) ?? 'INTERNAL'

/** Refusals that somebody should look into; a wrong password or a missing stamp is none. */
const troubling: readonly ErrorCode[] = ['SERVICE_TROUBLE', 'MAILBOX_MISSING', 'MAILBOX_DAMAGED', 'DISK_FULL', 'DISK_FAULT', 'FILE_BUSY', 'READ_ONLY', 'DAMAGED', 'NEWER_VERSION', 'PURCHASE_UNSETTLED']
const isTrouble = (code: ErrorCode): boolean => troubling.includes(code)
