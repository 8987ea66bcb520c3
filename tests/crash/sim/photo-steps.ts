/** Photos into a draft and out of it. */
import { pngPhoto } from '../../support/photos'
import type { SeededNumbers } from '../support/seeded-numbers'
import { code, type Desk } from './desk'

/** Few enough that letters share some. */
const shades = 6
export const anyShade = (random: SeededNumbers): number => random.below(shades)

/** Puts a photo into an open draft, or takes one out; one that is called added is a promise. */
export const photo = async (desk: Desk, random: SeededNumbers): Promise<string> => {
  const drafts = await desk.world.call('drafts.list', {})
  if (drafts === null || !drafts.ok) return code(drafts)
  if (drafts.value.length === 0) return 'no draft'
  const { draftId } = random.pick(drafts.value)
  const draft = await desk.world.call('drafts.open', { draftId })
  if (draft === null || !draft.ok) return code(draft)
  const takesOut = draft.value.photos.length > 0 && random.below(3) === 0
  return takesOut ? removePhoto(desk, draftId, random.pick(draft.value.photos).photoId) : addPhoto(desk, draftId, anyShade(random))
}

export const addPhoto = async ({ world, oracles, who }: Desk, draftId: string, shade: number): Promise<string> => {
  const added = await world.call('photos.add', { draftId, name: `photo-${shade}.png`, data: pngPhoto(shade).toString('base64') })
  if (added === null || !added.ok) return `add ${code(added)}`
  oracles[who]?.told().photos.set(draftId, new Set(added.value.map(({ photoId }) => photoId)))
  return 'added'
}

const removePhoto = async ({ world, oracles, who }: Desk, draftId: string, photoId: string): Promise<string> => {
  oracles[who]?.told().photos.get(draftId)?.delete(photoId)
  const left = await world.call('photos.remove', { draftId, photoId })
  if (left === null || !left.ok) return `remove ${code(left)}`
  return 'removed'
}
