import { decodeBytes } from './code-pages'
import { Refused, type DocumentText } from './outcome'

/**
 * Plain text as some program of the last thirty years wrote it: UTF-8 or UTF-16 by its mark, UTF-8 when it is valid, else Windows-1252.
 * @throws Refused `kind` when it is no text at all
 */
export const readPlain = (bytes: Buffer): DocumentText => ({ text: decode(bytes), leftOut: {}, paragraphsTouch: false })

const decode = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  // A NUL belongs to no text; neither does a file that is mostly controls.
  const sample = bytes.subarray(0, 64 * 1024)
  const controls = sample.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0)
  if (bytes.includes(0) || controls * 50 > sample.length) throw new Refused('kind')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeBytes(bytes, 'windows-1252')
  }
}
