import type { CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import type { Contact, DirectoryPerson, Facility, Page } from '../contract/views'
import { checkDirectoryQuery, checkNumber, fullName, normaliseNumber } from '../rules/contact'
import { walletIdOf } from '../rules/wallet'
import type { Mailbox } from '../storage/mailbox'
import type { ContactRecord } from '../storage/mailbox/contacts'
import { note } from './activity'
import type { DeskSession } from './desk-session'

const pageSize = 20

export const viewContact = (mailbox: Mailbox, record: ContactRecord): Contact => {
  const facility = mailbox.facilities.get(record.facilityId)
  if (facility === null) throw new Error('a contact at a facility we do not know')
  return {
    contactId: record.contactId,
    firstName: record.firstName,
    lastName: record.lastName,
    name: fullName(record),
    number: record.number,
    facilityId: record.facilityId,
    facilityName: facility.name,
    state: facility.state,
    standing: record.standing,
    status: record.status,
    walletId: walletIdOf(facility),
    addedAt: record.addedAt
  }
}

export const listContacts = ({ mailbox }: DeskSession): readonly Contact[] =>
  mailbox.contacts.list().map((record) => viewContact(mailbox, record))

/** The facilities as last seen; fetched when this mailbox has none yet. */
export const listFacilities = async (session: DeskSession): Promise<Result<readonly Facility[]>> => {
  const { mailbox } = session
  const known = mailbox.facilities.all()
  if (known.length > 0) return success(known)
  const fetched = await refreshFacilities(session)
  return fetched.ok ? success(mailbox.facilities.all()) : fetched
}

/** Fetches every facility's rules from the service and keeps them. */
export const refreshFacilities = async ({ mailbox, line, clock }: DeskSession): Promise<Result<null>> => {
  const fetched = await line.facilities()
  if (!fetched.ok) return fetched
  mailbox.transaction(() => fetched.value.forEach((facility) => mailbox.facilities.put(facility, clock.now())))
  return success(null)
}

/** Searches the service's directory (S0 step 10: name or ID number, state, facility). Odd characters find nothing; they are never an error. */
export const searchDirectory = async (
  session: DeskSession,
  input: CommandInput<'directory.search'>
): Promise<Result<Page<DirectoryPerson>>> => {
  const problems = checkDirectoryQuery(input)
  if (Object.keys(problems).length > 0) return invalid(problems)
  const facilities = await listFacilities(session)
  if (!facilities.ok) return facilities
  const found = await session.line.search({ ...input, pageSize })
  if (!found.ok) return found
  const byId = new Map(facilities.value.map((facility) => [facility.id, facility]))
  const items = found.value.people.map((person) => {
    const facility = byId.get(person.facilityId)
    const known = session.mailbox.contacts.byNumber(person.facilityId, person.number)
    return {
      ...person,
      facilityName: facility?.name ?? person.facilityId,
      state: facility?.state ?? '',
      alreadyContact: known !== null && known.removedAt === null
    }
  })
  return success({ items, total: found.value.total, page: input.page, pageSize })
}

/**
 * Puts a person on the list, after the service has registered this account to write to them.
 * Fails with ALREADY_A_CONTACT {name}, CONTACT_UNAVAILABLE {name, reason}, NOT_FOUND, INVALID (`number`), OFFLINE.
 */
export const addContact = async (session: DeskSession, input: CommandInput<'contacts.add'>): Promise<Result<Contact>> => {
  const { mailbox, clock, ids } = session
  const facilities = await listFacilities(session)
  if (!facilities.ok) return facilities
  const facility = mailbox.facilities.get(input.facilityId)
  if (facility === null) return failure('NOT_FOUND')
  const problem = checkNumber(facility, input.number)
  if (problem !== null) return invalid({ number: problem })
  const number = normaliseNumber(facility.idMask, input.number)
  const known = mailbox.contacts.byNumber(facility.id, number)
  if (known !== null && known.removedAt === null) return failure('ALREADY_A_CONTACT', { params: { name: fullName(known) } })
  const registered = await session.line.register(facility.id, number)
  if (!registered.ok) return registered
  const { person, standing } = registered.value
  mailbox.transaction(() => {
    mailbox.contacts.put({
      contactId: known?.contactId ?? ids.next(),
      facilityId: facility.id,
      number: person.number,
      firstName: person.firstName,
      lastName: person.lastName,
      status: person.status,
      standing,
      addedAt: clock.now()
    })
    note(session, 'contactAdded', { name: fullName(person) })
  })
  session.announce('contacts', 'stamps', 'post')
  const added = mailbox.contacts.byNumber(facility.id, person.number)
  return added === null ? failure('NOT_FOUND') : success(viewContact(mailbox, added))
}

/** The code a facility sent by post before it lets anyone write (River Federal). */
export const enterInvitationCode = async (
  session: DeskSession,
  input: CommandInput<'contacts.enterInvitationCode'>
): Promise<Result<Contact>> => {
  const { mailbox } = session
  const contact = mailbox.contacts.get(input.contactId)
  if (contact === null || contact.removedAt !== null) return failure('NOT_FOUND')
  const accepted = await session.line.acceptInvitation(contact.facilityId, contact.number, input.code.trim())
  if (!accepted.ok) return accepted
  mailbox.transaction(() => mailbox.contacts.setStanding(contact.contactId, 'ready'))
  session.announce('contacts')
  const now = mailbox.contacts.get(contact.contactId)
  return now === null ? failure('NOT_FOUND') : success(viewContact(mailbox, now))
}

/** Takes a person off the list; the letters stay. Not while letters wait for them. */
export const removeContact = (session: DeskSession, input: CommandInput<'contacts.remove'>): Result<null> => {
  const { mailbox, clock } = session
  const contact = mailbox.contacts.get(input.contactId)
  if (contact === null || contact.removedAt !== null) return failure('NOT_FOUND')
  const count = mailbox.deliveries.countWaitingFor(contact.contactId)
  if (count > 0) return failure('LETTERS_WAITING', { params: { count, name: fullName(contact) } })
  mailbox.transaction(() => {
    mailbox.contacts.remove(contact.contactId, clock.now())
    note(session, 'contactRemoved', { name: fullName(contact) })
  })
  session.announce('contacts', 'stamps')
  return success(null)
}
