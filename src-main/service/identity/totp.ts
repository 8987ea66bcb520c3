import { Secret, TOTP } from 'otpauth'
import type { Call, Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { sameText } from '../secrets'
import { followsAdvice, readChoice } from './policy'

/** RFC 6238 as every authenticator app has it: SHA-1, 30 seconds, six digits, and a secret of 160 bits. */
const stepMs = 30_000
const secretBytes = 20
const issuer = 'Epistle'

const generator = (secret: string, label = ''): TOTP => new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: stepMs / 1_000, secret: Secret.fromBase32(secret) })

/** @returns a new secret in base 32 */
export const newTotpSecret = (randomBytes: (n: number) => Uint8Array): string => new Secret({ buffer: Uint8Array.from(randomBytes(secretBytes)).buffer }).base32

/** @returns the address a QR code carries */
export const totpUri = (secret: string, email: string): string => generator(secret, email).toString()

/** @returns the six digits of one moment */
export const totpAt = (secret: string, ms: number): string => generator(secret).generate({ timestamp: ms })

/**
 * @param steps how many steps are good: 1, this one; 2, this and the one before
 * @param lastStep the last step that was used, which is good no more, nor is any before it
 * @returns the step whose code this is, or null
 */
export const matchTotp = (secret: string, code: string, ms: number, steps: 1 | 2, lastStep: number | null): number | null => {
  const typed = code.replace(/\s/g, '')
  const current = Math.floor(ms / stepMs)
  const matches = [current, current - 1].slice(0, steps).filter((step) => sameText(totpAt(secret, step * stepMs), typed))
  return matches.find((step) => lastStep === null || step > lastStep) ?? null
}

/** Checks a code of the account's own app, by the host's clock. @returns its step, for {@link useTotpStep}, or null */
export const checkTotp = async (tx: Tx, call: Call, account: AccountRow, code: string): Promise<number | null> => {
  if (account.totp_sealed === null) return null
  const steps = followsAdvice(await readChoice(tx.db)) ? 1 : 2
  return matchTotp(call.context.safe.open(account.totp_sealed, account.id), code, call.context.realTime(), steps, account.totp_last_step)
}

/** From now on no code of this step or an earlier one is good: each works once. */
export const useTotpStep = async (tx: Tx, accountId: string, step: number): Promise<void> => {
  await tx.db.updateTable('account').set({ totp_last_step: step }).where('id', '=', accountId).execute()
}
