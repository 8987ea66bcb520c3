/** How one account comes to the desk: its wire, its service, and, with its mailbox open, the line, the gate and the watch over its records. */
import { createHash } from 'node:crypto'
import { createConfirmGate } from './app/confirm-gate'
import { watchHealth } from './app/health'
import { keepIndexing } from './app/archive-indexing'
import { createJobs } from './app/jobs'
import { clearCutOff } from './app/cut-off-imports'
import { sweepUnfinished } from './app/unfinished-files'
import type { Outside } from './app/outside'
import type { Announce, Clock, Ids, LetterHash, Line, Random, Timers, Uptime } from './app/ports'
import type { VisitsContext } from './app/visits'
import type { AppEvent } from './contract/events'
import { createAccountService } from './sync/account-service'
import { createAccountWire } from './sync/account-wire'
import type { Ask } from './sync/client'
import { createLine } from './sync/line'
import { canonicalLetter } from './wire/canonical'

export type ConnectParts = {
  readonly ask: Ask
  readonly deviceId: string
  readonly clock: Clock
  readonly uptime: Uptime
  readonly random: Random
  readonly ids: Ids
  readonly timers: Timers
  readonly outside: Outside
  readonly announce: Announce
  readonly emit: (event: AppEvent) => void
  /** Something that runs by itself could not be written down. */
  readonly failed: (error: unknown) => void
  readonly logBug: (where: string, error: unknown) => void
}

const letterHash: LetterHash = (letter, stamps) => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

export const connectWith = (parts: ConnectParts): VisitsContext['connect'] => (deviceToken, sessionToken) => {
  const { ask, deviceId, clock, uptime, random, ids, timers, outside, announce, emit, failed, logBug } = parts
  const wire = createAccountWire(ask, { deviceId, deviceToken, sessionToken })
  const service = createAccountService(wire)
  return {
    service,
    openDesk: (mailbox, accountId) => {
      let line: Line | null = null
      // What the first look finds, while there is no line yet, the line says itself when it is first asked.
      const tellLine = (): void => {
        if (line !== null) emit({ type: 'syncStatusChanged', status: line.status() })
      }
      const health = watchHealth({ mailbox, accountId, letterHash, clock, ids, timers, stopped: tellLine, trouble: failed })
      line = createLine({
        mailbox,
        health,
        wire,
        service,
        clock,
        uptime,
        random,
        ids,
        timers,
        changed: (facts) => announce(...facts),
        failed,
        statusChanged: (status) => emit({ type: 'syncStatusChanged', status })
      })
      return {
        mailbox,
        line,
        health,
        gate: createConfirmGate(uptime, random),
        jobs: createJobs({ ids, clock, outside, emit, logBug }),
        clock,
        ids,
        letterHash,
        announce,
        stopIndexing: keepIndexing(mailbox, timers, announce),
        stopSweeping: sweepUnfinished(outside.files, mailbox, failed),
        stopClearing: clearCutOff(mailbox, timers, announce)
      }
    }
  }
}
