import { failure, success, type Result } from '../contract/result'
import type { Desk, DeskAccount } from '../storage/desk'

const triesAllowed = 3
/** The first, the second, every further lock (domain.md: 15, 30, 60 minutes). */
const lockMinutes = [15, 30, 60] as const

/** What a try that turns out wrong will be answered with; already on disk. */
export type CountedTry = { readonly triesLeft: number; readonly lockedMinutes: number | null }

/**
 * Counts a try at signing in without the line before the password is looked at, so that pulling the plug gives nobody
 * another one (S1). Locks are measured in time the app was open: setting the clock changes nothing.
 * @returns ACCOUNT_LOCKED {minutes} while a lock lasts, even for the right password
 */
export const checkOfflineTry = (desk: Desk, account: DeskAccount): Result<CountedTry> => {
  const now = desk.openMs()
  if (account.lockedUntil !== null && account.lockedUntil > now) {
    return failure('ACCOUNT_LOCKED', { params: { minutes: Math.ceil((account.lockedUntil - now) / 60_000) } })
  }
  const failures = (account.lockedUntil === null ? account.failures : 0) + 1
  const isLocking = failures >= triesAllowed
  const count = account.locks + (isLocking ? 1 : 0)
  const minutes = isLocking ? (lockMinutes[Math.min(count, lockMinutes.length) - 1] ?? 60) : null
  desk.noteFailure(account.accountId, { failures, locks: count, lockedUntil: minutes === null ? null : now + minutes * 60_000 })
  return success({ triesLeft: triesAllowed - failures, lockedMinutes: minutes })
}
