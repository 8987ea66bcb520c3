const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How close together versions of that age may be: all of the last hour, then one for each stretch of time. */
const stretches: readonly { readonly olderThanMs: number; readonly oneForEachMs: number }[] = [
  { olderThanMs: 31 * dayMs, oneForEachMs: 7 * dayMs },
  { olderThanMs: 7 * dayMs, oneForEachMs: dayMs },
  { olderThanMs: dayMs, oneForEachMs: hourMs },
  { olderThanMs: hourMs, oneForEachMs: 10 * minuteMs }
]

/** Saves within this time replace each other in the timeline; the draft itself is always the last save. */
export const slotMs = minuteMs

export type TimelineVersion = {
  readonly slot: number
  /** Milliseconds UTC. */
  readonly savedAt: number
  /** Never thinned: the text after it lost more than half, or an earlier one was brought back over it. */
  readonly pinned: boolean
}

/**
 * Which versions of a draft are no longer worth their place. Of each stretch of time the last version stays; the first, the
 * last and the pinned ones stay for ever. Thinning often or seldom comes to the same.
 * @param versions of one draft, oldest first; @param now milliseconds UTC
 * @returns the slots to take away
 * Source: issue 4, Drafts ("revisions thinned with age").
 */
export const slotsToThin = (versions: readonly TimelineVersion[], now: number): readonly number[] => {
  const ends = [versions[0]?.slot, versions.at(-1)?.slot]
  /** The last version of each stretch, whatever its own age: a later one of the same stretch is never thinned first. */
  const lastOf = new Map<string, number>()
  for (const { olderThanMs, oneForEachMs } of stretches) {
    for (const { slot, savedAt } of versions) lastOf.set(`${olderThanMs}/${Math.floor(savedAt / oneForEachMs)}`, slot)
  }
  return versions
    .filter(({ slot, savedAt, pinned }) => {
      if (pinned || ends.includes(slot)) return false
      const stretch = stretches.find(({ olderThanMs }) => now - savedAt > olderThanMs)
      return stretch !== undefined && lastOf.get(`${stretch.olderThanMs}/${Math.floor(savedAt / stretch.oneForEachMs)}`) !== slot
    })
    .map(({ slot }) => slot)
}
