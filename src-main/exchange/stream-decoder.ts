import { decodeBytes } from '../documents/code-pages'

/** How the bytes of a table can be meant. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/**
 * Bytes become text piece by piece; a sign may be cut between two pieces.
 * @returns takes the next piece, or null for the end
 */
export const streamDecoder = (encoding: Encoding): ((bytes: Uint8Array | null) => string) => {
  if (encoding === 'windows-1252') return (bytes) => (bytes === null ? '' : decodeBytes(bytes, encoding))
  const decoder = new TextDecoder(encoding)
  return (bytes) => (bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }))
}
