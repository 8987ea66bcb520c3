type Place = { readonly at: number; readonly seq: number }
type Written = Place & { readonly letterId: string; /** When the service took it, on its own clock; null while it waits. */ readonly takenAt: number | null }
type Received = Place & { readonly messageId: string }
/** From an older archive: dated by whoever wrote it down. */
type Imported = Place & { readonly importedId: string }
type Cursor = { readonly letters: Place; readonly replies: Place; readonly imported: Place }

const above: Place = { at: Number.MAX_SAFE_INTEGER, seq: 0 }
const below: Place = { at: Number.MIN_SAFE_INTEGER, seq: 0 }
/** Before the newest and behind the oldest of a conversation. */
export const newestPlace: Cursor = { letters: above, replies: above, imported: above }
export const oldestPlace: Cursor = { letters: below, replies: below, imported: below }

/**
 * One page of a conversation out of its three streams, each newest first. Letters and replies are put in order by the
 * service's clock, which dated both: a letter stands where the service took it, one that still waits stands last. Within
 * its stream each keeps its own order, so that a clock set wrong moves nothing out of its row.
 *
 * Where a page ends is a place in time, not the letter it ended with: a reply or an older letter that comes in later belongs to the page whose time it is from,
 * and a new letter to the newest. So a page can be read again by itself.
 * @param before where this page begins @param downTo where it ends at the latest; the streams hold nothing beyond either
 * @param size of the page
 * @returns the page and where the next, older one begins; null when nothing is left down there
 */
export const mergeStreams = <L extends Written, R extends Received, I extends Imported>(
  streams: { readonly letters: readonly L[]; readonly replies: readonly R[]; readonly imported: readonly I[] },
  before: Cursor,
  size: number,
  downTo: Cursor = oldestPlace
): { readonly items: readonly (L | R | I)[]; readonly next: Cursor | null } => {
  const letters = streamOf(streams.letters, before.letters, downTo.letters, ({ takenAt }) => takenAt ?? Number.MAX_SAFE_INTEGER)
  const replies = streamOf(streams.replies, before.replies, downTo.replies, ({ at }) => at)
  const imported = streamOf(streams.imported, before.imported, downTo.imported, ({ at }) => at)
  // Among equal times the one named first goes first.
  const newest = () => [letters, replies, imported].reduce((best, stream) => (stream.time() > best.time() ? stream : best))
  const items: (L | R | I)[] = []
  while (items.length < size) {
    const item = newest().take()
    if (item === undefined) return { items, next: null }
    items.push(item)
  }
  const first = newest()
  const time = first.time()
  if (time === nothingLeft) return { items, next: null }
  const isOf = { letters: first === letters, replies: first === replies }
  return {
    items,
    next: {
      letters: letters.end(),
      replies: isOf.replies ? replies.end() : replies.endAt(isOf.letters ? time + 1 : time),
      imported: isOf.letters || isOf.replies ? imported.endAt(time + 1) : imported.end()
    }
  }
}

const nothingLeft = -Infinity
const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq)

/** A stream and how far it has been read. */
const streamOf = <T extends Place>(items: readonly T[], before: Place, downTo: Place, timeOf: (item: T) => number) => {
  let read = 0
  const within = (place: Place): Place => {
    const taken = items[read - 1] ?? before
    return isBefore(place, downTo) ? downTo : isBefore(taken, place) ? { at: taken.at, seq: taken.seq } : place
  }
  return {
    /** The time of what comes next. */
    time: (): number => {
      const next = items[read]
      return next === undefined ? nothingLeft : timeOf(next)
    },
    take: (): T | undefined => items[read++],
    /** The place right before what comes next. */
    end: (): Place => {
      const next = items[read]
      return next === undefined ? downTo : within({ at: next.at, seq: next.seq + 1 })
    },
    /** The place behind everything from this time on. */
    endAt: (time: number): Place => within({ at: Math.min(time, Number.MAX_SAFE_INTEGER), seq: 0 })
  }
}
