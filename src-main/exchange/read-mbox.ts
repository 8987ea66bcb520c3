import { archiveLimits as limits } from './limits'
import { unquoteFromLines } from './mbox'

/** A line that begins a message: "From ", who, and a time. "From there we went on in 2024." is none. */
const separator = /^From \S*\s.*\d{1,2}:\d{2}.*\d{4}/
const mark = Buffer.from('\nFrom ')

/** One message of an mbox, without its separator; null when it is larger than anything we read. */
export type MboxPart = Buffer | null

/**
 * Cuts an mbox into its messages as it is read: never more than one of them is held.
 * @param chunks the file, which begins with a separator
 */
export const splitMbox = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<MboxPart> {
  // A line break before the first separator makes it one like all others.
  let held = Buffer.from('\n')
  let tooLarge = false
  let began = false
  let from = 0
  const part = (bytes: Buffer): MboxPart => (tooLarge ? null : withoutSeparator(bytes))
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk])
    for (;;) {
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
      held = held.subarray(at + 1)
      from = 1
    }
    from = Math.max(from, held.length - 1_000)
    if (held.length > limits.messageBytes + 2_000) {
      tooLarge = true
      held = held.subarray(held.length - 2_000)
      from = 0
    }
  }
  if (began && held.length > 0) yield part(held)
}

const withoutSeparator = (bytes: Buffer): Buffer => {
  const end = bytes.indexOf(0x0a)
  return Buffer.from(unquoteFromLines(bytes.subarray(end + 1).toString('latin1')), 'latin1')
}
