import type { MessageKind } from '../../contract/exchange'
import type { Statement, StatementSource } from '../statements'
import { stays } from './imports'

/** Where a list shows it: letters that have gone, answers that came; those of an older archive by their direction. */
export type ArchiveBox = 'sent' | 'inbox'
/** `flagged` is 0 or 1. */
export type ArchiveEntry = { readonly id: number; readonly kind: MessageKind; readonly source: number; readonly flagged: number }
export type ArchiveMonth = { readonly year: number; readonly month: number; readonly entries: number }
export type ArchivePerson = { readonly person: number; readonly facilityId: string; readonly number: string; readonly firstName: string; readonly lastName: string; readonly entries: number }

type Bucket = { readonly month: number; readonly entries: number }

/** The first second of a month counted as the archive counts them: 12 a year, UTC. */
const beginOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000

/**
 * Letters and answers by time and by person. Every page is found from counts by month and a short step, so the last page of a million
 * letters costs what the first one does.
 */
export const archiveTable = (connection: StatementSource) => {
  const total = connection.prepare(`SELECT coalesce(sum(entries), 0) FROM archive_month m WHERE box = ? AND person = 0 AND ${stays('m')}`).pluck()
  const totalOwn = connection.prepare('SELECT coalesce(sum(entries), 0) FROM archive_month WHERE box = ? AND person = 0 AND import_seq = 0').pluck()
  const buckets = connection.prepare(`SELECT month, sum(entries) AS entries FROM archive_month m WHERE box = ? AND person = ? AND ${stays('m')}
    GROUP BY month HAVING sum(entries) > 0 ORDER BY month DESC`)
  const byTime = connection.prepare(
    `SELECT id, kind, source, flagged FROM archive a INDEXED BY archive_by_box WHERE box = @box AND id >= @from AND id < @before AND ${stays('a')} ORDER BY id DESC LIMIT @limit OFFSET @offset`
  )
  const own = connection.prepare(`SELECT source FROM archive INDEXED BY archive_by_box WHERE box = ? AND kind <> 'imported' ORDER BY id DESC LIMIT ? OFFSET ?`).pluck()
  const ofPerson = connection.prepare(
    `SELECT id, kind, source, flagged FROM archive a INDEXED BY archive_by_person WHERE person = @person AND box = @box AND id >= @from AND id < @before AND ${stays('a')}
      ORDER BY id DESC LIMIT @limit OFFSET @offset`
  )
  const people = connection.prepare(`SELECT p.id AS person, p.facility_id AS facilityId, p.number, coalesce(c.first_name, '') AS firstName,
      coalesce(c.last_name, p.number) AS lastName, m.entries
    FROM (SELECT person, sum(entries) AS entries FROM archive_month c WHERE box = ? AND person > 0 AND ${stays('c')} GROUP BY person HAVING sum(entries) > 0) m
      JOIN archive_person p ON p.id = m.person LEFT JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number`)
  const personOf = connection.prepare('SELECT p.id FROM archive_person p JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number WHERE c.id = ?').pluck()
  const strangers = connection.prepare('SELECT p.id FROM archive_person p WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.facility_id = p.facility_id AND c.number = p.number)').pluck()
  const atFacility = connection.prepare('SELECT id FROM archive_person WHERE facility_id = ?').pluck()

  /** Entries from a place on, out of the months that hold them: what is on its way out beside them is passed over in their months alone. */
  const page = (statement: Statement, box: string, person: number, offset: number, limit: number): readonly ArchiveEntry[] => {
    const found: ArchiveEntry[] = []
    let skip = offset
    for (const { month, entries } of buckets.all(box, person) as Bucket[]) {
      if (found.length === limit) break
      if (skip < entries) {
        const span = { from: beginOfMonth(month), before: beginOfMonth(month + 1) }
        found.push(...(statement.all({ box, person, ...span, limit: limit - found.length, offset: skip }) as ArchiveEntry[]))
      }
      skip = Math.max(0, skip - entries)
    }
    return found
  }
  return {
    /** How many there are, from the counts by month. */
    total: (box: ArchiveBox | 'unread'): number => total.get(box) as number,
    /** Without those of an older archive: how many, and where a page of them is (their `source`). */
    totalOwn: (box: ArchiveBox): number => totalOwn.get(box) as number,
    own: (box: ArchiveBox, offset: number, limit: number): readonly number[] => own.all(box, limit, offset) as number[],
    months: (box: ArchiveBox): readonly ArchiveMonth[] =>
      (buckets.all(box, 0) as Bucket[]).map(({ month, entries }) => ({ year: Math.floor(month / 12), month: (month % 12) + 1, entries })),
    /** Newest first, from any depth. */
    byTime: (box: ArchiveBox, offset: number, limit: number): readonly ArchiveEntry[] => page(byTime, box, 0, offset, limit),
    /** One person's, newest first. */
    ofPerson: (box: ArchiveBox, person: number, offset: number, limit: number): readonly ArchiveEntry[] => page(ofPerson, box, person, offset, limit),
    /** Everybody who has entries of this box, in no order. */
    people: (box: ArchiveBox): readonly ArchivePerson[] => people.all(box) as ArchivePerson[],
    /** The archive's own number for a contact; null while nothing was written or received. */
    personOf: (contactId: string): number | null => (personOf.get(contactId) as number | undefined) ?? null,
    /** Everybody who is on no contact list: known by a number, or by no more than a name in an older archive. */
    strangers: (): readonly number[] => strangers.all() as number[],
    peopleAt: (facilityId: string): readonly number[] => atFacility.all(facilityId) as number[]
  }
}
