import type { CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import type { Contact } from '../contract/views'
import { checkNumber, fullName, normaliseNumber } from '../rules/contact'
import { addContact, listFacilities, viewContact } from './contacts'
import type { DeskSession } from './desk-session'
import { serviceNow } from './service-time'

/**
 * A person moved: the new address is registered, takes the old one's place on the list, and both are one person from now
 * on, with one thread. The old address stays on the list only while letters wait for it.
 * Fails as contacts.add does; ALREADY_A_CONTACT {name} when the address given is the old one.
 */
export const moveContact = async (session: DeskSession, input: CommandInput<'contacts.moved'>): Promise<Result<Contact>> => {
  const { mailbox, clock } = session
  const old = mailbox.contacts.get(input.contactId)
  if (old === null) return failure('NOT_FOUND')
  const facilities = await listFacilities(session)
  if (!facilities.ok) return facilities
  const facility = mailbox.facilities.get(input.facilityId)
  if (facility === null) return failure('NOT_FOUND')
  const problem = checkNumber(facility, input.number)
  if (problem !== null) return invalid({ number: problem })
  const number = normaliseNumber(facility.idMask, input.number)
  if (facility.id === old.facilityId && number === old.number) return failure('ALREADY_A_CONTACT', { params: { name: fullName(old) } })

  const known = mailbox.contacts.byNumber(facility.id, number)
  if (known === null || known.removedAt !== null) {
    const added = await addContact(session, { facilityId: facility.id, number })
    // Another window may have added it meanwhile, which is as good.
    if (!added.ok && added.code !== 'ALREADY_A_CONTACT') return added
  }
  const now = mailbox.contacts.byNumber(facility.id, number)
  if (now === null) return failure('NOT_FOUND')
  mailbox.transaction(() => {
    mailbox.people.recordMove(old.contactId, now.contactId, serviceNow(session))
    if (old.removedAt === null && mailbox.deliveries.countWaitingFor(old.contactId) === 0) mailbox.contacts.remove(old.contactId, clock.now())
  })
  session.announce('contacts', 'stamps', 'sent', 'inbox')
  return success(viewContact(mailbox, now))
}
