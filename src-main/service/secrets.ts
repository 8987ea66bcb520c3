import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** @returns SHA-256 in hex: for long random tokens, and for the payload hash both sides compute */
/** @param data bytes, or text as UTF-8 @returns hex */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Hashes with this database's own random key: equal texts can be told, the text cannot be looked up elsewhere. */
export type Keyed = (purpose: string, text: string) => string
export const createKeyed =
  (secret: Uint8Array): Keyed =>
  (purpose, text) =>
    createHmac('sha256', secret).update(`${purpose}\u0000${text}`, 'utf8').digest('hex')

/** @returns 192 random bits as text that may stand anywhere */
export const newToken = (randomBytes: (n: number) => Uint8Array): string => Buffer.from(randomBytes(24)).toString('base64url')

/** Keeps what has to be read again (an authenticator's secret) out of the file's plain bytes. */
export type Safe = {
  /** @param bound whose it is: what was sealed for one account opens for no other */
  readonly seal: (text: string, bound: string) => string
  /** @throws when it was changed, or sealed for somebody else */
  readonly open: (sealed: string, bound: string) => string
}

/** AES-256-GCM under a key that follows from this database's own random secret. */
export const createSafe = (secret: Uint8Array, randomBytes: (n: number) => Uint8Array): Safe => {
  const key = createHmac('sha256', secret).update('safe\u0000v1').digest()
  return {
    seal: (text, bound) => {
      const nonce = Buffer.from(randomBytes(12))
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')
    },
    open: (sealed, bound) => {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(bound))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    }
  }
}

/** @returns six digits for a code that lives minutes and is tried a few times */
export const newDigits = (randomBytes: (n: number) => Uint8Array): string =>
  String(Buffer.from(randomBytes(6)).readUIntBE(0, 6) % 1_000_000).padStart(6, '0')

/** Without 0, 1, I and O, which are taken for each other on paper: 32 signs, five bits each. */
const paperSigns = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** @returns so many signs to be written down and typed in: 5 bits each */
export const newPaperCode = (randomBytes: (n: number) => Uint8Array, signs: number): string =>
  Array.from(randomBytes(signs), (byte) => paperSigns.charAt(byte % paperSigns.length)).join('')

/** A code from paper as it was typed: groups, case and stray signs between them do not matter. */
export const normalisePaperCode = (typed: string): string => typed.replace(/[^0-9A-Za-z]/g, '').toUpperCase()

/** Whether two texts are equal, in a time that does not tell how far they agree. */
export const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one, 'utf8').digest(), createHash('sha256').update(other, 'utf8').digest())
