import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/** The mailbox's own key: 32 random bytes, made once, never derived from anything a person types. */
export type MailboxKey = Uint8Array

/** What can open a mailbox. A security answer or the four-digit passcode never can (reliability.md §3, key plan). */
export type WrapKind = 'password' | 'recovery' | 'escrow' | 'reset'

/** argon2id's cost, kept with each wrap so that it can be raised later. */
export type DerivationCost = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number }

/** Slow key derivation, off the thread that draws. @returns 32 bytes */
export type DeriveKey = (secret: string, salt: Uint8Array, cost: DerivationCost) => Promise<Uint8Array>

/** The mailbox key, locked with another key (AES-256-GCM). All bytes are base64. */
export type Wrap = {
  readonly kind: WrapKind
  readonly madeAt: number
  /** For a password or reset code: argon2id's salt and cost. For a recovery code: HKDF's salt. For escrow: the sender's public half. */
  readonly salt: string
  readonly cost: DerivationCost | null
  readonly nonce: string
  readonly sealed: string
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

/** Binds a wrap to its account and kind, so that none can be moved to another place. */
const bindingOf = (accountId: string, kind: WrapKind): Buffer => Buffer.from(`epistle-wrap-1:${accountId}:${kind}`, 'utf8')

type Seal = { readonly accountId: string; readonly kind: WrapKind; readonly random: (count: number) => Uint8Array; readonly now: number }

const seal = (key: MailboxKey, lock: Uint8Array, salt: Uint8Array, cost: DerivationCost | null, { accountId, kind, random, now }: Seal): Wrap => {
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', lock, nonce)
  cipher.setAAD(bindingOf(accountId, kind))
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  return { kind, madeAt: now, salt: base64(salt), cost, nonce: base64(nonce), sealed: base64(sealed) }
}

/** @returns the mailbox key, or null when the lock does not fit (a wrong password or code) */
const unseal = (wrap: Wrap, lock: Uint8Array, accountId: string): MailboxKey | null => {
  try {
    const sealed = bytesOf(wrap.sealed)
    const decipher = createDecipheriv('aes-256-gcm', lock, bytesOf(wrap.nonce))
    decipher.setAAD(bindingOf(accountId, wrap.kind))
    decipher.setAuthTag(sealed.subarray(-16))
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]))
  } catch {
    return null
  }
}

/** Locks the mailbox key with something a person types; slow on purpose. */
export const wrapWithSecret = async (key: MailboxKey, secret: string, derive: DeriveKey, cost: DerivationCost, how: Seal): Promise<Wrap> => {
  const salt = how.random(16)
  return seal(key, await derive(secret.normalize('NFC'), salt, cost), salt, cost, how)
}

export const openWithSecret = async (wrap: Wrap, secret: string, derive: DeriveKey, accountId: string): Promise<MailboxKey | null> => {
  if (wrap.cost === null) return null
  return unseal(wrap, await derive(secret.normalize('NFC'), bytesOf(wrap.salt), wrap.cost), accountId)
}

const stretch = (secret: Uint8Array, salt: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, `epistle ${purpose}`, 32))

/** Locks the mailbox key with 100 random bits or more; they need no slowing down (reliability.md §3, W2 via HKDF). */
export const wrapWithBytes = (key: MailboxKey, secret: Uint8Array, how: Seal): Wrap => {
  const salt = how.random(16)
  return seal(key, stretch(secret, salt, how.kind), salt, null, how)
}

export const openWithBytes = (wrap: Wrap, secret: Uint8Array, accountId: string): MailboxKey | null =>
  unseal(wrap, stretch(secret, bytesOf(wrap.salt), wrap.kind), accountId)

/** A wrap whose lock was agreed with the parish key: the salt is the sender's public half. */
export const wrapWithAgreedKey = (key: MailboxKey, agreed: Uint8Array, publicHalf: Uint8Array, how: Seal): Wrap =>
  seal(key, stretch(agreed, publicHalf, how.kind), publicHalf, null, how)

export const openWithAgreedKey = (wrap: Wrap, agreed: Uint8Array, accountId: string): MailboxKey | null =>
  unseal(wrap, stretch(agreed, bytesOf(wrap.salt), wrap.kind), accountId)

export const saltOf = (wrap: Wrap): Uint8Array => bytesOf(wrap.salt)
