import type { ErrorCode } from '../contract/error-codes'
import type { AppEvent } from '../contract/events'
import type { DataPlace, Saving, Surroundings } from '../contract/surroundings'
import type { Clock, Timers } from './ports'

/** How often a disk that takes nothing is tried again: a letter is safe within five seconds of there being room. */
const tryEveryMs = 2_000
/** Clocks are corrected by seconds; only what would confuse a person is called wrong. */
const clockToleranceMs = 5 * 60_000

export type SurroundingsContext = {
  readonly desk: {
    readonly lastSeenAt: () => number
    readonly noteSeen: (at: number) => void
    readonly isPutAway: (notice: string) => boolean
    readonly putAway: (notice: string, at: number) => void
  }
  readonly clock: Clock
  readonly timers: Timers
  /** How the data folder was found at the start. */
  readonly standing: 'ok' | 'readOnly' | 'noRoom'
  /** Whether the service's own file was found damaged at the start. */
  readonly isServiceDamaged: () => boolean
  readonly place: DataPlace
  /** Whether the disk takes something now. */
  readonly canWrite: () => boolean
  readonly emit: (event: AppEvent) => void
  /** The disk takes something again: what waited in memory can be written. */
  readonly recovered: () => void
}

const meaning: Readonly<Partial<Record<ErrorCode, Saving>>> = { DISK_FULL: 'full', READ_ONLY: 'unwritable', DISK_FAULT: 'unwritable' }

const noticeOf = (place: DataPlace): string => `place ${JSON.stringify(place)}`

/** Watches over what surrounds the app: says it when letters cannot be saved, and says it when they can be again. */
export const createSurroundings = (context: SurroundingsContext) => {
  const { desk, clock, timers, standing, place, emit } = context
  let saving: Saving = standing
  let roomAgain = false
  let clockBehind: Surroundings['clock'] = null
  let cancelTry: () => void = () => undefined

  const view = (): Surroundings => ({
    saving,
    roomAgain,
    serviceDamaged: context.isServiceDamaged(),
    clock: clockBehind,
    placeWarning: place.kind === 'local' || desk.isPutAway(noticeOf(place)) ? null : place
  })
  const tell = (): void => emit({ type: 'surroundingsChanged', surroundings: view() })

  const tryAgainLater = (): void => {
    cancelTry()
    cancelTry = timers.after(tryEveryMs, () => {
      if (!context.canWrite()) return tryAgainLater()
      if (standing === 'noRoom') roomAgain = true
      else {
        saving = 'ok'
        context.recovered()
      }
      tell()
    })
  }
  if (standing === 'noRoom') tryAgainLater()

  /** Looks at the clock, and remembers it when it goes on from where it was. */
  const lookAtClock = (): void => {
    const now = clock.now()
    const lastSeen = desk.lastSeenAt()
    const wasBehind = clockBehind !== null
    clockBehind = now < lastSeen - clockToleranceMs ? { now, lastSeen } : null
    if (clockBehind !== null || wasBehind) tell()
    if (now > lastSeen) desk.noteSeen(now)
  }

  return {
    view,
    lookAtClock,
    /** A write failed: from here on it is said, and tried again, until it works. */
    noteFailure: (code: ErrorCode): void => {
      const now = meaning[code]
      if (now === undefined || standing !== 'ok') return
      const changed = saving !== now
      saving = now
      if (changed) tell()
      tryAgainLater()
    },
    /** The person has read it. For the clock that means: the date of this PC is right. */
    putAway: (what: 'place' | 'clock'): Surroundings => {
      if (what === 'place') desk.putAway(noticeOf(place), clock.now())
      else {
        desk.noteSeen(clock.now())
        clockBehind = null
      }
      tell()
      return view()
    },
    stop: (): void => cancelTry()
  }
}

export type SurroundingsWatch = ReturnType<typeof createSurroundings>
