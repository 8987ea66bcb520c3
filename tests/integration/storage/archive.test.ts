/** Lists and search stand on rows that triggers keep: they must say what a plain look at the letters says, on any data. */
import * as fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FacilityRules } from '@contract/facility'
import type { LetterState } from '@contract/views'
import { indexPart, parseSearch, searchTest } from '../../../src-main/rules/search-query'
import { migrate } from '../../../src-main/storage/migrate'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openMailbox, type Mailbox } from '../../../src-main/storage/mailbox'
import type { ArchiveBox, ArchiveEntry } from '../../../src-main/storage/mailbox/archive'
import type { ArchiveFilter } from '../../../src-main/storage/mailbox/archive-search'
import { openConnection } from '../../../src-main/storage/open'

const people = [
  { contactId: 'c0', facilityId: 'cedar-state', number: '448213', firstName: 'Daniel', lastName: 'Reyes' },
  { contactId: 'c1', facilityId: 'cedar-state', number: '448214', firstName: 'José', lastName: 'Ortega' },
  { contactId: 'c2', facilityId: 'bay-state-prison', number: 'K012345', firstName: 'Zoë', lastName: 'Ångström' }
] as const
const words = ['the', 'psalm', 'for', 'Daniel', 'shepherd', 'José', 'rain', 'garden', 'ÉTÉ', 'Psalms', 'q', 'x'] as const
const states = ['submitted', 'held', 'delivered', 'rejected', 'replied'] as const satisfies readonly LetterState[]

type Given = {
  readonly kind: 'letter' | 'reply'
  readonly person: number
  readonly body: readonly string[]
  readonly at: number
  readonly state: LetterState
  readonly read: boolean
  readonly stamps: number
  readonly gone: boolean
}
const given: fc.Arbitrary<Given> = fc.record({
  kind: fc.constantFrom('letter', 'reply'),
  person: fc.nat(people.length - 1),
  body: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }),
  // Few different seconds, spread over months, so that many share one.
  at: fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 3 })).map(([month, second]) => Date.UTC(2024, month, 28, 23, 59, 58 + second)),
  state: fc.constantFrom(...states),
  read: fc.boolean(),
  stamps: fc.integer({ min: 0, max: 3 }),
  gone: fc.boolean()
})

const put = (mailbox: Mailbox, { kind, person, body, at, state, read, stamps, gone }: Given, index: number): void => {
  const who = people[person] ?? people[0]
  const text = { subject: `Letter ${index}`, body: body.join(' ') }
  mailbox.transaction(() => {
    if (kind === 'reply') {
      mailbox.replies.insert({ messageId: `r${index}`, serviceSeq: index + 1, letterId: null, contactId: who.contactId, senderName: who.number, facilityId: who.facilityId, number: who.number, ...text, receivedAt: at })
      if (read) mailbox.replies.markRead(`r${index}`, at + 1)
      return
    }
    const letterId = `l${index}`
    mailbox.drafts.create(`d${index}`, { contactId: who.contactId, ...text, prepaidReply: false }, null, at)
    mailbox.letters.insert(
      { letterId, draftId: `d${index}`, contactId: who.contactId, contactName: `${who.firstName} ${who.lastName}`, facilityId: who.facilityId, facilityName: 'Somewhere', number: who.number, ...text, prepaidReply: false, confirmedAt: at },
      { payloadHash: '0'.repeat(64), stamps }
    )
    mailbox.deliveries.insert({ deliveryId: `v${index}`, letterId, key: `k${index}`, payloadHash: '0'.repeat(64), walletId: 'TX', unit: 'stamp', stamps, at })
    mailbox.letters.moveTo(letterId, 'queued', at, null)
    if (!gone) return
    mailbox.deliveries.markSending(`v${index}`)
    mailbox.letters.moveTo(letterId, 'sending', at, null)
    mailbox.deliveries.markSent(`v${index}`, `R-${index}`)
    mailbox.letters.moveTo(letterId, 'submitted', at, null)
    if (state !== 'submitted') mailbox.letters.moveTo(letterId, state, at, null)
  })
}
const putPeople = (mailbox: Mailbox): void => {
  for (const id of ['cedar-state', 'bay-state-prison']) mailbox.facilities.put({ id, name: id } as FacilityRules, 1)
  people.forEach((person) => mailbox.contacts.put({ ...person, status: 'active', standing: 'ready', addedAt: 1 }))
}

