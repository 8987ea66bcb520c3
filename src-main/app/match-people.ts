import type { Found } from '../exchange/found'
import { fingerprintOf } from '../exchange/fingerprint'
import { fullName } from '../rules/contact'
import { foldLetters, oneLine } from '../rules/text'
import type { Mailbox } from '../storage/mailbox'
import type { ContactRecord } from '../storage/mailbox/contacts'
import type { NewImported } from '../storage/mailbox/imports'

type Matched = Omit<NewImported, 'id'>

const key = (name: string): string => foldLetters(oneLine(name))

/**
 * Finds whom each message of a file is with: by facility and number, or by a name that only one contact has.
 * @param contactId everything in the file is with this person, whatever it says
 */
export const matchPeople = (mailbox: Mailbox, contactId: string | null): ((found: Found) => Matched) => {
  const given = contactId === null ? null : mailbox.contacts.get(contactId)
  const byName = new Map<string, ContactRecord | null>()
  for (const contact of mailbox.contacts.list()) byName.set(key(fullName(contact)), byName.has(key(fullName(contact))) ? null : contact)
  const contactOf = (found: Pick<Found, 'personName' | 'number' | 'facilityId'>): ContactRecord | null => {
    if (given !== null) return given
    if (found.number !== '' && found.facilityId !== '') return mailbox.contacts.byNumber(found.facilityId, found.number)
    const named = byName.get(key(found.personName)) ?? null
    return named !== null && (found.number === '' || found.number === named.number) ? named : null
  }
  return ({ row: _row, photos: _photos, leftOut: _leftOut, ...found }) => {
    const contact = contactOf(found)
    const facilityId = found.facilityId || contact?.facilityId || ''
    const message = {
      ...found,
      contactId: contact?.contactId ?? null,
      personName: found.personName || (contact === null ? '' : fullName(contact)),
      number: found.number || contact?.number || '',
      facilityId,
      facilityName: found.facilityName || mailbox.facilities.get(facilityId)?.name || ''
    }
    const person = message.number === '' ? key(message.personName) : `${facilityId} ${message.number}`
    return { ...message, fingerprint: fingerprintOf({ direction: message.direction, person, at: message.at, subject: message.subject, body: message.body }) }
  }
}
