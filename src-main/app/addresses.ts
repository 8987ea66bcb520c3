import type { Mailbox } from '../storage/mailbox'
import type { ContactRecord } from '../storage/mailbox/contacts'

/** Every address of the person behind a contact, oldest first; empty when there is no such contact. */
export const addressesOf = (mailbox: Mailbox, contactId: string): readonly ContactRecord[] => {
  const personId = mailbox.people.personOf(contactId)
  return personId === null
    ? []
    : mailbox.people.contactsOf(personId).flatMap((id) => {
        const record = mailbox.contacts.get(id)
        return record === null ? [] : [record]
      })
}

/**
 * Where letters to a person go now: along the moves, as far as they lead.
 * @returns the contact itself when the person never moved; null when there is no such contact
 */
export const currentAddress = (mailbox: Mailbox, contactId: string): ContactRecord | null => {
  const seen = new Set<string>()
  let here = contactId
  for (let next = mailbox.people.movedTo(here); next !== null && !seen.has(next); next = mailbox.people.movedTo(here)) {
    const onList = mailbox.contacts.get(here)?.removedAt === null
    // Somebody who came back: the address that is on the list is the one that counts.
    if (onList && mailbox.contacts.get(next)?.removedAt !== null) break
    seen.add(here)
    here = next
  }
  return mailbox.contacts.get(here)
}
