import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { openWithAgreedKey, saltOf, wrapWithAgreedKey, type MailboxKey, type Wrap } from './wrap'

/** The parish's key pair: whoever holds the private half can open the mailboxes that were sealed to the public one. DER, base64. */
export type ParishKey = { readonly publicKey: string; readonly privateKey: string }

export const newParishKey = (): ParishKey => {
  const pair = generateKeyPairSync('x25519')
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  }
}

const publicFrom = (text: string | Uint8Array): KeyObject =>
  createPublicKey({ key: typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.from(text), type: 'spki', format: 'der' })
const privateFrom = (text: string): KeyObject => createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' })

/** Seals a mailbox key to the parish: a fresh pair for each wrap, agreed by X25519, so only the parish's private half opens it. */
export const wrapForParish = (
  key: MailboxKey,
  parishPublicKey: string,
  how: { readonly accountId: string; readonly random: (count: number) => Uint8Array; readonly now: number }
): Wrap => {
  const fresh = generateKeyPairSync('x25519')
  const agreed = diffieHellman({ privateKey: fresh.privateKey, publicKey: publicFrom(parishPublicKey) })
  const publicHalf = new Uint8Array(fresh.publicKey.export({ type: 'spki', format: 'der' }))
  return wrapWithAgreedKey(key, new Uint8Array(agreed), publicHalf, { ...how, kind: 'escrow' })
}

/** @returns the mailbox key, or null when the wrap was not made for this parish key */
export const openForParish = (wrap: Wrap, parishPrivateKey: string, accountId: string): MailboxKey | null => {
  try {
    const agreed = diffieHellman({ privateKey: privateFrom(parishPrivateKey), publicKey: publicFrom(saltOf(wrap)) })
    return openWithAgreedKey(wrap, new Uint8Array(agreed), accountId)
  } catch {
    return null
  }
}
