import type { Random, Uptime } from './ports'

type Attempt = { readonly token: string; readonly email: string; readonly password: string }

/** A sign-in waits this long for its second step; the service ends it after as long by itself. */
const lifetimeMs = 10 * 60_000

/** Sign-ins whose password was right and whose second step is still owed. In memory only; a restart begins anew. */
export const createSignInAttempts = (uptime: Uptime, random: Random) => {
  const attempts = new Map<string, { readonly attempt: Attempt; readonly until: number }>()
  const dropOld = (): void => attempts.forEach((held, id) => held.until <= uptime() && attempts.delete(id))
  return {
    /** @returns the id the windows know it by */
    keep: (attempt: Attempt): string => {
      dropOld()
      const id = Buffer.from(random.bytes(16)).toString('hex')
      attempts.set(id, { attempt, until: uptime() + lifetimeMs })
      return id
    },
    find: (id: string): Attempt | null => {
      dropOld()
      return attempts.get(id)?.attempt ?? null
    },
    drop: (id: string): void => {
      attempts.delete(id)
    }
  }
}

export type SignInAttempts = ReturnType<typeof createSignInAttempts>