const anything: ArchiveFilter = { boxes: ['sent', 'inbox'], people: null, states: null, unread: false, flagged: false, stamps: null, photos: false, from: -1e12, until: 1e12 }
const idOf = ({ kind, source }: ArchiveEntry, mailbox: Mailbox): string =>
  kind === 'letter' ? (mailbox.letters.several([source])[0]?.letterId ?? '') : (mailbox.replies.several([source])[0]?.messageId ?? '')
const shown = (all: readonly Given[]): readonly { readonly id: string; readonly box: ArchiveBox; readonly text: string; readonly it: Given }[] =>
  all.flatMap((it, index) => {
    if (it.kind === 'letter' && !it.gone) return []
    const who = people[it.person] ?? people[0]
    return [{ id: it.kind === 'letter' ? `l${index}` : `r${index}`, box: it.kind === 'letter' ? 'sent' : 'inbox', text: `Letter ${index}\n${it.body.join(' ')}\n${who.firstName} ${who.lastName}`, it }] as const
  })

let mailbox: Mailbox
const fill = (all: readonly Given[]): void => {
  mailbox = openMailbox(':memory:', 1)
  putPeople(mailbox)
  all.forEach((each, index) => put(mailbox, each, index))
}
const many = fc.array(given, { maxLength: 60 })

// Hundreds of mailboxes are made here, which takes its time on a busy machine.
const patience = 240_000

describe('lists', { timeout: patience }, () => {
  it('every page of every list is what sorting the letters would give', () => {
    fc.assert(
      fc.property(many, fc.nat(70), fc.integer({ min: 1, max: 20 }), (all, offset, limit) => {
        fill(all)
        for (const box of ['sent', 'inbox'] as const) {
          const expected = shown(all).filter((entry) => entry.box === box)
          expect(mailbox.archive.total(box)).toBe(expected.length)
          expect(mailbox.archive.months(box).reduce((sum, { entries }) => sum + entries, 0)).toBe(expected.length)
          const whole = mailbox.archive.byTime(box, 0, 100).map((entry) => idOf(entry, mailbox))
          expect([...whole].sort()).toEqual(expected.map(({ id }) => id).sort())
          const times = whole.map((id) => expected.find((entry) => entry.id === id)?.it.at ?? NaN)
          // Entries of one second stand on the next free ones, so a crowd may reach some seconds into its neighbours.
          times.slice(1).forEach((at, index) => expect(at).toBeLessThanOrEqual((times[index] ?? NaN) + 60_000))
          expect(mailbox.archive.byTime(box, offset, limit).map((entry) => idOf(entry, mailbox))).toEqual(whole.slice(offset, offset + limit))
          for (const { person, number, entries } of mailbox.archive.people(box)) {
            const theirs = expected.filter(({ it }) => people[it.person]?.number === number)
            expect(entries).toBe(theirs.length)
            expect(mailbox.archive.ofPerson(box, person, offset, limit).length).toBe(Math.max(0, Math.min(limit, theirs.length - offset)))
          }
        }
        expect(mailbox.archive.total('unread')).toBe(all.filter((each) => each.kind === 'reply' && !each.read).length)
        mailbox.close()
      }),
      { numRuns: 30 }
    )
  })
})

