/** Photos out of a damaged mailbox: with the letters, drafts and older messages they belong to; one whose bytes are lost never takes its letter with it. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archiveIndex } from '../../../src-main/storage/mailbox/archive-index'
import { checkTable } from '../../../src-main/storage/mailbox/checks'
import { photoTable } from '../../../src-main/storage/mailbox/photos'
import type { Connection } from '../../../src-main/storage/open'
import { bringBack } from '../../../src-main/storage/salvage/bring-back'
import { readableRows, type Row } from '../../../src-main/storage/salvage/rows'
import { canonicalLetter } from '../../../src-main/wire/canonical'
import { addContact, addDraft, addFacility, addLedgerLine, openRawMailbox } from '../../support/mailbox-rows'
import { pngPhoto } from '../../support/photos'

const photo = (shade: number) => ({ type: 'png' as const, width: 8, height: 8, bytes: pngPhoto(shade) })
const idOf = (shade: number): string => createHash('sha256').update(pngPhoto(shade)).digest('hex')
const hashOf = (letter: Parameters<typeof canonicalLetter>[0], stamps: number): string => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

const begin = (): Connection => {
  const mailbox = openRawMailbox()
  addFacility(mailbox)
  addContact(mailbox)
  addLedgerLine(mailbox, 'grant', 'g', 'outside', 'available', 50)
  return mailbox
}
/** A confirmed letter with photos, waiting, as the app makes one. */
const confirm = (mailbox: Connection, id: string, shades: readonly number[]): void => {
  addDraft(mailbox, `draft-${id}`)
  for (const shade of shades) photoTable(mailbox).addToDraft(`draft-${id}`, `photo ${shade}`, photo(shade))
  const words = { facilityId: 'cedar-state', number: '448213', subject: 'Psalm', body: `Letter ${id}`, prepaidReply: false }
  const stamps = 1 + shades.length
  const hash = hashOf({ ...words, photos: shades.map(idOf) }, stamps)
  mailbox.exec(`
    INSERT INTO letter (id, draft_id, contact_id, contact_name, facility_id, facility_name, number, subject, body, prepaid_reply, confirmed_at, photos)
      VALUES ('${id}', 'draft-${id}', 'contact-1', 'Daniel Reyes', 'cedar-state', 'Cedar State', '448213', 'Psalm', 'Letter ${id}', 0, 86400000, ${shades.length});
    INSERT INTO confirmation (letter_id, payload_hash, stamps, at) VALUES ('${id}', '${hash}', ${stamps}, 5);`)
  photoTable(mailbox).freeze(id, `draft-${id}`)
  mailbox.exec(`
    INSERT INTO delivery VALUES ('v-${id}', '${id}', 'k-${id}', '${hash}', 'TX', 'stamp', ${stamps}, 'QUEUED', 0, 5, NULL);
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'reserve', 'k-${id}', 'available', 'reserved', ${stamps}, 1);
    INSERT INTO letter_status (letter_id, state, since) VALUES ('${id}', 'queued', 5);
    INSERT INTO letter_event (letter_seq, state, at) SELECT seq, 'queued', 5 FROM letter WHERE id = '${id}';
    UPDATE draft SET state = 'sent', closed_at = 5 WHERE id = 'draft-${id}';`)
}
const send = (mailbox: Connection, id: string, shades: readonly number[]): void => {
  confirm(mailbox, id, shades)
  mailbox.exec(`
    UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE letter_id = '${id}';
    UPDATE delivery SET state = 'SENT', receipt = 'R-${id}' WHERE letter_id = '${id}';
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at) VALUES ('TX', 'post', 'k-${id}', 'reserved', 'spent', ${1 + shades.length}, 2);
    UPDATE letter_status SET state = 'submitted' WHERE letter_id = '${id}';
    INSERT INTO letter_event (letter_seq, state, at) SELECT seq, 'submitted', 6 FROM letter WHERE id = '${id}';`)
}
/** A message of an older archive with one photo. */
const bringIn = (mailbox: Connection, id: string, shade: number): void => {
  mailbox.exec(`INSERT INTO import (id, file_name, format, state, begun_at) VALUES ('i-${id}', 'old.mbox', 'mbox', 'running', 1);
    INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, fingerprint)
      SELECT '${id}', max(seq), 'sent', 'contact-1', 'Daniel', '448213', 'cedar-state', 'Cedar State', 's', 'Long ago', 5000, '${id}' FROM import;`)
  photoTable(mailbox).addToImported(mailbox.prepare('SELECT seq FROM imported_message WHERE id = ?').pluck().get(id) as number, `photo ${shade}`, photo(shade))
  mailbox.exec(`UPDATE import SET state = 'done', ended_at = 9, messages = 1 WHERE id = 'i-${id}'`)
}

