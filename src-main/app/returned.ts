import type { CommandInput } from '../contract/commands'
import type { ReturnedCase, ReturnedLetter } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import type { Page } from '../contract/views'
import type { LetterRecord } from '../storage/mailbox/letters'
import { currentAddress } from './addresses'
import { viewAppeal } from './appeals'
import { viewContact } from './contacts'
import type { DeskSession } from './desk-session'
import { beside, summariseLetter, viewRecord, type Beside } from './letters'

const summarise = ({ mailbox }: DeskSession, record: LetterRecord, around: Beside): ReturnedLetter => ({
  ...summariseLetter(record, around),
  facilityName: record.facilityName,
  number: record.number,
  resentAs: mailbox.origins.resentAs(record.letterId),
  resendDraftId: mailbox.origins.openResendOf(record.letterId),
  dismissed: record.dismissedAt !== null,
  appealWrittenAt: mailbox.appeals.get(record.letterId)?.writtenAt ?? null
})

/** Rejected and undeliverable letters: those that want something done, or those that are settled. */
export const listReturned = (session: DeskSession, input: CommandInput<'returned.list'>): Page<ReturnedLetter> => {
  const around = beside(session)
  return {
    items: session.mailbox.followups.cameBack(input.settled, input.pageSize, input.page * input.pageSize).flatMap((letterId) => {
      const record = session.mailbox.letters.get(letterId)
      return record === null ? [] : [summarise(session, record, around)]
    }),
    total: session.mailbox.followups.countCameBack(input.settled),
    page: input.page,
    pageSize: input.pageSize
  }
}

/** One letter that came back or is late, with the facility's rules and what was done about it. */
export const openReturned = (session: DeskSession, input: CommandInput<'returned.open'>): Result<ReturnedCase> => {
  const { mailbox } = session
  const record = mailbox.letters.get(input.letterId)
  const contact = record === null ? null : mailbox.contacts.get(record.contactId)
  if (record === null || contact === null) return failure('NOT_FOUND')
  const around = beside(session)
  const now = currentAddress(mailbox, contact.contactId)
  const appeal = mailbox.appeals.get(record.letterId)
  const { resentAs, resendDraftId, dismissed } = summarise(session, record, around)
  return success({
    letter: viewRecord(mailbox, record, around),
    facility: around.rulesOf(record.facilityId),
    contact: viewContact(mailbox, contact),
    movedTo: now === null || now.contactId === contact.contactId ? null : viewContact(mailbox, now),
    listed: contact.removedAt === null,
    resentAs,
    resendDraftId,
    dismissed,
    appeal: appeal === null ? null : viewAppeal(record.letterId, appeal)
  })
}

/** Puts a letter that came back out of the way, or brings it back to the desk. */
export const dismissReturned = (session: DeskSession, input: CommandInput<'returned.dismiss'>): Result<null> => {
  const { mailbox, clock } = session
  const letter = mailbox.letters.get(input.letterId)
  if (letter === null || !['rejected', 'undeliverable'].includes(letter.status)) return failure('NOT_FOUND')
  mailbox.transaction(() => mailbox.followups.setDismissed(letter.letterId, input.on ? clock.now() : null))
  session.announce('sent')
  return success(null)
}
