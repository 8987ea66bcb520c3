import type { FacilityRules } from '../contract/facility'
import type { Fact } from '../contract/events'
import type { LetterState } from '../contract/views'
import { fullName } from '../rules/contact'
import { canProgress, letterStates, type ServiceLetterState } from '../rules/delivery-states'
import type { Mailbox } from '../storage/mailbox'

/** What the service says has happened, in the order of its own sequence. */
export type Arrival =
  | {
      readonly kind: 'state'
      readonly seq: number
      readonly key: string
      readonly state: Exclude<LetterState, 'queued' | 'sending' | 'refused' | 'cancelled'>
      readonly reason: string | null
      readonly at: number
    }
  | {
      readonly kind: 'reply'
      readonly seq: number
      readonly replyId: string
      readonly key: string | null
      readonly facilityId: string
      readonly number: string
      readonly subject: string
      readonly body: string
      readonly at: number
    }

const isAtService = (state: LetterState): state is ServiceLetterState => (letterStates as readonly string[]).includes(state)

/**
 * Writes what came and moves the cursor in the same transaction, so that nothing is applied twice or skipped.
 * @returns the facts that changed, to be announced by the caller after this returns
 */
export const applyArrivals = (mailbox: Mailbox, arrivals: readonly Arrival[], newId: () => string): readonly Fact[] =>
  mailbox.transaction(() => {
    const facts = new Set<Fact>()
    let cursor = mailbox.meta.number('updatesCursor')
    for (const arrival of arrivals) {
      if (arrival.seq <= cursor) continue
      cursor = arrival.seq
      if (arrival.kind === 'state') {
        const letterId = mailbox.letters.idByKey(arrival.key)
        // A letter from another PC of the same person is not in this mailbox; `submitted` came with the receipt.
        if (letterId === null || arrival.state === 'submitted') continue
        const present = mailbox.letters.get(letterId)?.status
        if (present === 'refused' || present === 'cancelled') continue
        // An older copy of the mailbox hears old news again; only what leads forward counts.
        if (present !== undefined && isAtService(present) && !canProgress(present, arrival.state)) continue
        mailbox.letters.moveTo(letterId, arrival.state, arrival.at, arrival.reason, arrival.seq)
        facts.add('sent')
        if (arrival.state === 'undeliverable' && noteThatGone(mailbox, letterId, arrival.reason)) facts.add('contacts')
      } else {
        const contact = mailbox.contacts.byNumber(arrival.facilityId, arrival.number)
        mailbox.replies.insert({
          messageId: newId(),
          serviceSeq: arrival.seq,
          letterId: arrival.key === null ? null : mailbox.letters.idByKey(arrival.key),
          contactId: contact?.contactId ?? null,
          senderName: contact === null ? arrival.number : fullName(contact),
          facilityId: arrival.facilityId,
          number: arrival.number,
          subject: arrival.subject,
          body: arrival.body,
          receivedAt: arrival.at
        })
        facts.add('inbox')
      }
    }
    mailbox.meta.set('updatesCursor', cursor)
    return [...facts]
  })

const gone = ['transferred', 'released', 'suspended'] as const

/** A letter that came back says that its person is not there any more: the list of contacts says so too. */
const noteThatGone = (mailbox: Mailbox, letterId: string, reason: string | null): boolean => {
  const status = gone.find((known) => known === reason)
  const letter = mailbox.letters.get(letterId)
  if (status === undefined || letter === null) return false
  mailbox.contacts.setGone(letter.contactId, status)
  return true
}

export const applyFacilities = (mailbox: Mailbox, facilities: readonly FacilityRules[], now: number): void => {
  mailbox.transaction(() => facilities.forEach((facility) => mailbox.facilities.put(facility, now)))
}
