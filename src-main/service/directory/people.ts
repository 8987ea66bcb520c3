import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import peopleText from '../../../resources/service/people.json?raw'
import { readMeta, writeMeta } from '../database/meta'
import type { Db } from '../database/open'
import type { PersonStatus } from '../database/schema'
import { createPrng } from '../prng'
import type { FacilityBook } from './facilities'
import { foldPerson, sortKey } from './fold'

/** One line of people.json: which facility (its place in facilities.json), number, first name, last name, status. */
type PersonLine = readonly [facility: number, number: string, firstName: string, lastName: string, status: PersonStatus]

const dayMs = 24 * 3_600_000
const version = createHash('sha256').update(peopleText).digest('hex')

/** What is the same in every database: read and computed once, and only where a database needs it, which most starts do not. */
let folded: ReturnType<typeof foldAll> | null = null
const foldAll = () =>
  (JSON.parse(peopleText) as readonly PersonLine[]).map(([facility, number, firstName, lastName, status]) => ({
    facility,
    number,
    status,
    columns: [number, firstName, lastName, status, foldPerson({ firstName, lastName, number }), sortKey({ firstName, lastName })]
  }))

/**
 * Brings the directory into the database, in one statement, when the seed data is new there. People who left meanwhile
 * stay where the simulation put them.
 * @param since the service's first moment: where people stay only for a while, they leave 30 to 720 days after it
 */
export const loadPeople = async (db: Db, facilities: FacilityBook, seed: number, since: number): Promise<void> => {
  if ((await readMeta(db, 'people-version')) === version) return
  folded ??= foldAll()
  const rows = folded.flatMap(({ facility, number, status, columns }) => {
    const home = facilities.all[facility]
    if (home === undefined) return []
    const leaves = home.highTurnover && status === 'active' ? since + createPrng(seed, 'leaves', number).between(30, 720) * dayMs : null
    return [[home.published.id, leaves, ...columns]]
  })
  await db.transaction().execute(async (tx) => {
    await sql`
      INSERT INTO person (facility_id, leaves_at, number, first_name, last_name, status, folded, sort_key)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each(${JSON.stringify(rows)}) WHERE true
      ON CONFLICT (facility_id, number) DO UPDATE SET
        first_name = excluded.first_name, last_name = excluded.last_name, folded = excluded.folded, sort_key = excluded.sort_key`.execute(tx)
    await writeMeta(tx, 'people-version', version)
  })
}
