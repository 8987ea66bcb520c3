import type { Call, Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { refuse, type Outcome } from '../outcome'
import { readChoice, type Release } from './policy'

const minute = 60_000
const day = 24 * 60 * minute
/** S1: locked after three failed login attempts. */
export const triesAllowed = 3
/** The first, the second, every further lock within a day of failures (domain.md: 15, 30, 60 minutes). */
const lockMinutes = [15, 30, 60] as const

/** How long a lock lasts; null: until a coordinator unlocks. */
export type LockLength = { readonly minutes: number | null }
export type CountedTry = ({ readonly state: 'locked' } & LockLength) | ({ readonly state: 'counted'; readonly failures: number } & LockLength)

/** Under which name an address is guarded, whether anybody has it or not. */
export const emailKeyOf = (call: Call, email: string): string => call.context.keyed('email', email)

export const lockedAnswer = ({ minutes }: LockLength): Outcome<never> => refuse('ACCOUNT_LOCKED', minutes === null ? {} : { params: { minutes } })

/**
 * Counts a try as failed, and locks at the third, before anything is looked at: a crash in between leaves it counted.
 * All times are on the steady clock: setting the PC's clock neither opens a lock nor forgets a failure.
 */
export const countTry = async (tx: Tx, call: Call, emailKey: string, account: AccountRow | undefined): Promise<CountedTry> => {
  const now = call.context.clock.steady()
  const kept = await readGuard(tx, call, emailKey)
  const running = lockOf(kept, account, now)
  if (running !== null) return { state: 'locked', ...running }
  const before = kept === undefined || wasLocked(kept) ? 0 : kept.failures
  const { release } = await readChoice(tx.db)
  const failures = before + 1
  const locks = (kept?.locks ?? 0) + (failures >= triesAllowed ? 1 : 0)
  const minutes = lengthOf(release, Math.max(locks, 1), account)
  await writeGuard(tx, emailKey, { failures, locks, now, minutes, locked: failures >= triesAllowed })
  return { state: 'counted', failures, minutes }
}

/** The password was right, or the account was set right: nothing is held against the address any more. */
export const clearGuard = async (tx: Tx, emailKey: string): Promise<void> => {
  await tx.db.deleteFrom('sign_in_guard').where('email_key', '=', emailKey).execute()
}

/** Locks at once, as the third wrong password does. */
export const lockNow = async (tx: Tx, call: Call, emailKey: string, account: AccountRow): Promise<LockLength> => {
  const kept = await readGuard(tx, call, emailKey)
  const { release } = await readChoice(tx.db)
  const locks = (kept?.locks ?? 0) + 1
  const minutes = lengthOf(release, locks, account)
  await writeGuard(tx, emailKey, { failures: triesAllowed, locks, now: call.context.clock.steady(), minutes, locked: true })
  return { minutes }
}

/** @returns the lock that is running, or null */
export const readLock = async (tx: Tx, call: Call, account: AccountRow | undefined, emailKey: string): Promise<LockLength | null> =>
  lockOf(await readGuard(tx, call, emailKey), account, call.context.clock.steady())

type Guard = { readonly failures: number; readonly locks: number; readonly locked_until: number | null; readonly until_coordinator: 0 | 1 }

/** Failures of a day ago are forgotten; a lock never is. */
const readGuard = async (tx: Tx, call: Call, emailKey: string): Promise<Guard | undefined> => {
  const now = call.context.clock.steady()
  await tx.db
    .deleteFrom('sign_in_guard')
    .where('last_failure_at', '<=', now - day)
    .where('until_coordinator', '=', 0)
    .where((where) => where.or([where('locked_until', 'is', null), where('locked_until', '<=', now)]))
    .execute()
  return tx.db.selectFrom('sign_in_guard').selectAll().where('email_key', '=', emailKey).executeTakeFirst()
}

const wasLocked = (guard: Guard): boolean => guard.locked_until !== null || guard.until_coordinator === 1

/** A coordinator's own account never waits for a coordinator: there might be no other. */
const lockOf = (guard: Guard | undefined, account: AccountRow | undefined, now: number): LockLength | null => {
  if (guard === undefined) return null
  if (guard.until_coordinator === 1 && account?.coordinator !== 1) return { minutes: null }
  if (guard.locked_until === null || guard.locked_until <= now) return null
  return { minutes: Math.ceil((guard.locked_until - now) / minute) }
}

const lengthOf = (release: Release, locks: number, account: AccountRow | undefined): number | null => {
  const waits = account?.coordinator !== 1 && (release === 'admin' || (release === 'timedThenAdmin' && locks > lockMinutes.length))
  return waits ? null : (lockMinutes[Math.min(locks, lockMinutes.length) - 1] ?? 60)
}

const writeGuard = async (
  tx: Tx,
  emailKey: string,
  { failures, locks, now, minutes, locked }: { readonly failures: number; readonly locks: number; readonly now: number; readonly minutes: number | null; readonly locked: boolean }
): Promise<void> => {
  const row = {
    failures,
    last_failure_at: now,
    locks,
    locked_until: locked && minutes !== null ? now + minutes * minute : null,
    until_coordinator: locked && minutes === null ? 1 : 0
  } as const
  await tx.db
    .insertInto('sign_in_guard')
    .values({ email_key: emailKey, ...row })
    .onConflict((conflict) => conflict.column('email_key').doUpdateSet(row))
    .execute()
}
