import type { Contact } from '@contract/views'
import type { SelectOption } from '@/ui/SelectField.vue'
import { contactWords } from '@/words/states'

/** The people a letter can be for. Who cannot get one now is listed too, with the reason, and cannot be chosen. */
export const recipientOptions = (contacts: readonly Contact[], chosenId: string | null): readonly SelectOption[] => {
  const options = [...contacts]
    .sort((a, b) => a.name.localeCompare(b.name) || a.number.localeCompare(b.number))
    .map((contact) => {
      const address = `${contact.name} · ${contact.number} · ${contact.facilityName}`
      return contact.standing === 'ready'
        ? { value: contact.contactId, label: address }
        : { value: contact.contactId, label: `${address} (${contactWords(contact).words.toLowerCase()})`, disabled: contact.contactId !== chosenId }
    })
  const known = chosenId === null || contacts.some((contact) => contact.contactId === chosenId)
  return known ? options : [...options, { value: chosenId, label: 'No longer in your contacts' }]
}
