import type Database from 'better-sqlite3'
import type { RemoteService } from '../wire/remote-service'
import { createClock, type ClockMark, type ServiceClock } from './clock'
import type { ServiceConfig } from './config'
import type { Call, Context, Kdf } from './context'
import { countUp, readMeta, writeMeta } from './database/meta'
import { openDatabase, type Db } from './database/open'
import { openFacilityBook } from './directory/facilities'
import { loadPeople } from './directory/people'
import { openControls } from './line/controls'
import { createFaultDice } from './line/faults'
import { createRemote } from './line/remote'
import { advance } from './messaging/advance'
import { openPostOffice, type PostItem } from './post'
import { createPractice, type Practice } from './practice/practice'
import { createPrng } from './prng'
import { createQueue } from './queue'
import { createKeyed, createSafe, newToken } from './secrets'
import { createServer } from './server'

export { parseServiceConfig, type ServiceConfig } from './config'

export type ServiceOptions = {
  /** The service's SQLite file, or `:memory:`. */
  readonly file: string
  readonly config: ServiceConfig
  /** The host's clock, ms UTC. */
  readonly now: () => number
  /** The host's monotonic clock, ms since whenever: what locks are timed by. Without it, every forward step of `now` counts. */
  readonly uptime?: () => number
  readonly randomBytes: (n: number) => Uint8Array
  readonly delay: (ms: number) => Promise<void>
  readonly kdf: Kdf
  /** Opens the host's SQLite files; its own way where none is given. */
  readonly openDatabase?: (file: string) => Database.Database
  /** Hears of bugs and of a failing disk, which a caller only sees as "trouble". */
  readonly report?: (error: unknown) => void
}

export type Service = {
  readonly remote: RemoteService
  readonly practice: Practice
  /** The simulated e-mails and text messages, newest first. */
  readonly post: { readonly list: () => readonly PostItem[]; readonly onArrived: (listener: (item: PostItem) => void) => () => void }
  /** Finishes what is under way and closes the file. Nothing may be called afterwards. */
  readonly close: () => Promise<void>
}

const saveClockEveryMs = 30_000

/**
 * Starts the simulated service.
 * @throws when its file cannot be opened, is damaged, or was made by a newer version
 */
export const createService = async (options: ServiceOptions): Promise<Service> => {
  const { config, randomBytes } = options
  const db = await openDatabase(options.file, options.openDatabase)
  try {
    const clock = await openClock(db, options)
    const kept = await readIdentity(db, options, clock)
    const facilities = openFacilityBook()
    await loadPeople(db, facilities, kept.seed, kept.since)
    const postOffice = await openPostOffice(db)
    const controls = await openControls(db, config)
    const context: Context = {
      db,
      clock,
      seed: kept.seed,
      robotCheckAnswer: config.robotCheckAnswer,
      randomBytes,
      kdf: options.kdf,
      dummyHash: kept.dummyHash,
      realTime: options.now,
      keyed: createKeyed(Buffer.from(kept.secret, 'hex')),
      safe: createSafe(Buffer.from(kept.secret, 'hex'), randomBytes),
      facilities,
      postOffice
    }

    let savedAt = -Infinity
    const saveClock = async (): Promise<void> => {
      const mark = clock.mark()
      await writeMeta(db, 'clock', mark)
      savedAt = mark.steady
    }
    /** What has to be up to date before anything is answered: the letters, and every half minute the clock's mark. */
    const prepare = async (call: Call, clockToo: boolean): Promise<void> => {
      if (clockToo || clock.steady() - savedAt >= saveClockEveryMs) await saveClock()
      await advance(call)
    }

    const queue = createQueue()
    const start = createPrng(kept.seed, 'start', await countUp(db, 'starts')).between(0, 0xffff_ffff)
    const dice = createFaultDice(createPrng(start, 'faults'))
    const answer = createServer(context, (call) => prepare(call, false), options.report ?? (() => undefined))
    return {
      remote: createRemote({ handle: (text) => queue.run(() => answer(text)), controls, dice, prng: createPrng(start, 'line'), delay: options.delay }),
      practice: createPractice({ context, controls, dice, queue, prepare }),
      post: { list: postOffice.list, onArrived: postOffice.onArrived },
      close: () =>
        queue.run(async () => {
          // A full disk must not keep the file open; the clock's mark of half a minute ago has to do.
          await saveClock().catch((error: unknown) => options.report?.(error))
          await db.destroy()
        })
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

const openClock = async (db: Db, { config, now, uptime = now }: ServiceOptions): Promise<ServiceClock> => {
  const start = config.clock?.start
  return createClock({
    now,
    uptime,
    start: start === undefined ? null : Date.parse(start),
    rate: config.clock?.rate ?? 1,
    kept: (await readMeta(db, 'clock')) as ClockMark | null
  })
}

type Identity = { readonly seed: number; readonly secret: string; readonly since: number; readonly dummyHash: string }

/** What a database is given once and keeps: its secret, its first moment, and a seed where the options have none. */
const readIdentity = async (db: Db, { config, randomBytes, kdf }: ServiceOptions, clock: ServiceClock): Promise<Identity> => {
  const known = (await readMeta(db, 'identity')) as Identity | null
  if (known !== null) return { ...known, seed: config.seed ?? known.seed }
  const made: Identity = {
    seed: config.seed ?? Buffer.from(randomBytes(4)).readUInt32LE(),
    secret: Buffer.from(randomBytes(32)).toString('hex'),
    since: clock.time(),
    dummyHash: await kdf.hash(newToken(randomBytes))
  }
  await writeMeta(db, 'identity', made)
  return made
}
