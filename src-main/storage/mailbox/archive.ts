import type { StatementSource } from '../statements'

export type ArchiveKind = 'letter' | 'reply'
/** Where a list shows it: letters that have gone, answers that came. */
export type ArchiveBox = 'sent' | 'inbox'
export type ArchiveEntry = { readonly id: number; readonly kind: ArchiveKind; readonly source: number }
export type ArchiveMonth = { readonly year: number; readonly month: number; readonly entries: number }
export type ArchivePerson = { readonly person: number; readonly facilityId: string; readonly number: string; readonly firstName: string; readonly lastName: string; readonly entries: number }

type Bucket = { readonly month: number; readonly entries: number }

/** The first second after a month counted as the archive counts them: 12 a year, UTC. */
const endOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1) / 1000

/**
 * Letters and answers by time and by person. Every page is found from counts by month and a short step, so the last page of a million
 * letters costs what the first one does.
 */
export const archiveTable = (connection: StatementSource) => {
  const total = connection.prepare('SELECT coalesce(sum(entries), 0) FROM archive_month WHERE box = ? AND person = 0').pluck()
  const buckets = connection.prepare('SELECT month, entries FROM archive_month WHERE box = ? AND person = ? AND entries > 0 ORDER BY month DESC')
  const byTime = connection.prepare(
    'SELECT id, kind, source FROM archive INDEXED BY archive_by_box WHERE box = ? AND id < ? ORDER BY id DESC LIMIT ? OFFSET ?'
  )
  const ofPerson = connection.prepare(
    'SELECT id, kind, source FROM archive INDEXED BY archive_by_person WHERE person = @person AND box = @box AND id < @before ORDER BY id DESC LIMIT @limit OFFSET @offset'
  )
  const people = connection.prepare(`SELECT p.id AS person, p.facility_id AS facilityId, p.number, coalesce(c.first_name, '') AS firstName,
      coalesce(c.last_name, p.number) AS lastName, m.entries
    FROM (SELECT person, sum(entries) AS entries FROM archive_month WHERE box = ? AND person > 0 GROUP BY person HAVING sum(entries) > 0) m
      JOIN archive_person p ON p.id = m.person LEFT JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number`)
  const personOf = connection.prepare('SELECT p.id FROM archive_person p JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number WHERE c.id = ?').pluck()
  const atFacility = connection.prepare('SELECT id FROM archive_person WHERE facility_id = ?').pluck()

  /** Where to begin: the end of the month that holds the wanted place, and how far into it that is. */
  const placeOf = (box: string, person: number, offset: number): { readonly before: number; readonly rest: number } | null => {
    let rest = offset
    for (const { month, entries } of buckets.all(box, person) as Bucket[]) {
      if (rest < entries) return { before: endOfMonth(month), rest }
      rest -= entries
    }
    return null
  }
  return {
    /** How many there are, from the counts by month. */
    total: (box: ArchiveBox | 'unread'): number => total.get(box) as number,
    months: (box: ArchiveBox): readonly ArchiveMonth[] =>
      (buckets.all(box, 0) as Bucket[]).map(({ month, entries }) => ({ year: Math.floor(month / 12), month: (month % 12) + 1, entries })),
    /** Newest first, from any depth. */
    byTime: (box: ArchiveBox, offset: number, limit: number): readonly ArchiveEntry[] => {
      const place = placeOf(box, 0, offset)
      return place === null ? [] : (byTime.all(box, place.before, limit, place.rest) as ArchiveEntry[])
    },
    /** One person's, newest first. */
    ofPerson: (box: ArchiveBox, person: number, offset: number, limit: number): readonly ArchiveEntry[] => {
      const place = placeOf(box, person, offset)
      return place === null ? [] : (ofPerson.all({ box, person, before: place.before, limit, offset: place.rest }) as ArchiveEntry[])
    },
    /** Everybody who has entries of this box, in no order. */
    people: (box: ArchiveBox): readonly ArchivePerson[] => people.all(box) as ArchivePerson[],
    /** The archive's own number for a contact; null while nothing was written or received. */
    personOf: (contactId: string): number | null => (personOf.get(contactId) as number | undefined) ?? null,
    peopleAt: (facilityId: string): readonly number[] => atFacility.all(facilityId) as number[]
  }
}
