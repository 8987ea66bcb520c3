import type { Fact } from '../contract/events'
import type { SyncStatus } from '../contract/views'
import type { AccountService, Clock, Ids, Line, Random, Timers, Uptime } from '../app/ports'
import { nextDelayMs } from '../rules/backoff'
import type { Mailbox } from '../storage/mailbox'
import type { AccountWire } from './account-wire'
import { createCharges } from './charges'
import { watchLiveness } from './liveness'
import { createOutbox } from './outbox'
import { pullAll } from './pull'
import { createRests } from './rests'

/** How often the line is used when nothing asks for it. */
const restMs = 30_000

export type LineOptions = {
  readonly mailbox: Mailbox
  readonly service: AccountService
  readonly wire: AccountWire
  readonly clock: Clock
  readonly uptime: Uptime
  readonly random: Random
  readonly ids: Ids
  readonly timers: Timers
  /** Whether anything may be sent, the last look at one letter, and where to say that one is stuck. */
  readonly health: { readonly broken: () => string | null; readonly mayLeave: (letterId: string) => boolean; readonly breakOff: (rule: 'I18') => void }
  /** After the commit: these facts on disk have changed. */
  readonly changed: (facts: readonly Fact[]) => void
  readonly statusChanged: (status: SyncStatus) => void
  /** A step could not be written down (a full disk); nothing was lost, and the line goes on after a pause. */
  readonly failed: (error: unknown) => void
}

/**
 * The line for one open mailbox: a single loop (never two) that first asks the service for news, which tells whether it
 * can be reached without risking a letter's first try, and then sends what is due.
 */
export const createLine = (options: LineOptions): Line => {
  const { mailbox, wire, clock, uptime, random, ids, timers } = options
  const rests = createRests(uptime, random)
  const outbox = createOutbox(mailbox, wire, clock, ids, rests, options.health.mayLeave, () => options.changed(['outbox']))
  const charges = createCharges(options.service)
  const liveness = watchLiveness({ uptime, timers, waiting: mailbox.deliveries.waitingTries, stuck: () => options.health.breakOff('I18') })
  /** News of many pages is work too: while they come, nothing is stuck. */
  const askForNews: AccountWire = (name, input) => {
    liveness.step()
    return wire(name, input)
  }
  const held = new Set<Promise<unknown>>()
  let reach: SyncStatus['line'] = 'unknown'
  let failures = 0
  let rulesToo = true
  let running: Promise<void> | null = null
  let wantedAgain = false
  let stopped = true
  let cancelTimer: () => void = () => undefined
  let lastTold = ''

  const status = (): SyncStatus => ({
    line: reach,
    lastSyncAt: mailbox.meta.get('lastSyncAt') === null ? null : mailbox.meta.number('lastSyncAt'),
    waiting: mailbox.deliveries.countWaiting(),
    sendingStopped: options.health.broken() !== null
  })
  const tell = (): void => {
    const now = status()
    const text = JSON.stringify(now)
    if (text === lastTold) return
    lastTold = text
    options.statusChanged(now)
  }

  const fetchNews = async (): Promise<boolean> => {
    const withRules = rulesToo
    rulesToo = false
    const facts = await pullAll({ mailbox, wire: askForNews, clock, ids, rulesToo: withRules, charges })
    reach = facts === null ? 'offline' : 'online'
    if (facts === null && withRules) rulesToo = true
    if (facts !== null && facts.length > 0) options.changed(facts)
    return facts !== null
  }

  const sendDue = async (): Promise<boolean> => {
    const began = uptime()
    let sentAny = false
    while (!stopped) {
      const delivered = await outbox.sendNext()
      if (delivered === null) {
        liveness.allTried(began)
        break
      }
      liveness.step()
      options.changed(delivered === 'sent' ? ['outbox', 'sent', 'stamps'] : ['outbox', 'stamps'])
      sentAny ||= delivered === 'sent' || delivered === 'priceChanged'
      if (delivered === 'priceChanged') rulesToo = true
      if (delivered === 'lineDown') {
        reach = 'offline'
        return false
      }
    }
    return sentAny
  }

  const round = async (): Promise<void> => {
    do {
      wantedAgain = false
      const reached = await fetchNews()
      failures = reached ? 0 : failures + 1
      tell()
      if (reached && (await sendDue()) && !stopped) await fetchNews()
      tell()
    } while (wantedAgain && !stopped)
  }

  const schedule = (): void => {
    if (stopped) return
    cancelTimer()
    cancelTimer = timers.after(delayUntilNext(), () => void run())
  }
  const delayUntilNext = (): number => {
    if (reach !== 'online' || failures > 0) return nextDelayMs(Math.max(1, failures), random.number())
    return Math.min(restMs, Math.max(10, rests.next() ?? restMs))
  }
  /** Everything that waits may go now: somebody asked, or something has changed. */
  const wake = (): void => {
    rests.wakeAll()
    mailbox.transaction(() => mailbox.deliveries.makeAllDue(clock.now()))
  }
  /** As `wake`, where nobody waits for an answer: what cannot be written now is only a time for people to read. */
  const wakeQuietly = (): void => {
    try {
      wake()
    } catch (error) {
      options.failed(error)
    }
  }

  const run = (): Promise<void> => {
    if (running !== null) {
      wantedAgain = true
      return running
    }
    if (stopped) return Promise.resolve()
    cancelTimer()
    running = round()
      .catch((error: unknown) => {
        failures += 1
        options.failed(error)
      })
      .finally(() => {
        running = null
        try {
          schedule()
        } catch (error) {
          options.failed(error)
        }
      })
    return running
  }

  return {
    ...options.service,
    charge: charges.charge,
    start: () => {
      stopped = false
      // Whatever was under way when the app ended is due now, with its old key (start-up order, step 7).
      wakeQuietly()
      void run()
    },
    nudge: () => {
      wakeQuietly()
      void run()
    },
    syncNow: async () => {
      wake()
      await run()
      return status()
    },
    status,
    rulesChanged: () => {
      rulesToo = true
    },
    hold: async (work) => {
      const under = work()
      held.add(under)
      try {
        return await under
      } finally {
        held.delete(under)
      }
    },
    stop: async () => {
      stopped = true
      cancelTimer()
      liveness.stop()
      await running
      await Promise.allSettled([...held])
    }
  }
}
