/** A profile that seed-archive fills is one the app could have written: whole, found by its words, and gone on with after an interruption. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSeeded, seedArchive, type Seeded } from '../../../scripts/seed/seed'
import { checkFrom, nothingVerified } from '../../../src-main/app/invariants'
import { canonicalLetter } from '../../../src-main/wire/canonical'

/** More than one transaction of the seed holds. */
const letters = 5_100
const login = { email: 'maria@parish.org', password: 'Lantern7oak' }
const folder = fileURLToPath(new URL('../../..', import.meta.url))
const letterHash = (letter: Parameters<typeof canonicalLetter>[0], stamps: number): string => createHash('sha256').update(canonicalLetter(letter, stamps)).digest('hex')

let profileDir: string
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), 'epistle-seed-'))
  mkdirSync(join(profileDir, 'mailboxes'))
})
afterEach(() => rmSync(profileDir, { recursive: true, force: true }))

/** @param stopAfter how many transactions it may write */
const seedUntil = (stopAfter: number): Promise<Seeded> => {
  let asked = 0
  return seedArchive({ profileDir, letters, seed: '1', login, folder, cost: 'quick', progress: () => undefined, stopped: () => (asked += 1) > stopAfter })
}

it('goes on where it was stopped, keeps every rule of the records, and leaves every letter findable', async () => {
  const stopped = await seedUntil(1)
  expect(stopped.written).toBeGreaterThan(0)
  expect(stopped.written).toBeLessThan(letters)
  expect(await seedUntil(9)).toMatchObject({ written: letters, wanted: letters })

  const { mailbox } = await openSeeded(profileDir, login.password, 'quick')
  try {
    const { archive, archiveSearch, archiveIndex } = mailbox
    expect(archive.total('sent') + archive.total('inbox')).toBe(letters)
    expect([mailbox.isWhole(), archiveIndex.isDue()]).toEqual([true, false])
    const looking = checkFrom(mailbox, mailbox.meta.get('accountId') ?? '', letterHash, nothingVerified)
    let step = looking.next()
    while (step.done !== true) step = looking.next()
    expect(step.value).toHaveProperty('point')

    const found = (word: string): number => archiveSearch.look({ words: { all: word === '' ? [] : [{ word, open: false }], none: [] }, filter: anything, before: 1e12 }, 100_000).found.length
    expect(found(''), 'every entry is in the index of words').toBe(letters)
    expect(found('grandmother'), 'the psalm for Daniel').toBe(1)
    const withPhotos = archiveSearch.look({ words: { all: [], none: [] }, filter: { ...anything, photos: true }, before: 1e12 }, 100_000).found.length
    expect(withPhotos, 'one in forty, where photos are taken').toBeGreaterThan(letters / 300)
    expect(withPhotos).toBeLessThan(letters / 30)
    for (let photo = mailbox.checks.photoAfter(0); photo !== null; photo = mailbox.checks.photoAfter(photo.place)) expect(photo.isItself).toBe(true)
    const [daniel] = mailbox.contacts.list()
    mailbox.replies.insert({ messageId: 'new', serviceSeq: 9_999_999, letterId: null, contactId: null, senderName: 'X', facilityId: daniel?.facilityId ?? '', number: daniel?.number ?? '', subject: 'New', body: 'A xylophone', receivedAt: 1 })
    expect(found('xylophone'), 'what comes afterwards is found at once').toBe(1)
  } finally {
    mailbox.close()
  }
}, 240_000)

const anything = { boxes: ['sent', 'inbox'], people: null, states: null, unread: false, flagged: false, stamps: null, photos: false, from: -1e12, until: 1e12 } as const
