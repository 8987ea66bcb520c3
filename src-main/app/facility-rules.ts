import type { FacilityRules } from '../contract/facility'
import type { Mailbox } from '../storage/mailbox'

/** A facility's rules as this PC knows them; null where it does not. */
export type RulesOf = (facilityId: string) => FacilityRules | null

/** Each facility's rules are read once for a list of letters. */
export const rulesFrom = ({ facilities }: Pick<Mailbox, 'facilities'>): RulesOf => {
  const known = new Map<string, FacilityRules | null>()
  return (facilityId) => {
    const found = known.get(facilityId)
    if (found !== undefined) return found
    const rules = facilities.get(facilityId)
    known.set(facilityId, rules)
    return rules
  }
}
