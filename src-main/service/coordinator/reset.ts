import { transact } from '../context'
import { note } from '../identity/account-log'
import { signOutEverywhere } from '../identity/devices'
import { clearGuard, emailKeyOf } from '../identity/guard'
import { postResetBy } from '../identity/notices'
import { provePassword } from '../identity/prove'
import { endSecondStep } from '../identity/second-step-settings'
import { done, refuse } from '../outcome'
import { makeOneUseCode } from './one-use-code'
import { entryOf } from './people'
import { asCoordinator, findInScope, nameOf } from './scope'

/**
 * `coordinator.reset`: a one-use code instead of a password, for a person who stands before the coordinator. All their sessions end; a
 * second step is switched off, because a lost telephone is helped here and nowhere else; they are told by e-mail and at their next
 * sign-in. Nobody resets the own account: `identity.changePassword` does that.
 */
export const resetPerson = asCoordinator<'coordinator.reset'>(async (call, { accountId, password }) => {
  const found = await transact(call, (tx) => findInScope(tx, call, accountId))
  if (found === undefined || found.id === call.account.id) return refuse('NOT_ALLOWED')
  const proof = await provePassword(call, password)
  if (!proof.ok) return proof
  const made = await makeOneUseCode(call)
  return transact(call, async (tx) => {
    await signOutEverywhere(tx, found.id)
    await endSecondStep(tx, found, null)
    await clearGuard(tx, emailKeyOf(call, found.email))
    const person = await tx.db
      .updateTable('account')
      .set({ password_hash: made.hash, code_until: made.codeUntil, code_used: 0, must_change_password: 1, must_accept_terms: 1 })
      .where('id', '=', found.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await note(tx, person.id, 'resetByCoordinator', null, { by: call.by })
    await note(tx, call.account.id, 'personReset', call.deviceId, { name: nameOf(person) })
    await postResetBy(tx, person, call.by)
    return done({ person: await entryOf(tx, call, person), code: made.code, codeUntil: made.codeUntil })
  })
})
