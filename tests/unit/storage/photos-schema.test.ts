/** What the schema itself holds about photos: those of a confirmed letter are what was confirmed, and none goes while somebody holds it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archiveIndex } from '../../../src-main/storage/mailbox/archive-index'
import { photoTable } from '../../../src-main/storage/mailbox/photos'
import type { Connection } from '../../../src-main/storage/open'
import { addContact, addDelivery, addDraft, addFacility, addLedgerLine, addLetter, openRawMailbox } from '../../support/mailbox-rows'
import { pngPhoto } from '../../support/photos'

let mailbox: Connection
beforeEach(() => {
  mailbox = openRawMailbox()
  addFacility(mailbox)
  addContact(mailbox)
  addDraft(mailbox)
  addLedgerLine(mailbox, 'purchase', 'purchase-key', 'outside', 'available', 20)
})
afterEach(() => void mailbox.close())

const photo = (shade: number) => ({ type: 'png' as const, width: 8, height: 8, bytes: pngPhoto(shade) })
const photosHere = (): number => mailbox.prepare('SELECT count(*) FROM photo').pluck().get() as number
const refuses = (sql: string, why: RegExp): void => {
  expect(() => mailbox.exec(sql)).toThrow(why)
  expect(mailbox.pragma('integrity_check', { simple: true })).toBe('ok')
}
const add = (shade: number, draftId = 'draft-1'): boolean => photoTable(mailbox).addToDraft(draftId, `photo ${shade}`, photo(shade))
/** A letter with the photos of its draft, confirmed and sent. */
const send = (letterId = 'letter-1'): void => {
  addLetter(mailbox, letterId)
  photoTable(mailbox).freeze(letterId, 'draft-1')
  addDelivery(mailbox, `d-${letterId}`, letterId, `k-${letterId}`)
  mailbox.exec(`UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = '${letterId}'; UPDATE delivery SET state = 'SENT', receipt = 'R-${letterId}' WHERE letter_id = '${letterId}'`)
}
const imported = (id: string): number => {
  mailbox.exec(`INSERT INTO import (id, file_name, format, state, begun_at) VALUES ('import-${id}', 'letters.mbox', 'mbox', 'running', 1)`)
  return mailbox
    .prepare(`INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, fingerprint)
      SELECT @id, max(seq), 'sent', NULL, 'Daniel', '448213', 'cedar-state', 'Cedar State', 's', 'b', 5, @id FROM import RETURNING seq`)
    .pluck()
    .get({ id }) as number
}

