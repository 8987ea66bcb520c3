import type { Call } from '../context'
import { newPaperCode } from '../secrets'

/** Twenty signs (100 bits), a day, one sign-in (ASVS 6.4.1, 6.4.6): a coordinator never chooses a password. */
const signs = 20
const lifetimeMs = 24 * 3_600_000

export type OneUseCode = { readonly code: string; readonly codeUntil: number; readonly hash: string }

/** Makes a code; slow, so not within a transaction. Only its hash is kept: it is shown once. */
export const makeOneUseCode = async ({ context: { kdf, randomBytes }, now }: Call): Promise<OneUseCode> => {
  const code = newPaperCode(randomBytes, signs)
  return { code, codeUntil: now + lifetimeMs, hash: await kdf.hash(code) }
}
