import { createHash } from 'node:crypto'
import type { Photo } from '../../contract/photos'
import type { StatementSource } from '../statements'

/** A photo on its way into the mailbox. */
export type NewPhoto = Pick<Photo, 'type' | 'width' | 'height'> & { readonly bytes: Uint8Array }

/** A photo lies here once; one that was lost with a damaged mailbox is whole again with its bytes. */
export const keepPhotoOnce = `INSERT INTO photo (id, type, width, height, bytes) VALUES (@id, @type, @width, @height, @bytes)
  ON CONFLICT DO UPDATE SET type = excluded.type, width = excluded.width, height = excluded.height, bytes = excluded.bytes WHERE length(photo.bytes) = 0`

/** What a photo is called here: the SHA-256 of its bytes, hex. */
export const photoIdOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const columns = 'p.id AS photoId, h.name, p.type, p.width, p.height, length(p.bytes) AS bytes'

/** Photos of drafts, letters and messages of older archives (migration 012): each lies here once and goes with the last that holds it. */
export const photoTable = (connection: StatementSource) => {
  const keep = connection.prepare(keepPhotoOnce)
  const one = connection.prepare('SELECT type, bytes FROM photo WHERE id = ? AND length(bytes) > 0')
  const lost = connection.prepare('SELECT 1 FROM photo WHERE id = ? AND length(bytes) = 0').pluck()
  const ofDraft = connection.prepare(`SELECT ${columns} FROM draft_photo h JOIN photo p ON p.id = h.photo_id WHERE h.draft_id = ? ORDER BY h.place`)
  const ofLetter = connection.prepare(`SELECT ${columns} FROM letter l JOIN letter_photo h ON h.letter_seq = l.seq JOIN photo p ON p.id = h.photo_id WHERE l.id = ? ORDER BY h.place`)
  const ofImported = connection.prepare(
    `SELECT ${columns} FROM imported_message m JOIN imported_photo h ON h.message_seq = m.seq JOIN photo p ON p.id = h.photo_id WHERE m.id = ? ORDER BY h.place`
  )
  const nextPlace = (holder: string, column: string): string => `(SELECT coalesce(max(place), 0) + 1 FROM ${holder} WHERE ${column} = @of)`
  const addToDraft = connection.prepare(
    `INSERT INTO draft_photo (draft_id, place, photo_id, name) VALUES (@of, ${nextPlace('draft_photo', 'draft_id')}, @photoId, @name) ON CONFLICT DO NOTHING`
  )
  const removeFromDraft = connection.prepare('DELETE FROM draft_photo WHERE draft_id = ? AND photo_id = ?')
  const copyDraft = connection.prepare('INSERT INTO draft_photo (draft_id, place, photo_id, name) SELECT ?, place, photo_id, name FROM draft_photo WHERE draft_id = ?')
  const copyLetter = connection.prepare(
    `INSERT INTO draft_photo (draft_id, place, photo_id, name) SELECT ?, h.place, h.photo_id, h.name FROM letter l JOIN letter_photo h ON h.letter_seq = l.seq
      JOIN photo p ON p.id = h.photo_id WHERE l.id = ? AND length(p.bytes) > 0`
  )
  const freeze = connection.prepare(
    'INSERT INTO letter_photo (letter_seq, place, photo_id, name) SELECT (SELECT seq FROM letter WHERE id = ?), place, photo_id, name FROM draft_photo WHERE draft_id = ?'
  )
  const addToImported = connection.prepare(
    `INSERT INTO imported_photo (message_seq, place, photo_id, name) VALUES (@of, ${nextPlace('imported_photo', 'message_seq')}, @photoId, @name) ON CONFLICT DO NOTHING`
  )
  const keepPhoto = ({ type, width, height, bytes }: NewPhoto): string => {
    const id = photoIdOf(bytes)
    keep.run({ id, type, width, height, bytes })
    return id
  }
  return {
    ofDraft: (draftId: string): readonly Photo[] => ofDraft.all(draftId) as Photo[],
    ofLetter: (letterId: string): readonly Photo[] => ofLetter.all(letterId) as Photo[],
    ofImported: (messageId: string): readonly Photo[] => ofImported.all(messageId) as Photo[],
    /** The photo itself; null when nothing here has it, or it was lost with a damaged mailbox. */
    read: (photoId: string): { readonly type: Photo['type']; readonly bytes: Uint8Array } | null =>
      (one.get(photoId) as { readonly type: Photo['type']; readonly bytes: Uint8Array } | undefined) ?? null,
    /** Whether no more than its name is left of it. */
    isLost: (photoId: string): boolean => lost.get(photoId) === 1,
    /** Puts it behind those that are there. @returns false when the draft has it already */
    addToDraft: (draftId: string, name: string, photo: NewPhoto): boolean => addToDraft.run({ of: draftId, photoId: keepPhoto(photo), name }).changes === 1,
    /** @returns false when the draft does not have it */
    removeFromDraft: (draftId: string, photoId: string): boolean => removeFromDraft.run(draftId, photoId).changes === 1,
    /** A draft gets the photos of another one, or those of a letter that are not lost. It has none yet. */
    copyFromDraft: (draftId: string, from: string): void => {
      copyDraft.run(draftId, from)
    },
    copyFromLetter: (draftId: string, letterId: string): void => {
      copyLetter.run(draftId, letterId)
    },
    /** A letter that is being confirmed gets the photos of its draft, for ever. */
    freeze: (letterId: string, draftId: string): void => {
      freeze.run(letterId, draftId)
    },
    /** @param messageSeq the message's number @returns false when the message has it already */
    addToImported: (messageSeq: number, name: string, photo: NewPhoto): boolean => addToImported.run({ of: messageSeq, photoId: keepPhoto(photo), name }).changes === 1
  }
}
