import type { Draft } from '../contract/views'
import type { Mailbox } from '../storage/mailbox'
import type { DraftRecord } from '../storage/mailbox/drafts'

/** A draft as the windows see it. */
export const viewDraft = (mailbox: Mailbox, record: DraftRecord): Draft => ({
  draftId: record.draftId,
  contactId: record.contactId,
  subject: record.subject,
  body: record.body,
  prepaidReply: record.prepaidReply,
  revision: record.revision,
  createdAt: record.createdAt,
  savedAt: record.savedAt,
  copyOf: record.copyOf,
  photos: mailbox.photos.ofDraft(record.draftId)
})
