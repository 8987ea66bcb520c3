type Place = { readonly at: number; readonly seq: number }
type Written = Place & { readonly letterId: string; /** When the service took it, on its own clock; null while it waits. */ readonly takenAt: number | null }
type Received = Place & { readonly messageId: string }
type Cursor = { readonly letters: Place; readonly replies: Place }

/**
 * One page of a conversation out of its two streams, each newest first. Letters and replies are put in order by the
 * service's clock, which dated both: a letter stands where the service took it, one that still waits stands last. Within
 * its stream each keeps its own order, so that a clock set wrong moves nothing out of its row.
 * @param before where this page begins; @param size of the page
 * @returns the page and where the next, older one begins; null when this is the last
 */
export const mergeStreams = <L extends Written, R extends Received>(
  letters: readonly L[],
  replies: readonly R[],
  before: Cursor,
  size: number
): { readonly items: readonly (L | R)[]; readonly next: Cursor | null } => {
  const items: (L | R)[] = []
  let atLetter = 0
  let atReply = 0
  while (items.length < size) {
    const letter = letters[atLetter]
    const reply = replies[atReply]
    if (letter === undefined && reply === undefined) return { items, next: null }
    if (reply === undefined || (letter !== undefined && (letter.takenAt ?? Number.MAX_SAFE_INTEGER) >= reply.at)) {
      if (letter !== undefined) items.push(letter)
      atLetter += 1
    } else {
      items.push(reply)
      atReply += 1
    }
  }
  if (letters[atLetter] === undefined && replies[atReply] === undefined) return { items, next: null }
  const place = (last: Place | undefined, otherwise: Place): Place => (last === undefined ? otherwise : { at: last.at, seq: last.seq })
  return { items, next: { letters: place(letters[atLetter - 1], before.letters), replies: place(replies[atReply - 1], before.replies) } }
}
