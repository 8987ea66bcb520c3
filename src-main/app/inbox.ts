import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { InboxMessage, InboxSummary, Page } from '../contract/views'
import { excerpt } from '../rules/text'
import type { ReplyRecord } from '../storage/mailbox/replies'
import type { DeskSession } from './desk-session'
import { rulesFrom, type RulesOf } from './facility-rules'

export const summariseMessage = (record: ReplyRecord): InboxSummary => ({
  messageId: record.messageId,
  contactId: record.contactId,
  contactName: record.senderName,
  subject: record.subject,
  excerpt: excerpt(record.body, 120),
  receivedAt: record.receivedAt,
  read: record.readAt !== null,
  letterId: record.letterId
})

export const listInbox = ({ mailbox }: DeskSession, input: CommandInput<'inbox.list'>): Page<InboxSummary> => ({
  items: mailbox.replies.page(input.pageSize, input.page * input.pageSize).map(summariseMessage),
  total: mailbox.replies.count(),
  page: input.page,
  pageSize: input.pageSize
})

/** A reply as it is shown, without noting that it was read; null when there is none. */
export const viewMessage = ({ mailbox }: Pick<DeskSession, 'mailbox'>, messageId: string, rulesOf: RulesOf = rulesFrom(mailbox)): InboxMessage | null => {
  const record = mailbox.replies.get(messageId)
  if (record === null) return null
  return { ...summariseMessage(record), body: record.body, facilityName: rulesOf(record.facilityId)?.name ?? record.facilityId }
}

/** Marks a reply as read, or as unread again. */
export const setRead = (session: DeskSession, input: CommandInput<'inbox.setRead'>): Result<null> => {
  const { mailbox, clock } = session
  if (mailbox.replies.get(input.messageId) === null) return failure('NOT_FOUND')
  mailbox.transaction(() => (input.read ? mailbox.replies.markRead(input.messageId, clock.now()) : mailbox.replies.markUnread(input.messageId)))
  session.announce('inbox')
  return success(null)
}

/** Opens a reply and notes that it was read. */
export const openMessage = (session: DeskSession, input: CommandInput<'inbox.open'>): Result<InboxMessage> => {
  const { mailbox, clock } = session
  if (mailbox.replies.get(input.messageId) === null) return failure('NOT_FOUND')
  if (mailbox.transaction(() => mailbox.replies.markRead(input.messageId, clock.now()))) session.announce('inbox')
  const message = viewMessage(session, input.messageId)
  return message === null ? failure('NOT_FOUND') : success(message)
}