describe('search', { timeout: patience }, () => {
  const piece = fc.oneof(fc.constantFrom(...words), fc.constantFrom('"the psalm"', '-psalm', '-"for daniel"', 'ps', 'psal', 'shep', 'dani', 'jose', '"psalm for', 'reyes', 'angstrom', 'ete', 'letter', '-x'))
  const query = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))

  it('finds what reading every letter finds, with every filter', () => {
    fc.assert(
      fc.property(many, query, fc.record({ box: fc.constantFrom('sent', 'inbox', 'both'), who: fc.option(fc.nat(2)), state: fc.option(fc.constantFrom(...states)), unread: fc.boolean(), month: fc.option(fc.nat(14)) }), (all, typed, choice) => {
        fill(all)
        const parsed = parseSearch(typed)
        const test = searchTest(parsed)
        const { all: wanted, none, read } = indexPart(parsed)
        const person = choice.who === null ? null : mailbox.archive.personOf(people[choice.who]?.contactId ?? '')
        const month = choice.month === null ? null : { from: Date.UTC(2024, choice.month, 1) / 1000, until: Date.UTC(2024, choice.month + 1, 1) / 1000 }
        const filter: ArchiveFilter = {
          ...anything,
          boxes: choice.box === 'both' ? ['sent', 'inbox'] : [choice.box as ArchiveBox],
          people: choice.who === null ? null : person === null ? [] : [person],
          states: choice.state === null ? null : [choice.state],
          unread: choice.unread,
          ...(month ?? {})
        }
        fc.pre(filter.people?.length !== 0)
        const found = mailbox.archiveSearch
          .look({ words: { all: wanted, none }, filter, before: 1e12 }, 200)
          .found.filter(({ id }) => {
            const text = mailbox.archiveSearch.words(id)
            const answers = test(`${text?.subject}\n${text?.body}\n${text?.name}\n${text?.note}`)
            if (!read) expect(answers, 'the index alone is sure').toBe(true)
            return answers
          })
          .map((entry) => ({ ...entry, name: idOf(entry, mailbox) }))
        const inMonth = ({ it }: { it: Given }): boolean => choice.month === null || Math.abs(new Date(it.at).getUTCMonth() + 12 * (new Date(it.at).getUTCFullYear() - 2024) - choice.month) === 0
        const expected = shown(all).filter(
          (entry) =>
            test(entry.text) &&
            (choice.box === 'both' || entry.box === choice.box) &&
            (choice.who === null || entry.it.person === choice.who) &&
            (choice.state === null || (entry.it.kind === 'letter' && entry.it.state === choice.state)) &&
            (!choice.unread || (entry.it.kind === 'reply' && !entry.it.read))
        )
        const names = found.map(({ name }) => name)
        // A crowd in the last second of a month reaches into the next one; apart from that the two agree.
        const sure = (entry: { id: string; it: Given }): boolean => choice.month === null || all.filter(({ at }) => Math.abs(at - entry.it.at) < 120_000).length < 2
        for (const entry of expected.filter(sure)) expect(names.includes(entry.id), `${typed}: ${entry.id} ${entry.text}`).toBe(inMonth(entry))
        if (choice.month === null) expect([...names].sort()).toEqual(expected.map(({ id }) => id).sort())
        expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).sort((a, b) => b - a))
        // The same filters without the index: entries are read instead.
        const read2 = mailbox.archiveSearch.look({ words: null, filter, before: 1e12 }, 200).found.filter(({ id }) => {
          const text = mailbox.archiveSearch.words(id)
          return test(`${text?.subject}\n${text?.body}\n${text?.name}\n${text?.note}`)
        })
        expect(read2.map(({ id }) => id)).toEqual(found.map(({ id }) => id))
        mailbox.close()
      }),
      { numRuns: 60 }
    )
  })

  it('a look that is cut short goes on where it ended, and finds the same', () => {
    fill(Array.from({ length: 300 }, (_, index): Given => ({ kind: index % 3 === 0 ? 'reply' : 'letter', person: 0, body: [index % 2 === 0 ? 'psalm' : 'rain'], at: 1e12 + index * 1_000, state: 'delivered', read: false, stamps: 0, gone: true })))
    const words = { all: [{ word: 'psalm', open: false }], none: [] }
    for (const filter of [anything, { ...anything, boxes: ['sent'] as const }, { ...anything, boxes: ['inbox'] as const, unread: true }]) {
      for (const asked of [words, null]) {
        const whole = mailbox.archiveSearch.look({ words: asked, filter, before: 1e12 }, 1_000).found
        expect(whole.length).toBeGreaterThan(40)
        const parts: ArchiveEntry[] = []
        let looks = 0
        for (let before: number | null = 1e12; before !== null; looks += 1) {
          const part = mailbox.archiveSearch.look({ words: asked, filter, before }, 1_000, () => true, () => true)
          parts.push(...part.found)
          before = part.next
        }
        expect(parts).toEqual(whole)
        expect(looks, 'each is over at its first look at the clock').toBeGreaterThan(1)
      }
    }
    mailbox.close()
  })

  it('no text at all is an error to the index', () => {
    fill([{ kind: 'reply', person: 0, body: ['psalm'], at: 1e12, state: 'held', read: false, stamps: 0, gone: true }])
    const strange = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom('NEAR(', '"', '%', '*', "'", '-', '^', ':', '{', '}', '+', 'AND', 'OR', 'NOT', '(', ')', 'a', 'é', '\u0301', '😀', '\ud800', '\0', '\ue000', '한', 'ﬁ', 'ª', '𝔘', ' ')).map((parts) => parts.join('')),
      fc.integer({ min: 1, max: 5_000 }).map((length) => 'a-"'.repeat(length / 3))
    )
    fc.assert(
      fc.property(strange, (typed) => {
        const { all, none } = indexPart(parseSearch(typed))
        mailbox.archiveSearch.look({ words: { all, none }, filter: anything, before: 1e12 }, 10)
      }),
      { numRuns: 800 }
    )
    // Every letter of the blocks the index is trusted with, alone and after another one, is one word to SQLite as well.
    for (let code = 0x20; code < 0xd7b0; code += 1) {
      const { all, none } = indexPart(parseSearch(`a${String.fromCharCode(code)}b`))
      mailbox.archiveSearch.look({ words: { all, none }, filter: anything, before: 1e12 }, 1)
    }
    mailbox.close()
  })

  it('a name that comes later, or changes, is found after the next slice', () => {
    mailbox = openMailbox(':memory:', 1)
    mailbox.facilities.put({ id: 'cedar-state', name: 'x' } as FacilityRules, 1)
    mailbox.replies.insert({ messageId: 'r', serviceSeq: 1, letterId: null, contactId: null, senderName: '448213', facilityId: 'cedar-state', number: '448213', subject: 's', body: 'b', receivedAt: 5_000 })
    const hits = (word: string): number => mailbox.archiveSearch.look({ words: { all: [{ word, open: false }], none: [] }, filter: anything, before: 1e12 }, 5).found.length
    expect([hits('448213'), hits('daniel'), mailbox.archiveIndex.isDue()]).toEqual([1, 0, false])
    const daniel = { contactId: 'c', facilityId: 'cedar-state', number: '448213', firstName: 'Daniel', lastName: 'Reyes', status: 'active', standing: 'ready', addedAt: 1 } as const
    mailbox.contacts.put(daniel)
    expect([mailbox.archiveSearch.countDue(), mailbox.archiveIndex.step(10), mailbox.archiveSearch.countDue()]).toEqual([1, 1, 0])
    expect([hits('daniel'), hits('reyes'), hits('b')]).toEqual([1, 1, 1])
    mailbox.contacts.put({ ...daniel, lastName: 'Rey' })
    mailbox.archiveIndex.step(10)
    expect([hits('reyes'), hits('rey')]).toEqual([0, 1])
    mailbox.contacts.put({ ...daniel, lastName: 'Rey' })
    expect(mailbox.archiveIndex.isDue(), 'the same name again is nothing to do').toBe(false)
    mailbox.close()
  })
})

