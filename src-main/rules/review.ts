import type { FacilityRules } from '../contract/facility'

/** A person looks at a held letter within two working days (domain.md, Simulated facilities: "1-2 working days"). */
const usualDays = 2

/**
 * The working days somebody at a facility takes at most to look at a held letter.
 * @param photos whether photos go with it, which some look at for longer
 */
export const reviewDays = (facility: Pick<FacilityRules, 'holdPhotosWorkingDays'>, photos: boolean): number => Math.max(usualDays, photos ? (facility.holdPhotosWorkingDays ?? 0) : 0)
