import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { Draft, DraftSaved, DraftSummary } from '../contract/views'
import { fullName } from '../rules/contact'
import { classifySave } from '../rules/draft-conflict'
import { excerpt, normaliseText } from '../rules/text'
import type { DraftRecord, DraftText } from '../storage/mailbox/drafts'
import type { DeskSession } from './desk-session'
import { viewDraft } from './draft-view'
import { memoryMs, writeText } from './timelines'
import { takeInHand } from './in-hand'

export const listDrafts = ({ mailbox }: DeskSession): readonly DraftSummary[] => {
  const names = new Map(mailbox.contacts.list().map((contact) => [contact.contactId, fullName(contact)]))
  return mailbox.drafts.listOpen().map((record) => ({
    draftId: record.draftId,
    contactId: record.contactId,
    contactName: record.contactId === null ? null : (names.get(record.contactId) ?? null),
    subject: record.subject,
    excerpt: excerpt(record.body, 120),
    savedAt: record.savedAt,
    copyOf: record.copyOf,
    photoCount: mailbox.photos.ofDraft(record.draftId).length
  }))
}

export const createDraft = (session: DeskSession, input: CommandInput<'drafts.create'>): Result<Draft> => {
  const { mailbox, clock, ids } = session
  if (input.contactId !== null && mailbox.contacts.get(input.contactId) === null) return failure('NOT_FOUND')
  const draftId = ids.next()
  mailbox.transaction(() => {
    mailbox.drafts.create(draftId, { contactId: input.contactId, subject: '', body: '', prepaidReply: false }, null, clock.now())
    mailbox.draftsInHand.take(draftId, clock.now())
  })
  session.announce('drafts')
  return openDraft(session, { draftId })
}

/** Opens a draft to write in it: it is in hand until `drafts.putDown`, or until the visit ends in order. */
export const openDraft = (session: DeskSession, input: CommandInput<'drafts.open'>): Result<Draft> => {
  const { mailbox } = session
  const record = mailbox.drafts.get(input.draftId)
  if (record === null) return failure('NOT_FOUND')
  if (record.state !== 'open') return failure('DRAFT_CLOSED')
  takeInHand(session, record.draftId)
  return success(viewDraft(mailbox, record))
}

/**
 * Saves what a window holds, in one durable transaction. A stale base revision never overwrites: the text that came is
 * kept whole in a draft of its own. An empty text replaces a written one only when the person said so; a text that would
 * take most of a long one away is set aside, on disk too, until the person was asked.
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
    mailbox.draftsInHand.take(stored.draftId, now)
    const longestBody = (): string => mailbox.drafts.longestSince(stored.draftId, now - memoryMs)?.body ?? stored.body
    const judged = classifySave({
      storedRevision: stored.revision,
      baseRevision: input.baseRevision,
      storedBody: stored.body,
      newBody: text.body,
      longestBody,
      allowEmpty: input.allowEmpty,
      lossAnswered: input.lossAnswered
    })
    switch (judged.class) {
      case 'conflict': {
        const copyId = ids.next()
        mailbox.drafts.create(copyId, text, stored.draftId, now)
        mailbox.photos.copyFromDraft(copyId, stored.draftId)
        mailbox.draftsInHand.take(copyId, now)
        return success({ outcome: 'conflict', current: viewDraft(mailbox, stored), copy: viewDraft(mailbox, mustGet(session, copyId)) })
      }
      case 'empty':
        return success({ outcome: 'emptyRefused', current: viewDraft(mailbox, stored) })
      case 'wordsLost': {
        const { subject, prepaidReply } = text
        const othersChanged = contactId !== stored.contactId || subject !== stored.subject || prepaidReply !== stored.prepaidReply
        if (othersChanged) writeText(mailbox, stored, { ...text, body: stored.body }, now, { keepEarlier: false, aside: 'waits' })
        mailbox.drafts.setAside(stored.draftId, text, now)
        const longest = longestBody()
        const earlierBody = longest.length > stored.body.length ? longest : stored.body
        return success({ outcome: 'wordsLost', current: viewDraft(mailbox, mustGet(session, stored.draftId)), earlierBody, ...judged.loss })
      }
      case 'save':
        writeText(mailbox, stored, text, now, { keepEarlier: input.keepEarlier, aside: input.lossAnswered ? 'goesOn' : 'version' })
        return success({ outcome: 'saved', draft: viewDraft(mailbox, mustGet(session, stored.draftId)) })
    }
  })
  if (outcome.ok && outcome.value.outcome !== 'emptyRefused') session.announce('drafts')
  return outcome
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
  return success(viewDraft(mailbox, mustGet(session, record.draftId)))
}