let damaged: Connection
let target: Connection
beforeEach(() => {
  damaged = begin()
  target = openRawMailbox()
})
afterEach(() => {
  damaged.close()
  target.close()
})

type Harm = Readonly<Record<string, (rows: readonly Row[]) => readonly Row[]>>
/** What the file still gives: the counts and figures are made anew. */
const salvage = (harm: Harm = {}): ReturnType<typeof bringBack> =>
  bringBack(target, (table) => (/^(archive|figure)/u.test(table) ? [] : (harm[table] ?? ((rows) => rows))([...readableRows(damaged, table)])), 20)
const allGone = (): readonly Row[] => []
const without = (shade: number) => (rows: readonly Row[]) => rows.filter((row) => row['id'] !== idOf(shade))
const names = (photos: readonly { readonly name: string }[]): readonly string[] => photos.map(({ name }) => name)
const photosHere = (): number => target.prepare('SELECT count(*) FROM photo').pluck().get() as number
const stateOf = (id: string): unknown => target.prepare('SELECT state, receipt FROM delivery WHERE letter_id = ?').raw().get(id)

/** Nothing that the app looks at would stop sending. */
const findsNothing = (): void => {
  const checks = checkTable(target, target)
  for (const letter of checks.lettersAfter(0, 100)) expect(hashOf(letter, letter.stamps ?? 0), letter.letterId).toBe(letter.payloadHash)
  for (let next = checks.photoAfter(0); next !== null; next = checks.photoAfter(next.place)) expect(next.isItself).toBe(true)
  expect(target.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(target.pragma('foreign_key_check')).toEqual([])
}

describe('of a sent letter', () => {
  it('all its photos, in their order, with their bytes', () => {
    send(damaged, 'one', [1, 2, 3])
    send(damaged, 'two', [2])
    send(damaged, 'none', [])
    expect(salvage()).toMatchObject({ letters: 3, unsent: 0, drafts: 0 })
    const photos = photoTable(target)
    expect(names(photos.ofLetter('one'))).toEqual(['photo 1', 'photo 2', 'photo 3'])
    expect(names(photos.ofLetter('two'))).toEqual(['photo 2'])
    expect(photos.ofLetter('none')).toEqual([])
    for (const shade of [1, 2, 3]) expect(photos.read(idOf(shade))?.bytes).toEqual(pngPhoto(shade))
    expect(photosHere()).toBe(3)
    expect(target.prepare(`SELECT l.id, a.photos FROM archive a JOIN letter l ON l.seq = a.source ORDER BY 1`).raw().all()).toEqual([['none', 0], ['one', 1], ['two', 1]])
    findsNothing()
  })

  it('whose bytes are lost, or are those of something else: the letter is sent all the same, with its words, its receipt and its history', () => {
    send(damaged, 'one', [1, 2, 3])
    const spoilt = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row['id'] !== idOf(1)).map((row) => (row['id'] === idOf(2) ? { ...row, bytes: pngPhoto(9) } : row))
    expect(salvage({ photo: spoilt })).toMatchObject({ letters: 1, unsent: 0 })
    expect(stateOf('one')).toEqual(['SENT', 'R-one'])
    expect(target.prepare('SELECT state FROM letter_event ORDER BY seq').pluck().all()).toEqual(['queued', 'submitted'])
    expect(target.prepare('SELECT available, reserved, spent FROM wallet_balance').raw().get()).toEqual([46, 0, 4])
    const photos = photoTable(target)
    expect(photos.ofLetter('one').map(({ name, bytes }) => [name, bytes > 0])).toEqual([['photo 1', false], ['photo 2', false], ['photo 3', true]])
    expect([1, 2, 9].map((shade) => photos.read(idOf(shade)))).toEqual([null, null, null])
    findsNothing()
    // Written again, it takes those that are there; put into any draft again, a lost one is whole for every letter.
    addDraft(target, 'again')
    photos.copyFromLetter('again', 'one')
    expect(names(photos.ofDraft('again'))).toEqual(['photo 3'])
    photos.addToDraft('again', 'found', photo(1))
    expect(photos.ofLetter('one')[0]?.bytes).toBe(pngPhoto(1).length)
    expect(photos.read(idOf(1))?.bytes).toEqual(pngPhoto(1))
  })

  it('named by its closed draft, where the letter’s own list of them is lost, in part or whole', () => {
    send(damaged, 'one', [1, 2])
    send(damaged, 'two', [3])
    const partly = (rows: readonly Row[]): readonly Row[] => rows.slice(1, 2)
    expect(salvage({ letter_photo: partly })).toMatchObject({ letters: 2, unsent: 0 })
    expect(names(photoTable(target).ofLetter('one'))).toEqual(['photo 1', 'photo 2'])
    expect(names(photoTable(target).ofLetter('two'))).toEqual(['photo 3'])
    findsNothing()
  })

  it('which nothing names any more: it is not what was confirmed, so its words come as a draft, and sending does not stop over it', () => {
    send(damaged, 'one', [1, 2])
    send(damaged, 'two', [3])
    const ofTheFirst = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row['photo_id'] !== idOf(2))
    expect(salvage({ letter_photo: ofTheFirst, draft_photo: ofTheFirst })).toMatchObject({ letters: 1, unsent: 1 })
    expect(target.prepare(`SELECT d.state, t.body FROM draft d JOIN draft_text t ON t.draft_id = d.id WHERE d.id = 'draft-one' ORDER BY t.slot DESC`).raw().get()).toEqual(['open', 'Letter one'])
    expect(names(photoTable(target).ofDraft('draft-one'))).toEqual(['photo 1'])
    expect(photosHere()).toBe(2)
    findsNothing()
  })

  it('stays where the copy has it, though the damaged file has lost it', () => {
    send(target = begin(), 'one', [1])
    send(damaged, 'one', [1])
    send(damaged, 'two', [1])
    expect(salvage({ photo: allGone })).toMatchObject({ letters: 1 })
    expect(photoTable(target).ofLetter('two')).toMatchObject([{ name: 'photo 1', bytes: pngPhoto(1).length }])
    findsNothing()
  })
})

