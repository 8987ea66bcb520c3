import type { FacilityRules } from '../../contract/facility'
import type { StatementSource } from '../statements'

/** The service's facility rules as last seen: with them a letter can be priced while the line is down. */
export const facilityTable = (connection: StatementSource) => {
  const all = connection.prepare('SELECT rules FROM facility ORDER BY id').pluck()
  const one = connection.prepare('SELECT rules FROM facility WHERE id = ?').pluck()
  const put = connection.prepare(
    'INSERT INTO facility (id, rules, fetched_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules, fetched_at = excluded.fetched_at'
  )
  // Written by us from a parsed reply, so it is read back as what it is.
  const parse = (text: string): FacilityRules => JSON.parse(text) as FacilityRules
  return {
    all: (): readonly FacilityRules[] => (all.all() as string[]).map(parse),
    get: (facilityId: string): FacilityRules | null => {
      const found = one.get(facilityId) as string | undefined
      return found === undefined ? null : parse(found)
    },
    put: (rules: FacilityRules, at: number): void => {
      put.run(rules.id, JSON.stringify(rules), at)
    }
  }
}
