import type { CommandInput } from '../contract/commands'
import type { Photo, PhotoData, PhotoTrouble } from '../contract/photos'
import { failure, success, type Result } from '../contract/result'
import { lookAtPhoto, photoLimits, photoName } from '../rules/photo'
import type { DeskSession } from './desk-session'
import { takeInHand } from './in-hand'

const notAdded = (name: string, why: PhotoTrouble): Result<never> => failure('PHOTO_NOT_ADDED', { params: { name, why, most: photoLimits.perLetter } })

/**
 * Puts a photo into a draft, durably. The window has unpacked it and packed it anew, so that nothing but the picture is left and it is small enough to
 * travel; that is looked at here and not believed.
 * @returns the photos of the draft, in their order
 * Fails with NOT_FOUND, DRAFT_CLOSED, PHOTO_NOT_ADDED {name, why, most}.
 */
export const addPhoto = (session: DeskSession, input: CommandInput<'photos.add'>): Result<readonly Photo[]> => {
  const { mailbox, clock } = session
  const name = photoName(input.name)
  const bytes = Buffer.from(input.data, 'base64')
  const look = lookAtPhoto(bytes)
  if (!look.ok) return notAdded(name, look.why)
  if (!look.facts.bare) return notAdded(name, 'notPhoto')
  if (bytes.length > photoLimits.keptBytes) return notAdded(name, 'tooLarge')
  const { type, width, height } = look.facts
  const added = mailbox.transaction((): Result<readonly Photo[]> => {
    const draft = mailbox.drafts.get(input.draftId)
    if (draft === null) return failure('NOT_FOUND')
    if (draft.state !== 'open') return failure('DRAFT_CLOSED')
    if (mailbox.photos.ofDraft(draft.draftId).length >= photoLimits.perLetter) return notAdded(name, 'tooMany')
    if (!mailbox.photos.addToDraft(draft.draftId, name, { type, width, height, bytes })) return notAdded(name, 'twice')
    mailbox.draftsInHand.take(draft.draftId, clock.now())
    return success(mailbox.photos.ofDraft(draft.draftId))
  })
  if (added.ok) session.announce('drafts', 'photos')
  return added
}

/** Takes a photo out of a draft. @returns those that are left. Fails with NOT_FOUND, DRAFT_CLOSED. */
export const removePhoto = (session: DeskSession, input: CommandInput<'photos.remove'>): Result<readonly Photo[]> => {
  const { mailbox } = session
  const left = mailbox.transaction((): Result<readonly Photo[]> => {
    const draft = mailbox.drafts.get(input.draftId)
    if (draft === null) return failure('NOT_FOUND')
    if (draft.state !== 'open') return failure('DRAFT_CLOSED')
    if (!mailbox.photos.removeFromDraft(draft.draftId, input.photoId)) return failure('NOT_FOUND')
    return success(mailbox.photos.ofDraft(draft.draftId))
  })
  if (left.ok) {
    takeInHand(session, input.draftId)
    session.announce('drafts', 'photos')
  }
  return left
}

/** A photo of one's own letters, to be shown. Fails with NOT_FOUND; with PHOTO_LOST when a damaged mailbox did not give its bytes back. */
export const openPhoto = ({ mailbox }: DeskSession, input: CommandInput<'photos.open'>): Result<PhotoData> => {
  const photo = mailbox.photos.read(input.photoId)
  if (photo === null) return failure(mailbox.photos.isLost(input.photoId) ? 'PHOTO_LOST' : 'NOT_FOUND')
  return success({ type: photo.type, data: Buffer.from(photo.bytes).toString('base64') })
}
