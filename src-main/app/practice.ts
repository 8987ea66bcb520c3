import type { Contact } from '../contract/views'
import { addContact, listContacts } from './contacts'
import type { DeskSession } from './desk-session'
import { createDraft, saveDraft } from './drafts'
import { putDown } from './in-hand'

/** The pretend people of the practice account (resources/service/README.md). */
const people = [
  { facilityId: 'cedar-state', number: '448213' },
  { facilityId: 'cedar-state', number: '448214' }
] as const

const unfinished = {
  subject: 'The psalm you asked about',
  body: [
    'Dear Daniel,',
    '',
    'Thank you for your letter. We read it together on Tuesday, and Joe asked me to say that the tomatoes did come up after all. You asked which psalm we ended with: it was the hundred and twenty-first.',
    '',
    'I copied it out for you below, so that you have it when the light'
  ].join('\n')
}

/** Fills a fresh practice mailbox once, through the same doors a volunteer uses: contacts first, then a letter half written. */
export const fillPracticeMailbox = async (session: DeskSession): Promise<void> => {
  const { mailbox } = session
  if (mailbox.meta.get('practiceFilled') !== null) return
  for (const person of people) await addContact(session, person)
  const daniel: Contact | undefined = listContacts(session).find((contact) => contact.number === people[0].number)
  if (daniel === undefined) return
  const draft = createDraft(session, { contactId: daniel.contactId })
  if (!draft.ok) return
  saveDraft(session, { draftId: draft.value.draftId, baseRevision: 0, patch: unfinished, allowEmpty: false, lossAnswered: false, keepEarlier: false })
  // Written for the newcomer, not open in any window.
  putDown(session, { draftId: draft.value.draftId })
  mailbox.transaction(() => mailbox.meta.set('practiceFilled', 'yes'))
}
