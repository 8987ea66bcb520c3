import facilityList from '../../../resources/service/facilities.json'
import { facilitySchema, type MessageReply } from '../../wire/messages'

export type WireFacility = MessageReply<'directory.facilities'>['facilities'][number]

/** A facility as the service knows it: what it publishes, and what only matters inside. */
export type Facility = {
  readonly published: WireFacility
  /** How long an invitation's code is good; null where nobody invites. */
  readonly invitationCodeDays: number | null
  /** Days a letter in Spanish waits longer. */
  readonly spanishExtraDays: number
  /** A refused photo is taken out and the text goes on; elsewhere it refuses the whole letter. */
  readonly photoRemovedTextPasses: boolean
  /** People stay here only for a while. */
  readonly highTurnover: boolean
}

export type FacilityBook = {
  readonly all: readonly Facility[]
  readonly find: (id: string) => Facility | undefined
}

/** Reads the seed data once; a facility whose published half does not fit the wire is a bug and stops the start. */
export const openFacilityBook = (): FacilityBook => {
  const all = facilityList.map(
    (entry): Facility => ({
      published: facilitySchema.parse(entry),
      invitationCodeDays: entry.invitationCodeDays,
      spanishExtraDays: entry.spanishExtraDays,
      photoRemovedTextPasses: entry.photoRemovedTextPasses,
      highTurnover: entry.highTurnover
    })
  )
  const byId = new Map(all.map((facility) => [facility.published.id, facility]))
  return { all, find: (id) => byId.get(id) }
}
