import { keepPhotoOnce, photoIdOf } from '../mailbox/photos'
import { exists, insertRow } from './insert'
import { by, type Row } from './rows'
import type { Salvage } from './salvage'

/** The photos themselves, one at a time. Bytes that do not have the hash they lie under are not that photo. */
export const bringPhotos = ({ target, rowsOf, attempt }: Salvage): void => {
  const keep = target.prepare(keepPhotoOnce)
  for (const { id, type, width, height, bytes } of rowsOf('photo')) {
    if (Buffer.isBuffer(bytes) && photoIdOf(bytes) === id) attempt(() => void keep.run({ id, type, width, height, bytes }))
  }
}

/** In the place of a photo that is lost: what holds it still says that it was there, and a letter's hash can still be made. */
const standIn = (target: Salvage['target'], photoId: unknown): void => {
  target.prepare(`INSERT INTO photo (id, type, width, height, bytes) VALUES (?, 'jpeg', 0, 0, x'') ON CONFLICT DO NOTHING`).run(photoId)
}

/** Which photos went with a letter of the damaged file; its draft, closed since then, says it a second time. */
export const photosOfLetters = (rowsOf: Salvage['rowsOf']): ((letter: Row) => readonly Row[]) => {
  const ofLetters = by(rowsOf('letter_photo'), 'letter_seq')
  const ofDrafts = by(rowsOf('draft_photo'), 'draft_id')
  return (letter) => {
    const photos = new Map([...(ofDrafts.get(letter['draft_id']) ?? []), ...(ofLetters.get(letter['seq']) ?? [])].map((row) => [Number(row['place']), row]))
    return [...photos.entries()].sort(([a], [b]) => a - b).map(([, row]) => row)
  }
}

/**
 * A letter gets its photos before its delivery, which freezes what it is. One whose bytes are lost stays with its name.
 * @throws Error when the file no longer says which they were: without them the letter is not what was confirmed
 */
export const freezePhotos = (target: Salvage['target'], letter: Row, seq: number, photos: readonly Row[]): void => {
  if (photos.length !== Number(letter['photos'] ?? 0)) throw new Error('the photos of a letter are not known')
  for (const photo of photos) {
    standIn(target, photo['photo_id'])
    insertRow(target, 'letter_photo', { ...photo, letter_seq: seq })
  }
}

/** A draft keeps the photos it has, and gets those behind them that it lacks and that are not lost: a person looks at it before it goes. */
export const putIntoDraft = (target: Salvage['target'], draftId: unknown, photos: readonly Row[]): void => {
  const put = target.prepare(`INSERT INTO draft_photo (draft_id, place, photo_id, name)
    SELECT @draftId, (SELECT coalesce(max(place), 0) + 1 FROM draft_photo WHERE draft_id = @draftId), id, @name FROM photo WHERE id = @photoId AND length(bytes) > 0
    ON CONFLICT DO NOTHING`)
  for (const photo of photos) put.run({ draftId, photoId: photo['photo_id'], name: photo['name'] })
}

export const bringDraftPhotos = ({ target, rowsOf, attempt }: Salvage): void => {
  for (const [draftId, photos] of by(rowsOf('draft_photo'), 'draft_id')) {
    if (exists(target, 'draft', 'id', draftId)) attempt(() => putIntoDraft(target, draftId, photos))
  }
}

/** Photos of messages that older archives brought; one whose bytes are lost stays with its name. */
export const bringImportedPhotos = ({ target, rowsOf, attempt }: Salvage): void => {
  const photos = by(rowsOf('imported_photo'), 'message_seq')
  if (photos.size === 0) return
  const numberOf = target.prepare('SELECT seq FROM imported_message WHERE id = ?').pluck()
  for (const message of rowsOf('imported_message')) {
    const seq = numberOf.get(message['id']) as number | undefined
    if (seq === undefined) continue
    for (const photo of photos.get(message['seq']) ?? []) {
      attempt(() => {
        standIn(target, photo['photo_id'])
        insertRow(target, 'imported_photo', { ...photo, message_seq: seq })
      })
    }
  }
}

/** Photos whose letter, draft or message did not come. */
export const leaveUnheldPhotos = ({ target, attempt }: Salvage): void => {
  const unheld = ['draft_photo', 'letter_photo', 'imported_photo'].map((holder) => `NOT EXISTS (SELECT 1 FROM ${holder} WHERE photo_id = photo.id)`).join(' AND ')
  attempt(() => void target.prepare(`DELETE FROM photo WHERE ${unheld}`).run())
}
