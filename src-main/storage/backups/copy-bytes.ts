import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'

/** Small enough that nobody waits behind one slice, large enough to be quick. */
const sliceBytes = 256 * 1024
/** So that the disk's queue never holds more of a copy than a save can wait behind. */
const flushEveryBytes = 4 * 1024 * 1024

/**
 * Copies what an open handle holds into a new file, slice by slice, and puts it on the disk.
 * @param pause between slices: others have their turn
 * @returns SHA-256 of what was read, hex
 */
export const copyBytes = async (handle: number, bytes: number, target: string, pause: () => Promise<void>): Promise<string> => {
  const out = openSync(target, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    const slice = Buffer.alloc(sliceBytes)
    let unflushed = 0
    for (let at = 0; at < bytes; ) {
      const count = readSync(handle, slice, 0, Math.min(slice.length, bytes - at), at)
      if (count === 0) throw new Error('a file ended before its end')
      for (let written = 0; written < count; ) written += writeSync(out, slice, written, count - written)
      hash.update(slice.subarray(0, count))
      at += count
      unflushed += count
      if (unflushed >= flushEveryBytes) {
        fsyncSync(out)
        unflushed = 0
      }
      await pause()
    }
    fsyncSync(out)
    return hash.digest('hex')
  } finally {
    closeSync(out)
  }
}
