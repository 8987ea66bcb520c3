/** From a file of the person's own to a photo that can travel: upright, no larger than it is looked at, and nothing in it but the picture. */
import type { PhotoTrouble } from '@contract/photos'
import { lookAtPhoto, photoLimits } from '@rules/photo'

export type ReadyPhoto =
  /** `data`: a JPEG, base64. `bare`: the file held nothing but the picture, so that nothing had to be left out. */
  { readonly ok: true; readonly data: string; readonly bare: boolean } | { readonly ok: false; readonly why: PhotoTrouble }

const no = (why: PhotoTrouble): ReadyPhoto => ({ ok: false, why })

/** From good to still good enough; a picture that is too large even then is made smaller as well. */
const qualities = [0.86, 0.75, 0.6]
const shrink = 0.7

/**
 * Reads, looks at, unpacks and packs anew one file; nothing of it goes over the bridge but the picture. The parts that take long run beside the page.
 * @returns the photo, or why there is none
 * Source: bad-inputs.md (Attachment).
 */
export const readyPhoto = async (file: File): Promise<ReadyPhoto> => {
  if (file.size > photoLimits.fileBytes) return no('tooLarge')
  const bytes = await file.arrayBuffer().catch(() => null)
  if (bytes === null) return no('unreadable')
  const look = lookAtPhoto(new Uint8Array(bytes))
  if (!look.ok) return look
  const picture = await createImageBitmap(new Blob([bytes], { type: `image/${look.facts.type}` }), { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) return no('cut')
  try {
    return { ok: true, data: await pack(picture), bare: look.facts.bare }
  } finally {
    picture.close()
  }
}

const pack = async (picture: ImageBitmap): Promise<string> => {
  let side: number = photoLimits.keptSide
  for (;;) {
    const canvas = draw(picture, Math.min(1, side / Math.max(picture.width, picture.height)))
    for (const quality of qualities) {
      const packed = await canvas.convertToBlob({ type: 'image/jpeg', quality })
      if (packed.size <= photoLimits.keptBytes) return base64(packed)
    }
    side = Math.round(side * shrink)
  }
}

const draw = (picture: ImageBitmap, scale: number): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)))
  const pen = canvas.getContext('2d', { alpha: false })
  if (pen === null) throw new Error('there is nothing to draw on')
  // JPEG knows no transparency: what shines through is paper.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

const base64 = (packed: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/u, ''))
    reader.onerror = () => reject(reader.error ?? new Error('a photo just made cannot be read'))
    reader.readAsDataURL(packed)
  })