describe('flags, notes and what is put away', () => {
  it('follow the letter they belong to', () => {
    const letter = { kind: 'letter', person: 0, body: ['psalm'], at: 1e12, state: 'delivered', read: false, stamps: 1, gone: true } as const
    fill([letter, { ...letter, kind: 'reply' }])
    const names = (filter: Partial<ArchiveFilter>, word?: string): readonly string[] =>
      mailbox.archiveSearch.look({ words: word === undefined ? null : { all: [{ word, open: false }], none: [] }, filter: { ...anything, ...filter }, before: 1e12 }, 10).found.map((entry) => idOf(entry, mailbox)).sort()
    expect(names({ flagged: true })).toEqual([])
    mailbox.marks.setFlagged({ kind: 'letter', id: 'l0' }, 5)
    mailbox.marks.setFlagged({ kind: 'reply', id: 'r1' }, 6)
    expect(names({ flagged: true })).toEqual(['l0', 'r1'])
    mailbox.marks.setFlagged({ kind: 'reply', id: 'r1' }, null)
    expect(names({ flagged: true })).toEqual(['l0'])

    mailbox.marks.setArchived({ kind: 'letter', id: 'l0' }, 7)
    expect([mailbox.archive.total('sent'), mailbox.archive.byTime('sent', 0, 9).length, names({ boxes: ['sent'] }), names({ boxes: ['sentAway'] })]).toEqual([0, 0, [], ['l0']])
    mailbox.marks.setArchived({ kind: 'letter', id: 'l0' }, null)
    expect([mailbox.archive.total('sent'), names({ boxes: ['sent'] }), names({ boxes: ['sentAway'] })]).toEqual([1, ['l0'], []])

    mailbox.notes.put({ kind: 'reply', id: 'r1' }, { revision: 1, text: 'His mother has a new quilt', before: null, savedAt: 8 })
    expect([names({}, 'quilt'), names({}, 'psalm')]).toEqual([['r1'], ['l0', 'r1']])
    mailbox.notes.put({ kind: 'reply', id: 'r1' }, { revision: 2, text: 'His mother is well', before: null, savedAt: 9 })
    expect([names({}, 'quilt'), names({}, 'well'), names({}, 'psalm')]).toEqual([[], ['r1'], ['l0', 'r1']])
    mailbox.close()
  })
})

