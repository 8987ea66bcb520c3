import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { ImportedLetter, ImportedSummary } from '../contract/views'
import { excerpt } from '../rules/text'
import type { Mailbox } from '../storage/mailbox'
import type { ImportedRecord } from '../storage/mailbox/imports'
import type { DeskSession } from './desk-session'
import type { OutsideContext } from './export'

/** A letter or answer of an older archive, for a list. */
export const summariseImported = ({ messageId, direction, contactId, personName, subject, body, at, fileName, broughtInAt, photoCount }: ImportedRecord): ImportedSummary => ({
  messageId,
  direction,
  contactId,
  personName,
  subject,
  excerpt: excerpt(body, 120),
  at,
  fileName,
  broughtInAt,
  photoCount
})

/** The same to be read; null when there is none, or its archive was taken out again. */
export const viewImported = (mailbox: Mailbox, messageId: string): ImportedLetter | null => {
  const record = mailbox.imports.message(messageId)
  if (record === null) return null
  const { body, number, facilityName, state, stamps, unit, saidByHand } = record
  return { ...summariseImported(record), body, number, facilityName, state, stamps, unit, saidByHand, photos: mailbox.photos.ofImported(messageId) }
}

export const openImported = ({ mailbox }: DeskSession, input: CommandInput<'imports.open'>): Result<ImportedLetter> => {
  const message = viewImported(mailbox, input.messageId)
  return message === null ? failure('NOT_FOUND') : success(message)
}

/**
 * Says whom a message is with, of which its file knows no more than a name: it and all others with that name go into that person's thread,
 * slice by slice. null takes it back. What a number or a whole import says is not changed. Fails with NOT_FOUND.
 */
export const setImportedPerson = async (context: OutsideContext, session: DeskSession, input: CommandInput<'imports.setPerson'>): Promise<Result<ImportedLetter>> => {
  const { mailbox } = session
  const before = viewImported(mailbox, input.messageId)
  if (before === null || (input.contactId !== null && mailbox.contacts.get(input.contactId) === null)) return failure('NOT_FOUND')
  if (before.contactId !== input.contactId) {
    while (mailbox.isOpen() && mailbox.transaction(() => mailbox.imports.giveSome(input.messageId, before.contactId, input.contactId)) > 0) await context.outside.turn()
    if (!mailbox.isOpen()) return failure('SIGNED_OUT')
    session.announce('imported')
  }
  return openImported(session, input)
}
