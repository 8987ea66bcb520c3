/** Photos, as the judge sees them: what was called added is in its draft, each is what its name says, and somebody holds it. */
import type Database from 'better-sqlite3'
import { prepared, sha256 } from './read'
import type { Told } from './told'

export const judgeAddedPhotos = (mailbox: Database.Database, told: Told): string | null => {
  const inDraft = prepared(mailbox, 'SELECT photo_id FROM draft_photo WHERE draft_id = ?').pluck()
  for (const [draftId, photos] of told.photos) {
    const there = inDraft.all(draftId)
    for (const photoId of photos) if (!there.includes(photoId)) return `I1: a photo that was added is gone from ${draftId}`
  }
  return null
}

export const judgeEachPhoto = (mailbox: Database.Database): string | null => {
  const held = new Set(prepared(mailbox, 'SELECT photo_id FROM draft_photo UNION SELECT photo_id FROM letter_photo UNION SELECT photo_id FROM imported_photo').pluck().all())
  for (const { id, bytes } of prepared(mailbox, 'SELECT id, bytes FROM photo').all() as { id: string; bytes: Buffer }[]) {
    if (sha256(bytes) !== id) return `I10: a photo is another one now: ${id}`
    if (!held.delete(id)) return `I17: a photo that nobody holds is kept: ${id}`
  }
  return held.size === 0 ? null : 'I10: a photo that somebody holds is gone'
}
