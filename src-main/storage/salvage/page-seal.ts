/**
 * The seal of one page of an encrypted mailbox: ChaCha20-Poly1305 page by page, as sqlite3mc writes it (its cipher "chacha20"). The last 32 bytes of a
 * page are a nonce of 16 and the tag; the tag's one-time key is the first block of the key's stream at the counter that the nonce's last four
 * bytes and the page's number give. Only the seal is checked here: nothing is decrypted, and SQLite alone reads what is inside.
 */

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

const quarter = (state: Uint32Array, a: number, b: number, c: number, d: number): void => {
  const at = (index: number): number => state[index] ?? 0
  state[a] = at(a) + at(b)
  state[d] = rotate(at(d) ^ at(a), 16)
  state[c] = at(c) + at(d)
  state[b] = rotate(at(b) ^ at(c), 12)
  state[a] = at(a) + at(b)
  state[d] = rotate(at(d) ^ at(a), 8)
  state[c] = at(c) + at(d)
  state[b] = rotate(at(b) ^ at(c), 7)
}

/** One block of ChaCha20's stream (RFC 8439 §2.3). @param nonce 12 bytes @returns 64 bytes */
const streamBlock = (key: Uint8Array, counter: number, nonce: Uint8Array): Uint8Array => {
  const words = (bytes: Uint8Array, count: number): number[] => {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return Array.from({ length: count }, (_, index) => view.getUint32(index * 4, true))
  }
  const start = Uint32Array.from([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...words(key, 8), counter, ...words(nonce, 3)])
  const state = start.slice()
  for (let round = 0; round < 10; round += 1) {
    quarter(state, 0, 4, 8, 12)
    quarter(state, 1, 5, 9, 13)
    quarter(state, 2, 6, 10, 14)
    quarter(state, 3, 7, 11, 15)
    quarter(state, 0, 5, 10, 15)
    quarter(state, 1, 6, 11, 12)
    quarter(state, 2, 7, 8, 13)
    quarter(state, 3, 4, 9, 14)
  }
  const block = new Uint8Array(64)
  const view = new DataView(block.buffer)
  state.forEach((word, index) => view.setUint32(index * 4, word + (start[index] ?? 0), true))
  return block
}

const littleEndian = (bytes: Uint8Array): bigint => {
  let value = 0n
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0)
  return value
}

const prime = (1n << 130n) - 5n
const low128 = (1n << 128n) - 1n
const clamp = 0x0ffffffc0ffffffc0ffffffc0fffffffn

/** Poly1305 (RFC 8439 §2.5) over whole blocks of 16 bytes. @returns the tag as a number */
const poly1305 = (message: Uint8Array, oneTimeKey: Uint8Array): bigint => {
  const r = littleEndian(oneTimeKey.subarray(0, 16)) & clamp
  const s = littleEndian(oneTimeKey.subarray(16, 32))
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  let sum = 0n
  for (let at = 0; at < message.length; at += 16) {
    const block = view.getBigUint64(at, true) | (view.getBigUint64(at + 8, true) << 64n) | (1n << 128n)
    sum = ((sum + block) * r) % prime
  }
  return (sum + s) & low128
}

const nonceBytes = 16
const tagBytes = 16

/**
 * Whether a page is what was written under this key in this place: one flipped bit, or another page put here, and it is not.
 * A page of an earlier moment passes; that is what the invariants are for.
 * @param number of the page, from 1
 */
export const pageIsSealed = (key: Uint8Array, page: Uint8Array, number: number): boolean => {
  const nonceAt = page.length - nonceBytes - tagBytes
  const nonce = page.subarray(nonceAt, nonceAt + nonceBytes)
  const last = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(nonceAt + 12, true)
  const oneTimeKey = streamBlock(key, (last ^ number) >>> 0, nonce.subarray(0, 12))
  const tag = littleEndian(page.subarray(nonceAt + nonceBytes))
  return poly1305(page.subarray(0, nonceAt + nonceBytes), oneTimeKey) === tag
}
