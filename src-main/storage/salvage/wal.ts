/**
 * SQLite's write-ahead log as bytes (sqlite.org, "WAL-mode File Format"). SQLite stops reading it at the first frame whose checksum does not
 * fit and forgets the rest without a word. After a power cut that is right: what follows was never acknowledged. When a bit has flipped in the
 * middle it is a silent loss, so we look before SQLite does.
 */

const headerBytes = 32
const frameHeaderBytes = 24

export type Frame = {
  /** Number of the page, from 1. */
  readonly page: number
  /** Pages in the file after this commit; 0: not the end of a transaction. */
  readonly commitSize: number
  readonly content: Uint8Array
  /** The checksum fits the frame before it. */
  readonly fits: boolean
  /** It carries the marks of this log, not of an earlier one whose end was left lying. */
  readonly ofThisLog: boolean
}

export type Log = { readonly headerFits: boolean; readonly pageBytes: number; readonly frames: readonly Frame[]; readonly rest: number }

type Sum = readonly [number, number]

const add = (bytes: Uint8Array, [first, second]: Sum, bigEndian: boolean): Sum => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [a, b] = [first, second]
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + view.getUint32(at, !bigEndian) + b) >>> 0
    b = (b + view.getUint32(at + 4, !bigEndian) + a) >>> 0
  }
  return [a, b]
}

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0

/** @param pageBytes of the database, for a log whose own header cannot be read */
export const readLog = (bytes: Uint8Array, pageBytes: number): Log => {
  if (bytes.length < headerBytes) return { headerFits: false, pageBytes, frames: [], rest: bytes.length }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number): number => view.getUint32(at, false)
  const magic = word(0)
  const bigEndian = (magic & 1) === 1
  const headerSum = add(bytes.subarray(0, 24), [0, 0], bigEndian)
  const headerFits = (magic & ~1) === 0x377f0682 && isPageSize(word(8)) && headerSum[0] === word(24) && headerSum[1] === word(28)
  const size = headerFits ? word(8) : pageBytes
  const step = frameHeaderBytes + size
  const count = Math.floor((bytes.length - headerBytes) / step)
  // Without the header, the first frame says which log this is.
  const marksAt = headerFits || count === 0 ? 16 : headerBytes + 8
  const framesIn = (order: boolean): readonly Frame[] => {
    const frames: Frame[] = []
    let sum: Sum = headerSum
    for (let index = 0; index < count; index += 1) {
      const at = headerBytes + index * step
      const content = bytes.subarray(at + frameHeaderBytes, at + step)
      const counted = add(content, add(bytes.subarray(at, at + 8), sum, order), order)
      // The stored sum, not the counted one, seeds the next: one bad frame does not make bad ones of all that follow.
      sum = [word(at + 16), word(at + 20)]
      frames.push({
        page: word(at),
        commitSize: word(at + 4),
        content,
        fits: counted[0] === sum[0] && counted[1] === sum[1],
        ofThisLog: word(at + 8) === word(marksAt) && word(at + 12) === word(marksAt + 4)
      })
    }
    return frames
  }
  const asItSays = framesIn(bigEndian)
  // The flipped bit may be the one that says in which order the bytes were added up.
  const frames = headerFits || asItSays.some(({ fits }) => fits) ? asItSays : framesIn(!bigEndian)
  return { headerFits, pageBytes: size, frames, rest: (bytes.length - headerBytes) % step }
}

/**
 * `clean`: SQLite will read all of it. `cut`: the last transaction is not whole; it was being written when the PC stopped, or is damaged,
 * and nobody can tell which. `damaged`: something before the last transaction is not whole, so acknowledged changes would be forgotten.
 */
export type LogState = 'clean' | 'cut' | 'damaged'

export const judgeLog = ({ headerFits, frames, rest }: Log): LogState => {
  if (!headerFits) return frames.some((frame, index) => index > 0 && frame.fits && frame.ofThisLog) ? 'damaged' : frames.length === 0 && rest === 0 ? 'clean' : 'cut'
  const bad = frames.findIndex((frame) => !frame.fits || !frame.ofThisLog)
  if (bad === -1) return rest === 0 ? 'clean' : 'cut'
  const after = frames.slice(bad)
  if (!after.some((frame, index) => index > 0 && frame.ofThisLog)) {
    // One frame with foreign marks and a fitting place is the end of an earlier log, or one that was not finished.
    return after[0]?.ofThisLog === true || fitsBesideMarks(after) ? 'cut' : 'clean'
  }
  const end = after.findIndex((frame, index) => frame.commitSize !== 0 && (frame.ofThisLog || index === 0))
  const later = end === -1 ? [] : after.slice(end + 1)
  return later.some((frame) => frame.ofThisLog && frame.commitSize !== 0) ? 'damaged' : 'cut'
}

/** A flipped bit in the marks alone: the checksum, which does not cover them, still fits. */
const fitsBesideMarks = (after: readonly Frame[]): boolean => after[0]?.fits === true

/**
 * The pages that the log holds, newest last, up to its last whole commit. What does not carry its seal is left out, so that the page before it stays.
 * @param isSealed whether a page is what was written
 */
export const pagesOf = (log: Log, isSealed: (content: Uint8Array, page: number) => boolean): readonly Pick<Frame, 'page' | 'content'>[] => {
  // Behind the last frame of this log lie frames of earlier ones, which fit each other too.
  const end = log.frames.findLastIndex((frame) => frame.ofThisLog)
  const ours = log.frames.slice(0, end + 1)
  const sound = ours.map((frame) => ({ ...frame, sealed: isSealed(frame.content, frame.page) }))
  const lastCommit = sound.findLastIndex((frame) => frame.sealed && frame.commitSize !== 0)
  return sound.slice(0, lastCommit + 1).filter(({ sealed }) => sealed)
}