describe('a photo', () => {
  it.each(['id', 'type', 'width', 'height', 'bytes'])('cannot change: %s', (column) => {
    add(1)
    refuses(`UPDATE photo SET ${column} = ${column}`, /a photo cannot change/)
  })
  it('lies here once, however many hold it, under the hash of its bytes', () => {
    addDraft(mailbox, 'draft-2')
    expect([add(1), add(1), add(1, 'draft-2'), add(2)]).toEqual([true, false, true, true])
    expect(photosHere()).toBe(2)
    expect(photoTable(mailbox).ofDraft('draft-1').map(({ name }) => name)).toEqual(['photo 1', 'photo 2'])
  })
  it('has a name that is a hash, and a kind that letters take', () => {
    refuses(`INSERT INTO photo VALUES ('short', 'png', 1, 1, x'00')`, /CHECK/)
    refuses(`INSERT INTO photo VALUES ('${'a'.repeat(64)}', 'heic', 1, 1, x'00')`, /CHECK/)
  })
  it('that was lost is whole again with its bytes, and never another one', () => {
    add(1)
    const id = photoTable(mailbox).ofDraft('draft-1')[0]?.photoId ?? ''
    mailbox.exec(`DROP TRIGGER photo_fixed; UPDATE photo SET bytes = x'', width = 0, height = 0`)
    const trigger = openRawMailbox()
    mailbox.exec(trigger.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'photo_fixed'`).pluck().get() as string)
    trigger.close()
    expect(photoTable(mailbox).read(id)).toBeNull()
    refuses(`UPDATE photo SET id = '${'b'.repeat(64)}'`, /a photo cannot change/)
    add(1)
    expect(photoTable(mailbox).read(id)?.bytes).toEqual(pngPhoto(1))
    expect(photoTable(mailbox).ofDraft('draft-1')).toMatchObject([{ photoId: id, width: 8, bytes: pngPhoto(1).length }])
    refuses(`UPDATE photo SET bytes = x''`, /a photo cannot change/)
  })
})

describe('the photos of a confirmed letter', () => {
  it('are those of its draft in that moment, counted in the letter, and cannot change, go, or become more', () => {
    add(1)
    add(2)
    send()
    expect(photoTable(mailbox).ofLetter('letter-1').map(({ name }) => name)).toEqual(['photo 1', 'photo 2'])
    refuses(`UPDATE letter_photo SET name = 'other'`, /a confirmed letter cannot change/)
    refuses('UPDATE letter_photo SET place = place + 5', /a confirmed letter cannot change/)
    refuses('DELETE FROM letter_photo', /a confirmed letter cannot change/)
    add(3)
    refuses(`INSERT INTO letter_photo SELECT 1, 3, photo_id, name FROM draft_photo WHERE place = 3`, /a confirmed letter cannot change/)
    refuses('UPDATE letter SET photos = 1', /a confirmed letter cannot change/)
  })
  it('stay when the draft lets go of them, and its draft gets others', () => {
    add(1)
    send()
    const id = photoTable(mailbox).ofDraft('draft-1')[0]?.photoId ?? ''
    expect(photoTable(mailbox).removeFromDraft('draft-1', id)).toBe(true)
    expect(photosHere()).toBe(1)
    expect(photoTable(mailbox).read(id)?.bytes).toEqual(pngPhoto(1))
    refuses('DELETE FROM photo', /FOREIGN KEY/)
  })
  it('name photos that are here, in a place of their own, each once', () => {
    add(1)
    addLetter(mailbox)
    refuses(`INSERT INTO letter_photo VALUES (1, 1, '${'c'.repeat(64)}', 'nobody')`, /FOREIGN KEY/)
    photoTable(mailbox).freeze('letter-1', 'draft-1')
    refuses('INSERT INTO letter_photo SELECT letter_seq, 2, photo_id, name FROM letter_photo', /UNIQUE/)
    refuses(`INSERT INTO letter_photo SELECT letter_seq, place, photo_id, 'again' FROM letter_photo`, /UNIQUE/)
  })
})

describe('a photo goes with the last that holds it', () => {
  it('out of its last draft', () => {
    addDraft(mailbox, 'draft-2')
    add(1)
    add(1, 'draft-2')
    const id = photoTable(mailbox).ofDraft('draft-1')[0]?.photoId ?? ''
    photoTable(mailbox).removeFromDraft('draft-1', id)
    expect(photosHere()).toBe(1)
    photoTable(mailbox).removeFromDraft('draft-2', id)
    expect(photosHere()).toBe(0)
  })
  it('with its last imported message, and not while a draft or a letter has it too', () => {
    const photos = photoTable(mailbox)
    const messages = ['one', 'two'].map(imported)
    for (const seq of messages) for (const shade of [1, 2, 3]) photos.addToImported(seq, `photo ${shade}`, photo(shade))
    add(2)
    send()
    photos.removeFromDraft('draft-1', photos.ofDraft('draft-1')[0]?.photoId ?? '')
    add(3)
    expect(photos.ofImported('one')).toHaveLength(3)
    mailbox.exec(`DELETE FROM imported_message WHERE id = 'one'`)
    expect([photosHere(), mailbox.prepare('SELECT count(*) FROM imported_photo').pluck().get()]).toEqual([3, 3])
    mailbox.exec(`DELETE FROM imported_message WHERE id = 'two'`)
    expect(mailbox.prepare('SELECT count(*) FROM imported_photo').pluck().get()).toBe(0)
    expect([photos.ofLetter('letter-1'), photos.ofDraft('draft-1')].flat().map(({ name }) => name)).toEqual(['photo 2', 'photo 3'])
    expect(photosHere()).toBe(2)
    expect(mailbox.pragma('foreign_key_check')).toEqual([])
  })
})

it('the lists know which letters and imported messages have photos', () => {
  add(1)
  send()
  photoTable(mailbox).removeFromDraft('draft-1', photoTable(mailbox).ofDraft('draft-1')[0]?.photoId ?? '')
  send('letter-2')
  const seq = imported('one')
  photoTable(mailbox).addToImported(seq, 'photo', photo(5))
  imported('two')
  mailbox.exec(`UPDATE import SET state = 'done', ended_at = 9, messages = 1`)
  const index = archiveIndex(mailbox, (work) => mailbox.transaction(work)())
  expect([index.listImported(10), index.listImported(10)]).toEqual([1, 1])
  expect(mailbox.prepare(`SELECT kind, source, photos FROM archive ORDER BY kind, source`).raw().all()).toEqual([
    ['imported', seq, 1],
    ['imported', seq + 1, 0],
    ['letter', 1, 1],
    ['letter', 2, 0]
  ])
})
