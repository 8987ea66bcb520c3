import type { Attachment } from 'postal-mime'
import { lookAtPhoto, photoLimits, photoName } from '../rules/photo'
import type { FoundPhoto } from './found'
import { archiveLimits as limits } from './limits'

/** The parser gives bytes, unless it was asked for text. */
const bytesOf = ({ content }: Attachment): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content instanceof Uint8Array ? content : new Uint8Array(content))

/** A part as a photo, whatever it calls itself; null: it is none, or a larger one than anybody looks at. */
const asPhoto = (attachment: Attachment): FoundPhoto | null => {
  const bytes = bytesOf(attachment)
  if (bytes.length > photoLimits.fileBytes) return null
  const look = lookAtPhoto(bytes)
  if (!look.ok) return null
  const { type, width, height } = look.facts
  return { name: photoName(attachment.filename ?? ''), type, width, height, bytes }
}

/**
 * The photos among the attachments of an e-mail and the pictures in its text, as they are: nothing is unpacked. The same photo twice counts once.
 * @returns `others`: how many parts are left out
 */
export const photosAmong = (attachments: readonly Attachment[]): { readonly photos: readonly FoundPhoto[]; readonly others: number } => {
  const photos: FoundPhoto[] = []
  let others = 0
  let bytes = 0
  for (const attachment of attachments) {
    const photo = asPhoto(attachment)
    if (photo !== null && photos.some((known) => Buffer.compare(known.bytes, photo.bytes) === 0)) continue
    if (photo === null || photos.length === photoLimits.perImported || bytes + photo.bytes.length > limits.photosBytes) {
      others += 1
      continue
    }
    photos.push(photo)
    bytes += photo.bytes.length
  }
  return { photos, others }
}
