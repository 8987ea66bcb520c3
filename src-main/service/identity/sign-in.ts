import { normaliseEmail } from '../../rules/email'
import { normalisePassword } from '../../rules/password-policy'
import { transact, type Call, type OpenHandler, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, refuse } from '../outcome'
import { postLocked } from './notices'
import { signedIn } from './sessions'

const minute = 60_000
const day = 24 * 60 * minute
const triesAllowed = 3
/** The first, the second, every further lock within a day of failures (domain.md: 15, 30, 60 minutes). */
const lockMinutes = [15, 30, 60] as const

type Attempt = { readonly state: 'locked'; readonly minutes: number } | { readonly state: 'counted'; readonly failures: number; readonly minutes: number }

/**
 * `identity.signIn`. The failure is counted, and the lock set, on disk before the password is looked at; a right password
 * takes both back. An address nobody has is counted and answered like any other.
 */
export const signIn: OpenHandler<'identity.signIn'> = async (call, { email, password, deviceId }) => {
  const { context } = call
  const address = normaliseEmail(email)
  const emailKey = context.keyed('email', address)
  const attempt = await transact(call, (tx) => countAttempt(tx, emailKey))
  if (attempt.state === 'locked') return refuse('ACCOUNT_LOCKED', { params: { minutes: attempt.minutes } })

  const account = await context.db.selectFrom('account').selectAll().where('email', '=', address).executeTakeFirst()
  const matches = await context.kdf.verify(account?.password_hash ?? context.dummyHash, normalisePassword(password))
  if (account !== undefined && matches && account.disabled === 0) {
    return transact(call, async (tx) => {
      await tx.db.deleteFrom('sign_in_guard').where('email_key', '=', emailKey).execute()
      return done(await signedIn(tx, call, account, deviceId))
    })
  }
  if (attempt.failures < triesAllowed) return refuse('SIGN_IN_REFUSED', { params: { triesLeft: triesAllowed - attempt.failures } })
  await tellOwner(call, account, attempt.minutes)
  return refuse('ACCOUNT_LOCKED', { params: { minutes: attempt.minutes } })
}

const countAttempt = async (tx: Tx, emailKey: string): Promise<Attempt> => {
  await tx.db.deleteFrom('sign_in_guard').where('last_failure_at', '<=', tx.now - day).execute()
  const kept = await tx.db.selectFrom('sign_in_guard').selectAll().where('email_key', '=', emailKey).executeTakeFirst()
  const lockedUntil = kept?.locked_until ?? null
  if (lockedUntil !== null && lockedUntil > tx.now) return { state: 'locked', minutes: Math.ceil((lockedUntil - tx.now) / minute) }

  const before = kept === undefined || lockedUntil !== null ? 0 : kept.failures
  const failures = before + 1
  const locks = (kept?.locks ?? 0) + (failures >= triesAllowed ? 1 : 0)
  const minutes = lockMinutes[Math.min(Math.max(locks, 1), lockMinutes.length) - 1] ?? 60
  const row = { failures, last_failure_at: tx.now, locks, locked_until: failures >= triesAllowed ? tx.now + minutes * minute : null }
  await tx.db
    .insertInto('sign_in_guard')
    .values({ email_key: emailKey, ...row })
    .onConflict((conflict) => conflict.column('email_key').doUpdateSet(row))
    .execute()
  return { state: 'counted', failures, minutes }
}

const tellOwner = async (call: Call, account: AccountRow | undefined, minutes: number): Promise<void> => {
  if (account !== undefined) await transact(call, (tx) => postLocked(tx, account, minutes))
}