describe('a mailbox from before there was an archive', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'epistle-archive-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('has every letter in its lists at once, and finds them by their words slice by slice', () => {
    const all = fc.sample(given, { numRuns: 200, seed: 11 })
    const file = join(folder, 'old.db')
    // What an earlier version wrote: the newest version's rows, with everything this step added taken out again.
    const number = mailboxMigrations.findIndex(({ name }) => name === 'archive')
    const old = openConnection(file)
    migrate(old, mailboxMigrations.slice(0, number), 1, () => undefined)
    fill(all)
    copyRows(mailbox, old)
    old.close()

    const opened = openMailbox(file, 2)
    const sorted = (box: ArchiveBox, of: Mailbox): readonly string[] => of.archive.byTime(box, 0, 500).map((entry) => idOf(entry, of)).sort()
    for (const box of ['sent', 'inbox'] as const) {
      expect(sorted(box, opened)).toEqual(sorted(box, mailbox))
      expect(opened.archive.total(box)).toBe(mailbox.archive.total(box))
      expect(opened.archive.people(box).map(({ number: of, entries }) => [of, entries]).sort()).toEqual(mailbox.archive.people(box).map(({ number: of, entries }) => [of, entries]).sort())
    }
    expect(opened.archive.total('unread')).toBe(mailbox.archive.total('unread'))
    const psalms = (of: Mailbox): readonly string[] => of.archiveSearch.look({ words: { all: [{ word: 'psalm', open: false }], none: [] }, filter: anything, before: 1e12 }, 500).found.map((entry) => idOf(entry, of)).sort()
    const total = opened.archive.total('sent') + opened.archive.total('inbox')
    expect([opened.archiveSearch.countDue(), psalms(opened).length]).toEqual([total, 0])
    expect(opened.archiveIndex.step(50)).toBe(50)
    expect(opened.archiveSearch.countDue()).toBe(total - 50)
    while (opened.archiveIndex.isDue()) opened.archiveIndex.step(50)
    expect(psalms(opened)).toEqual(psalms(mailbox))
    expect(psalms(opened).length).toBeGreaterThan(10)
    opened.close()
    mailbox.close()
  })
})

/** The rows of the tables an earlier version had. */
const copyRows = (from: Mailbox, to: ReturnType<typeof openConnection>): void => {
  to.pragma('foreign_keys = OFF')
  const entries = (['sent', 'inbox'] as const).flatMap((box) => from.archive.byTime(box, 0, 500))
  const replies = from.replies.several(entries.filter(({ kind }) => kind === 'reply').map(({ source }) => source))
  const letters = from.letters.several(entries.filter(({ kind }) => kind === 'letter').map(({ source }) => source))
  people.forEach((person) =>
    to.prepare(`INSERT INTO contact VALUES (@contactId, @facilityId, @number, @firstName, @lastName, 'active', 'ready', 1, NULL)`).run(person)
  )
  for (const reply of replies)
    to.prepare('INSERT INTO reply VALUES (@seq, @messageId, @seq, @letterId, @contactId, @number, @facilityId, @number, @subject, @body, @receivedAt, @readAt)').run(reply)
  for (const letter of letters) {
    to.prepare(
      'INSERT INTO letter VALUES (@seq, @letterId, @draftId, @contactId, @contactName, @facilityId, @facilityName, @number, @subject, @body, 0, @confirmedAt)'
    ).run({ ...letter, prepaidReply: 0 })
    const row = { ...letter, prepaidReply: 0 }
    to.prepare(`INSERT INTO delivery VALUES ('v' || @seq, @letterId, 'k' || @seq, printf('%064d', 0), 'TX', @unit, @stamps, 'QUEUED', 0, 0, NULL)`).run(row)
    to.prepare(`UPDATE delivery SET state = 'SENDING', attempts = 1 WHERE id = 'v' || @seq`).run(row)
    to.prepare(`UPDATE delivery SET state = 'SENT', receipt = @receipt WHERE id = 'v' || @seq`).run(row)
    to.prepare('INSERT INTO letter_status VALUES (@letterId, @status, @since, NULL, NULL)').run(row)
  }
}
