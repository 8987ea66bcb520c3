/** Which copies of a mailbox are kept, and when the newest is too old. Pure: times come in, names go out. */

/** One copy as the rule sees it. `sequence` rises with each copy and orders them; `madeAt` is what the clock said, and clocks jump. */
export type KeptCopy = { readonly sequence: number; readonly madeAt: number }

const dayMs = 86_400_000
const weekMs = 7 * dayMs

/** Seven days and four more weeks (reliability.md §1, Backup). */
export const kept = { days: 7, weeks: 4 } as const

/** A copy is made after this much time with changes, in ms. */
export const copyEveryMs = 600_000

/** At the beginning of a visit a copy is made when the newest is older than this, in ms: so each day's mailbox is checked page by page. */
export const freshCopyMs = 20 * 3_600_000

/** After this much time without a good copy the volunteer is told, in ms. */
export const staleCopyMs = weekMs

const dayOf = (at: number): number => Math.floor(at / dayMs)
/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const weekOf = (at: number): number => Math.floor((at / dayMs + 3) / 7)

/**
 * Newest first: the last copy of each of the seven newest days with a copy, then the last copy of each of the four newest weeks
 * before those. Ordered by sequence, so that a clock that jumps can neither hide the newest copy nor throw good ones away early.
 * @returns the copies to keep; all others may be removed
 */
export const copiesToKeep = <C extends KeptCopy>(copies: readonly C[]): readonly C[] => {
  const days = new Set<number>()
  const weeks = new Set<number>()
  return [...copies]
    .sort((a, b) => b.sequence - a.sequence)
    .filter(({ madeAt }) => {
      const day = dayOf(madeAt)
      if (days.has(day)) return false
      if (days.size < kept.days) {
        days.add(day)
        return true
      }
      const week = weekOf(madeAt)
      if (weeks.has(week) || weeks.size >= kept.weeks) return false
      weeks.add(week)
      return true
    })
}

/** Whether to say that the last good copy is old. @param lastMadeAt null: there has never been one */
export const copyIsStale = (lastMadeAt: number | null, openSince: number, now: number): boolean =>
  // A mailbox that has just begun owes no copy yet.
  now - (lastMadeAt ?? openSince) > staleCopyMs
