import type { Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { note } from '../identity/account-log'
import { forgetRemembered, signOutEverywhere } from '../identity/devices'
import { clearGuard, emailKeyOf, readLock } from '../identity/guard'
import { postDisabledBy, postRoleBy, postUnlockedBy } from '../identity/notices'
import { makeCoordinator } from '../identity/sites'
import { done, refuse } from '../outcome'
import { readPeople } from './people'
import { asCoordinator, isLastSomewhere, nameOf, withPerson } from './scope'

const set = (tx: Tx, person: AccountRow, change: Partial<AccountRow>): Promise<AccountRow> =>
  tx.db.updateTable('account').set(change).where('id', '=', person.id).returningAll().executeTakeFirstOrThrow()

/** `coordinator.setDisabled`: off, everything signed in ends; on again, the password opens the account as before. */
export const setDisabled = asCoordinator<'coordinator.setDisabled'>((call, { accountId, disabled }) =>
  withPerson(call, accountId, async (tx, person) => {
    if ((person.disabled === 1) === disabled) return done(await readPeople(tx, call))
    if (disabled && person.coordinator === 1 && (await isLastSomewhere(tx, person))) return refuse('LAST_COORDINATOR')
    const changed = await set(tx, person, { disabled: disabled ? 1 : 0 })
    if (disabled) {
      await signOutEverywhere(tx, person.id)
      await forgetRemembered(tx, person.id)
    }
    const event = disabled ? 'personDisabled' : 'personEnabled'
    if (person.id !== call.account.id) await note(tx, person.id, event, null, { by: call.by, name: nameOf(person) })
    await note(tx, call.account.id, event, call.deviceId, { name: nameOf(person) })
    await postDisabledBy(tx, changed, call.by)
    return done(await readPeople(tx, call))
  })
)

/** `coordinator.unlock`: the lock is gone; terms and a new password are owed (S1). An account that is not locked stays as it is. */
export const unlock = asCoordinator<'coordinator.unlock'>((call, { accountId }) =>
  withPerson(call, accountId, async (tx, person) => {
    const emailKey = emailKeyOf(call, person.email)
    if ((await readLock(tx, call, person, emailKey)) === null) return done(await readPeople(tx, call))
    await clearGuard(tx, emailKey)
    const changed = await set(tx, person, { must_change_password: 1, must_accept_terms: 1 })
    await note(tx, person.id, 'accountUnlocked', null, { by: call.by })
    await note(tx, call.account.id, 'personUnlocked', call.deviceId, { name: nameOf(person) })
    await postUnlockedBy(tx, changed, call.by)
    return done(await readPeople(tx, call))
  })
)

/** `coordinator.setRole`: a coordinator of their own site, or no longer one of any. */
export const setRole = asCoordinator<'coordinator.setRole'>((call, { accountId, coordinator }) =>
  withPerson(call, accountId, async (tx, person) => {
    if ((person.coordinator === 1) === coordinator) return done(await readPeople(tx, call))
    if (!coordinator && (await isLastSomewhere(tx, person))) return refuse('LAST_COORDINATOR')
    if (!coordinator) await tx.db.deleteFrom('coordinator_site').where('account_id', '=', person.id).execute()
    const changed = coordinator ? await makeCoordinator(tx, person) : await set(tx, person, { coordinator: 0 })
    const details = { name: nameOf(person), role: coordinator ? 'coordinator' : 'volunteer' }
    if (person.id !== call.account.id) await note(tx, person.id, 'roleChanged', null, { by: call.by, ...details })
    await note(tx, call.account.id, 'roleChanged', call.deviceId, details)
    await postRoleBy(tx, changed, call.by)
    // Whoever gave the own role up has nobody to look after any more.
    return done(await readPeople(tx, !coordinator && person.id === call.account.id ? { ...call, sites: [] } : call))
  })
)
