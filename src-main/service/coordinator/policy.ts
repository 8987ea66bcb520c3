import { writeMeta } from '../database/meta'
import { note } from '../identity/account-log'
import { combinePresets, type PolicyChoice, type Preset } from '../identity/policy'
import { withPassword } from '../identity/prove'
import { done, refuse } from '../outcome'
import { asCoordinator } from './scope'

/**
 * `coordinator.setPolicy`: for sign-up, change and reset from now on, everywhere in this database. Passwords that are in force
 * stay good. Every coordinator hears of it, because it could be a loosening.
 */
export const setPolicy = asCoordinator<'coordinator.setPolicy'>((call, { presets, release, password }) => {
  const chosen = Array.from<Preset>(new Set(presets))
  const combined = combinePresets(chosen)
  if (!combined.ok) return Promise.resolve(refuse('RULES_CONTRADICT', { params: { reason: combined.reason } }))
  return withPassword(call, password, async (tx) => {
    await writeMeta(tx.db, 'policy', { presets: chosen, release } satisfies PolicyChoice)
    const coordinators = await tx.db.selectFrom('account').select('id').where('coordinator', '=', 1).execute()
    for (const { id } of coordinators) {
      await note(tx, id, 'policyChanged', id === call.account.id ? call.deviceId : null, { by: call.by, presets: chosen.join(' + '), release })
    }
    return done({ sites: [...call.sites], presets: chosen, release })
  })
})
