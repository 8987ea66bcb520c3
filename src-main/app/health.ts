import type { Mailbox } from '../storage/mailbox'
import { storageCode } from '../storage/open'
import { note } from './activity'
import { checkFiles, checkFrom, checkLetterFacts, nothingVerified, trustedPoint, type Found, type Invariant, type VerifiedPoint } from './invariants'
import type { Clock, Ids, LetterHash, Timers } from './ports'

/** Whether this mailbox may send and buy. Reading, writing and export never ask. */
export type Health = {
  /** The rule that was found broken, or null. */
  readonly broken: () => Invariant | null
  /** The last look before a letter leaves: its own text, photos, confirmation and reservation. */
  readonly mayLeave: (letterId: string) => boolean
  /** A rule was found broken beside the looks: from now on nothing is sent or bought. */
  readonly breakOff: (rule: Invariant) => void
  /** Ends the looks; an orderly end is written down, so that the next start need not look at everything. */
  readonly stop: () => void
}

const weekMs = 7 * 86_400_000
/** Letters a mailbox that was never looked at may have for its first start to go through all of them. */
const firstLookAtMost = 1_000
/** Between two slices of the complete look: everybody else comes first. */
const pauseMs = 25

export type HealthContext = {
  readonly mailbox: Mailbox
  readonly accountId: string
  readonly letterHash: LetterHash
  readonly clock: Clock
  readonly ids: Ids
  readonly timers: Timers
  /** Sending has stopped. */
  readonly stopped: () => void
  readonly trouble: (error: unknown) => void
}

/** A look that runs to its end at once. */
const runAll = <T>(look: Generator<undefined, T>): T => {
  for (;;) {
    const step = look.next()
    if (step.done === true) return step.value
  }
}

/**
 * The assertions that stay on in the release (start-up order, step 6): at the start what is unsettled and what was added since the
 * last verified point; once a week, and after an unclean end, everything, in slices beside the work. A broken rule stops sending and
 * buying until a later start finds all in order.
 */
export const watchHealth = (context: HealthContext): Health => {
  const { mailbox, accountId, letterHash, clock, timers } = context
  let broken: Invariant | null = null
  let cancel: () => void = () => undefined
  let ended = false

  const breakOff = (rule: Invariant): void => {
    if (broken !== null || ended) return
    broken = rule
    try {
      note(context, 'sendingStopped', { rule })
    } catch (error) {
      context.trouble(error)
    }
    context.stopped()
  }
  /** A page that cannot be read is a broken rule too; a full disk is not. */
  const guarded = (look: () => void): void => {
    try {
      look()
    } catch (error) {
      if (storageCode(error) === 'DAMAGED') breakOff('I17')
      context.trouble(error)
    }
  }
  const keep = (found: Found, complete: boolean): void => {
    if ('broken' in found) return breakOff(found.broken)
    mailbox.transaction(() => {
      mailbox.meta.set('verifiedPoint', JSON.stringify(found.point))
      if (complete) mailbox.meta.set('verifiedAllAt', clock.now())
    })
  }
  function* everything(): Generator<undefined, Found> {
    const inFiles = yield* checkFiles(mailbox)
    if (inFiles !== null) return { broken: inFiles }
    return yield* checkFrom(mailbox, accountId, letterHash, nothingVerified)
  }
  const lookAtEverything = (): void => {
    const look = everything()
    const next = (): void => {
      cancel = timers.after(pauseMs, () =>
        guarded(() => {
          if (ended || broken !== null) return
          const step = look.next()
          if (step.done === true) keep(step.value, true)
          else next()
        })
      )
    }
    next()
  }

  const wasClean = mailbox.meta.get('closedInOrder') !== 'no'
  const lookedAt = mailbox.meta.number('verifiedAllAt')
  // Whichever way the clock was set since: a week is a week.
  const isDue = !wasClean || mailbox.meta.get('verifiedPoint') === null || Math.abs(clock.now() - lookedAt) > weekMs
  guarded(() => {
    const text = mailbox.meta.get('verifiedPoint')
    const unseen = mailbox.checks.ends().letter > firstLookAtMost ? trustedPoint(mailbox) : nothingVerified
    const from = text === null ? unseen : (JSON.parse(text) as VerifiedPoint)
    keep(runAll(checkFrom(mailbox, accountId, letterHash, from)), false)
    mailbox.transaction(() => mailbox.meta.set('closedInOrder', 'no'))
  })
  if (isDue && broken === null) lookAtEverything()

  return {
    broken: () => broken,
    breakOff,
    mayLeave: (letterId) => {
      if (broken !== null) return false
      const letter = mailbox.checks.letter(letterId)
      const rule = letter === null ? 'I1' : (checkLetterFacts(letter, letterHash) ?? (mailbox.checks.hasItsPhotos(letterId) ? null : 'I10'))
      if (rule !== null) breakOff(rule)
      return rule === null
    },
    stop: () => {
      ended = true
      cancel()
      guarded(() => mailbox.transaction(() => mailbox.meta.set('closedInOrder', 'yes')))
    }
  }
}
