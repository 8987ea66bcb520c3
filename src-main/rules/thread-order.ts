type Place = { readonly at: number; readonly seq: number }
type Written = Place & { readonly letterId: string; /** When the service took it, on its own clock; null while it waits. */ readonly takenAt: number | null }
type Received = Place & { readonly messageId: string }
/** From an older archive: dated by whoever wrote it down. */
type Imported = Place & { readonly importedId: string }
type Cursor = { readonly letters: Place; readonly replies: Place; readonly imported: Place }

/**
 * One page of a conversation out of its three streams, each newest first. Letters and replies are put in order by the
 * service's clock, which dated both: a letter stands where the service took it, one that still waits stands last. Within
 * its stream each keeps its own order, so that a clock set wrong moves nothing out of its row.
 * @param before where this page begins; @param size of the page
 * @returns the page and where the next, older one begins; null when this is the last
 */
export const mergeStreams = <L extends Written, R extends Received, I extends Imported>(
  streams: { readonly letters: readonly L[]; readonly replies: readonly R[]; readonly imported: readonly I[] },
  before: Cursor,
  size: number
): { readonly items: readonly (L | R | I)[]; readonly next: Cursor | null } => {
  const letters = streamOf(streams.letters, ({ takenAt }) => takenAt ?? Number.MAX_SAFE_INTEGER)
  const replies = streamOf(streams.replies, ({ at }) => at)
  const imported = streamOf(streams.imported, ({ at }) => at)
  const newest = () => [letters, replies, imported].reduce((best, stream) => (stream.time() > best.time() ? stream : best))
  const items: (L | R | I)[] = []
  while (items.length < size) {
    const item = newest().take()
    if (item === undefined) return { items, next: null }
    items.push(item)
  }
  if (newest().time() === nothingLeft) return { items, next: null }
  return { items, next: { letters: letters.place(before.letters), replies: replies.place(before.replies), imported: imported.place(before.imported) } }
}

const nothingLeft = -Infinity

/** A stream and how far it has been read; among equal times the one named first goes first. */
const streamOf = <T extends Place>(items: readonly T[], timeOf: (item: T) => number) => {
  let read = 0
  return {
    /** The time of what comes next. */
    time: (): number => {
      const next = items[read]
      return next === undefined ? nothingLeft : timeOf(next)
    },
    take: (): T | undefined => items[read++],
    place: (otherwise: Place): Place => {
      const last = items[read - 1]
      return last === undefined ? otherwise : { at: last.at, seq: last.seq }
    }
  }
}
