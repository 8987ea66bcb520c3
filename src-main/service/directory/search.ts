import { normaliseNumber } from '../../rules/contact'
import type { WirePerson } from '../../wire/messages'
import type { Call, OpenHandler, SessionHandler, Tx } from '../context'
import type { Db } from '../database/open'
import type { Schema } from '../database/schema'
import { done, refuse } from '../outcome'
import type { Facility } from './facilities'
import { foldQuery } from './fold'

export type PersonRow = Schema['person']

export const toWire = (row: PersonRow): WirePerson => ({
  facilityId: row.facility_id,
  number: row.number,
  firstName: row.first_name,
  lastName: row.last_name,
  status: row.status
})

/** `directory.facilities`: the published rules of every facility. */
export const listFacilities: OpenHandler<'directory.facilities'> = (call) =>
  Promise.resolve(done({ facilities: call.context.facilities.all.map((facility) => facility.published) }))

/** `directory.search`: by the beginnings of names or of the number, in any order, case and accents aside. Odd characters find nobody. */
export const searchPeople: SessionHandler<'directory.search'> = async (call, { query, state, facilityId, page, pageSize }) => {
  const words = foldQuery(query)
  const places = call.context.facilities.all
    .filter(({ published }) => (state === '' || published.state === state) && (facilityId === '' || published.id === facilityId))
    .map(({ published }) => published.id)
  if (words === null || places.length === 0) return done({ people: [], total: 0 })

  // A word holds only letters and digits, so nothing in it can mean something to LIKE.
  const found = words.reduce(
    (select, word) => select.where('folded', 'like', `% ${word}%`),
    call.context.db.selectFrom('person').where('facility_id', 'in', places)
  )
  const people = await found
    .selectAll()
    .orderBy('sort_key')
    .orderBy('number')
    .orderBy('facility_id')
    .limit(pageSize)
    .offset(page * pageSize)
    .execute()
  const { total } = await found.select((select) => select.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return done({ people: people.map(toWire), total })
}

/** `directory.person`: one person as the directory has them today. */
export const showPerson: SessionHandler<'directory.person'> = async (call, { facilityId, number }) => {
  const found = await findPerson(call, call.context.db, facilityId, number)
  return found === null ? refuse('NOT_FOUND') : done(toWire(found.person))
}

/** @returns the facility and the person with this number there, however it was typed; null when there is none */
export const findPerson = async (call: Call, db: Db | Tx['db'], facilityId: string, number: string): Promise<{ readonly facility: Facility; readonly person: PersonRow } | null> => {
  const facility = call.context.facilities.find(facilityId)
  if (facility === undefined) return null
  const person = await db
    .selectFrom('person')
    .selectAll()
    .where('facility_id', '=', facilityId)
    .where('number', '=', normaliseNumber(facility.published.idMask, number))
    .executeTakeFirst()
  return person === undefined ? null : { facility, person }
}
