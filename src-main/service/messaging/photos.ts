import { lookAtPhoto, photoLimits } from '../../rules/photo'
import type { Facility } from '../directory/facilities'
import type { Judgement } from './screening'
import { diceFor } from './timetable'

/** What a letter that is let through without its photo says. */
export const photoRemoved = 'photo_removed'

/** Why somebody who looks at photos refuses one now and then (domain.md, Messages: reasons). */
const refusals = ['photo_collage', 'nudity', 'attachment_not_allowed'] as const
const refusedOf = 16

/** A photo as the service takes it: a whole JPEG or PNG of three MiB at most, whatever the caller says. */
export const isPhoto = (bytes: Uint8Array): boolean => bytes.length <= photoLimits.bytes && lookAtPhoto(bytes).ok

export type PhotoJudgement = Judgement & { readonly photos: number; readonly photo_removed: 0 | 1 }

/**
 * What photos add to the verdict on a text: somebody looks at them, so the letter is held where that takes time. One letter in sixteen has one they
 * refuse: the whole letter with it, or the photo alone, by the facility's rule. Follows from seed and key, like everything a letter meets.
 */
export const judgePhotos = (seed: number, key: string, photos: number, facility: Facility, text: Judgement): PhotoJudgement => {
  if (photos === 0 || text.verdict === 'refuse' || facility.published.holdPhotosWorkingDays === 0) return { ...text, photos, photo_removed: 0 }
  const held: PhotoJudgement = { ...text, verdict: 'hold', finding: text.finding ?? 'photos', photos, photo_removed: 0 }
  const dice = diceFor(seed, key, 'photos')
  if (!dice.chance(1 / refusedOf)) return held
  return facility.photoRemovedTextPasses ? { ...held, photo_removed: 1 } : { ...held, verdict: 'refuse', finding: dice.pick(refusals) }
}
