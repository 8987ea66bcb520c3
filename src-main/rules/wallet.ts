import type { FacilityRules } from '../contract/facility'
import { states } from './person'

/**
 * Which wallet pays at a facility: stamps are good in a whole state or at one facility (domain.md, Stamps and money).
 * @returns `state:TX` or `facility:elm-county-jail`
 */
export const walletIdOf = (facility: Pick<FacilityRules, 'id' | 'state' | 'walletScope'>): string =>
  facility.walletScope === 'state' ? `state:${facility.state}` : `facility:${facility.id}`

/** "TX" → "Texas"; an unknown code stays as it is. */
export const stateName = (code: string): string => states.find((state) => state.code === code)?.name ?? code
