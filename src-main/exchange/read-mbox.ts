import { archiveLimits as limits } from './limits'
import { unquoteFromLines } from './mbox'

/** A line that begins a message: "From ", who, and a time. "From there we went on in 2024." is none. */
const separator = /^From \S*\s.*\d{1,2}:\d{2}.*\d{4}/
const mark = Buffer.from('\nFrom ')

/** One message of an mbox, without its separator; null when it is larger than anything we read. */
export type MboxPart = Buffer | null

/** Bytes that come at the end and go at the beginning, in one room that only grows: a new one for each piece would fill the memory with old ones. */
const createHeld = () => {
  let room = Buffer.alloc(1024 * 1024)
  let begin = 0
  let end = 0
  return {
    bytes: (): Buffer => room.subarray(begin, end),
    add: (piece: Uint8Array): void => {
      const length = end - begin
      const next = length + piece.length > room.length ? Buffer.alloc(2 * (length + piece.length)) : room
      room.copy(next, 0, begin, end)
      next.set(piece, length)
      ;[room, begin, end] = [next, 0, length + piece.length]
    },
    drop: (count: number): void => {
      begin += count
    }
  }
}

/**
 * Cuts an mbox into its messages as it is read: never more than one of them is held.
 * @param chunks the file, which begins with a separator
 * @returns each good until the next one is asked for
 */
export const splitMbox = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<MboxPart> {
  const kept = createHeld()
  // A line break before the first separator makes it one like all others.
  kept.add(Buffer.from('\n'))
  let tooLarge = false
  let began = false
  let from = 0
  const part = (bytes: Buffer): MboxPart => (tooLarge ? null : withoutSeparator(bytes))
  for await (const chunk of chunks) {
    kept.add(chunk)
    for (;;) {
      const held = kept.bytes()
      const at = held.indexOf(mark, from)
      if (at < 0) break
      const end = held.indexOf(0x0a, at + 1)
      // The line is not whole yet.
      if (end < 0 && held.length - at < 1_000) break
      if (!separator.test(held.subarray(at + 1, Math.min(end < 0 ? held.length : end, at + 300)).toString('latin1'))) {
        from = at + 1
        continue
      }
      if (began) yield part(held.subarray(0, at))
      began = true
      tooLarge = false
      kept.drop(at + 1)
      from = 1
    }
    const length = kept.bytes().length
    from = Math.max(from, length - 1_000)
    if (length > limits.messageBytes + 2_000) {
      tooLarge = true
      kept.drop(length - 2_000)
      from = 0
    }
  }
  if (began && kept.bytes().length > 0) yield part(kept.bytes())
}

const withoutSeparator = (bytes: Buffer): Buffer => {
  const end = bytes.indexOf(0x0a)
  return Buffer.from(unquoteFromLines(bytes.subarray(end + 1).toString('latin1')), 'latin1')
}