describe('of what a person goes on with', () => {
  it('a letter that was waiting is a draft with its photos; one whose bytes are lost is not in it', () => {
    confirm(damaged, 'one', [1, 2])
    expect(salvage({ photo: without(1) })).toMatchObject({ letters: 0, unsent: 1 })
    expect(names(photoTable(target).ofDraft('draft-one'))).toEqual(['photo 2'])
    expect(photosHere()).toBe(1)
    findsNothing()
  })

  it('a draft comes with its photos; one that the copy has keeps its own and gets the newer ones behind them', () => {
    target = begin()
    addDraft(target, 'kept')
    photoTable(target).addToDraft('kept', 'photo 1', photo(1))
    for (const id of ['kept', 'fresh']) addDraft(damaged, id)
    for (const shade of [2, 1]) photoTable(damaged).addToDraft('kept', `photo ${shade}`, photo(shade))
    for (const shade of [3, 4]) photoTable(damaged).addToDraft('fresh', `photo ${shade}`, photo(shade))
    salvage({ photo: without(4) })
    expect(names(photoTable(target).ofDraft('kept'))).toEqual(['photo 1', 'photo 2'])
    expect(names(photoTable(target).ofDraft('fresh'))).toEqual(['photo 3'])
    findsNothing()
  })

  it('messages of older archives come with theirs, and are found by them', () => {
    target = begin()
    bringIn(target, 'copied', 1)
    bringIn(damaged, 'copied', 1)
    bringIn(damaged, 'newer', 2)
    bringIn(damaged, 'lost', 3)
    salvage({ photo: without(3) })
    const photos = photoTable(target)
    expect(['copied', 'newer', 'lost'].map((id) => photos.ofImported(id).map(({ name, bytes }) => [name, bytes > 0]))).toEqual([[['photo 1', true]], [['photo 2', true]], [['photo 3', false]]])
    const index = archiveIndex(target, (work) => target.transaction(work)())
    while (index.listImported(10) > 0);
    expect(target.prepare(`SELECT photos FROM archive WHERE kind = 'imported'`).pluck().all()).toEqual([1, 1, 1])
    findsNothing()
  })

  it('of a file from before there were photos nothing is missing', () => {
    send(damaged, 'one', [])
    const older = (rows: readonly Row[]): readonly Row[] => rows.map(({ photos: _photos, ...row }) => row)
    expect(salvage({ letter: older, photo: allGone, letter_photo: allGone, draft_photo: allGone, imported_photo: allGone })).toMatchObject({ letters: 1, unsent: 0 })
    findsNothing()
  })
})
