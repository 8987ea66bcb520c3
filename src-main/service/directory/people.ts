import { createHash } from 'node:crypto'
import peopleList from '../../../resources/service/people.json'
import { readMeta, writeMeta } from '../database/meta'
import type { Db } from '../database/open'
import type { PersonStatus, Schema } from '../database/schema'
import { createPrng } from '../prng'
import type { FacilityBook } from './facilities'
import { foldPerson, sortKey } from './fold'

/** One line of people.json: which facility (its place in facilities.json), number, first name, last name, status. */
type PersonLine = readonly [facility: number, number: string, firstName: string, lastName: string, status: PersonStatus]

const dayMs = 24 * 3_600_000
const rowsPerInsert = 500
const lines = peopleList as unknown as readonly PersonLine[]

/**
 * Brings the directory into the database, in one transaction, when the seed data is new there. People who left meanwhile
 * stay where the simulation put them.
 * @param since the service's first moment: where people stay only for a while, they leave 30 to 720 days after it
 */
export const loadPeople = async (db: Db, facilities: FacilityBook, seed: number, since: number): Promise<void> => {
  const version = createHash('sha256').update(JSON.stringify(lines)).digest('hex')
  if ((await readMeta(db, 'people-version')) === version) return
  await db.transaction().execute(async (tx) => {
    const rows = lines.flatMap((line) => {
      const facility = facilities.all[line[0]]
      return facility === undefined ? [] : [personRow(line, facility.published.id, facility.highTurnover ? leavesAt(seed, line, since) : null)]
    })
    for (let from = 0; from < rows.length; from += rowsPerInsert) {
      await tx
        .insertInto('person')
        .values(rows.slice(from, from + rowsPerInsert))
        .onConflict((conflict) =>
          conflict.columns(['facility_id', 'number']).doUpdateSet((row) => ({
            first_name: row.ref('excluded.first_name'),
            last_name: row.ref('excluded.last_name'),
            folded: row.ref('excluded.folded'),
            sort_key: row.ref('excluded.sort_key')
          }))
        )
        .execute()
    }
    await writeMeta(tx, 'people-version', version)
  })
}

const leavesAt = (seed: number, [, number]: PersonLine, since: number): number => since + createPrng(seed, 'leaves', number).between(30, 720) * dayMs

const personRow = ([, number, firstName, lastName, status]: PersonLine, facilityId: string, leaves: number | null): Schema['person'] => ({
  facility_id: facilityId,
  number,
  first_name: firstName,
  last_name: lastName,
  status,
  leaves_at: status === 'active' ? leaves : null,
  folded: foldPerson({ firstName, lastName, number }),
  sort_key: sortKey({ firstName, lastName })
})
