import { createHash, createHmac } from 'node:crypto'

/** @returns SHA-256 in hex: for long random tokens, and for the payload hash both sides compute */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Hashes with this database's own random key: equal texts can be told, the text cannot be looked up elsewhere. */
export type Keyed = (purpose: string, text: string) => string
export const createKeyed =
  (secret: Uint8Array): Keyed =>
  (purpose, text) =>
    createHmac('sha256', secret).update(`${purpose}\u0000${text}`, 'utf8').digest('hex')

/** @returns 192 random bits as text that may stand anywhere */
export const newToken = (randomBytes: (n: number) => Uint8Array): string => Buffer.from(randomBytes(24)).toString('base64url')
