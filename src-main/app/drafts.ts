import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { Draft, DraftRevision, DraftSaved, DraftSummary } from '../contract/views'
import { fullName } from '../rules/contact'
import { classifySave } from '../rules/draft-conflict'
import { excerpt, isBlank, normaliseText } from '../rules/text'
import type { DraftRecord, DraftText } from '../storage/mailbox/drafts'
import type { DeskSession } from './desk-session'

/** Saves within this time replace each other in the history; the draft itself is always the last save. */
const slotMs = 60_000

export const viewDraft = (record: DraftRecord): Draft => ({
  draftId: record.draftId,
  contactId: record.contactId,
  subject: record.subject,
  body: record.body,
  prepaidReply: record.prepaidReply,
  revision: record.revision,
  createdAt: record.createdAt,
  savedAt: record.savedAt,
  copyOf: record.copyOf
})

export const listDrafts = ({ mailbox }: DeskSession): readonly DraftSummary[] => {
  const names = new Map(mailbox.contacts.list().map((contact) => [contact.contactId, fullName(contact)]))
  return mailbox.drafts.listOpen().map((record) => ({
    draftId: record.draftId,
    contactId: record.contactId,
    contactName: record.contactId === null ? null : (names.get(record.contactId) ?? null),
    subject: record.subject,
    excerpt: excerpt(record.body, 120),
    savedAt: record.savedAt,
    copyOf: record.copyOf
  }))
}

export const createDraft = (session: DeskSession, input: CommandInput<'drafts.create'>): Result<Draft> => {
  const { mailbox, clock, ids } = session
  if (input.contactId !== null && mailbox.contacts.get(input.contactId) === null) return failure('NOT_FOUND')
  const draftId = ids.next()
  mailbox.transaction(() =>
    mailbox.drafts.create(draftId, { contactId: input.contactId, subject: '', body: '', prepaidReply: false }, null, clock.now())
  )
  session.announce('drafts')
  return openDraft(session, { draftId })
}

export const openDraft = ({ mailbox }: DeskSession, input: CommandInput<'drafts.open'>): Result<Draft> => {
  const record = mailbox.drafts.get(input.draftId)
  if (record === null) return failure('NOT_FOUND')
  if (record.state !== 'open') return failure('DRAFT_CLOSED')
  return success(viewDraft(record))
}

/**
 * Saves what a window holds, in one durable transaction. A stale base revision never overwrites: the text that came is
 * kept whole in a draft of its own. An empty text replaces a written one only when the person said so.
 */
export const saveDraft = (session: DeskSession, input: CommandInput<'drafts.save'>): Result<DraftSaved> => {
  const { mailbox, clock, ids } = session
  const outcome = mailbox.transaction((): Result<DraftSaved> => {
    const stored = mailbox.drafts.get(input.draftId)
    if (stored === null) return failure('NOT_FOUND')
    if (stored.state !== 'open') return failure('DRAFT_CLOSED')
    const contactId = input.patch.contactId === undefined ? stored.contactId : input.patch.contactId
    if (contactId !== null && mailbox.contacts.get(contactId) === null) return failure('NOT_FOUND')
    const text: DraftText = {
      contactId,
      subject: input.patch.subject === undefined ? stored.subject : normaliseText(input.patch.subject),
      body: input.patch.body === undefined ? stored.body : normaliseText(input.patch.body),
      prepaidReply: input.patch.prepaidReply ?? stored.prepaidReply
    }
    const now = clock.now()
    switch (
      classifySave({
        storedRevision: stored.revision,
        baseRevision: input.baseRevision,
        storedBody: stored.body,
        newBody: text.body,
        allowEmpty: input.allowEmpty
      })
    ) {
      case 'conflict': {
        const copyId = ids.next()
        mailbox.drafts.create(copyId, text, stored.draftId, now)
        return success({ outcome: 'conflict', current: viewDraft(stored), copy: viewDraft(mustGet(session, copyId)) })
      }
      case 'empty':
        return success({ outcome: 'emptyRefused', current: viewDraft(stored) })
      case 'save':
        writeText(session, stored, text, now, input.keepEarlier)
        return success({ outcome: 'saved', draft: viewDraft(mustGet(session, stored.draftId)) })
    }
  })
  if (outcome.ok && outcome.value.outcome !== 'emptyRefused') session.announce('drafts')
  return outcome
}

const writeText = ({ mailbox }: DeskSession, stored: DraftRecord, text: DraftText, now: number, keepEarlier: boolean): void => {
  const losesHalf = text.body.length * 2 < stored.body.length
  const slotIsOver = now - stored.slotStartedAt >= slotMs || now < stored.slotStartedAt
  const revision = stored.revision + 1
  if (keepEarlier || losesHalf || slotIsOver) mailbox.drafts.saveInNewSlot(stored.draftId, stored.slot + 1, revision, text, now)
  else mailbox.drafts.saveInSlot(stored.draftId, stored.slot, revision, text, now)
}

const mustGet = ({ mailbox }: DeskSession, draftId: string): DraftRecord => {
  const record = mailbox.drafts.get(draftId)
  if (record === null) throw new Error('a draft just written is not there')
  return record
}

export const discardDraft = (session: DeskSession, input: CommandInput<'drafts.discard'>): Result<null> => {
  const { mailbox, clock } = session
  const record = mailbox.drafts.get(input.draftId)
  if (record === null) return failure('NOT_FOUND')
  if (record.state === 'sent') return failure('DRAFT_CLOSED')
  if (record.state === 'open') mailbox.transaction(() => mailbox.drafts.close(record.draftId, 'discarded', clock.now()))
  session.announce('drafts')
  return success(null)
}

export const undoDiscard = (session: DeskSession, input: CommandInput<'drafts.undoDiscard'>): Result<Draft> => {
  const { mailbox } = session
  const record = mailbox.drafts.get(input.draftId)
  if (record === null) return failure('NOT_FOUND')
  if (record.state === 'sent') return failure('DRAFT_CLOSED')
  if (record.state === 'discarded') mailbox.transaction(() => mailbox.drafts.reopen(record.draftId))
  session.announce('drafts')
  return success(viewDraft(mustGet(session, record.draftId)))
}

export const draftRevisions = ({ mailbox }: DeskSession, input: CommandInput<'drafts.revisions'>): Result<readonly DraftRevision[]> => {
  if (mailbox.drafts.get(input.draftId) === null) return failure('NOT_FOUND')
  return success(mailbox.drafts.history(input.draftId).filter((revision) => !isBlank(revision.body) || !isBlank(revision.subject)))
}
