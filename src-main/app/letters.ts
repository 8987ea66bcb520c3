import type { CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import type { Draft, Letter, LetterQuote, LetterSummary, Page } from '../contract/views'
import { fullName, unavailableReason } from '../rules/contact'
import { expectedStep } from '../rules/expected-step'
import { checkLetter, normaliseBody, normaliseSubject } from '../rules/letter-checks'
import { letterCost } from '../rules/letter-cost'
import { excerpt } from '../rules/text'
import type { Mailbox } from '../storage/mailbox'
import type { DraftRecord } from '../storage/mailbox/drafts'
import type { LetterRecord } from '../storage/mailbox/letters'
import { note } from './activity'
import { viewContact } from './contacts'
import type { DeskSession } from './desk-session'
import { viewDraft } from './draft-view'
import { rulesFrom, type RulesOf } from './facility-rules'
import { insteadOf } from './first-letter'
import { walletFor } from './wallets'

/** Everything about a draft that a confirmation stands on, read from disk. */
const readForSending = (session: DeskSession, draft: DraftRecord) => {
  const { mailbox } = session
  const contact = draft.contactId === null ? null : mailbox.contacts.get(draft.contactId)
  const facility = contact === null ? null : mailbox.facilities.get(contact.facilityId)
  const photos = mailbox.photos.ofDraft(draft.draftId).map(({ photoId }) => photoId)
  const problems = checkLetter(facility, { contactId: draft.contactId, subject: draft.subject, body: draft.body, photos: photos.length })
  if (Object.keys(problems).length > 0 || contact === null || facility === null) {
    return { ok: false as const, failure: invalid(contact === null ? { ...problems, to: { code: 'RECIPIENT_MISSING' } } : problems) }
  }
  if (contact.removedAt !== null || contact.standing !== 'ready' || contact.status !== 'active') {
    const reason = contact.standing === 'invited' ? 'invited' : (unavailableReason(contact.status) ?? 'removed')
    return { ok: false as const, failure: failure('CONTACT_UNAVAILABLE', { params: { name: fullName(contact), reason } }) }
  }
  const payload = {
    facilityId: facility.id,
    number: contact.number,
    subject: normaliseSubject(draft.subject),
    body: normaliseBody(draft.body),
    prepaidReply: draft.prepaidReply && facility.prepaidReply,
    photos
  }
  const cost = letterCost(facility, { body: payload.body, prepaidReply: payload.prepaidReply, photos: photos.length, video: false })
  return { ok: true as const, contact, facility, payload, stamps: cost.stamps, payloadHash: session.letterHash(payload, cost.stamps) }
}

/**
 * The price of a draft as it is on disk, and the ticket to confirm it with.
 * Fails with INVALID (fields `to`, `subject`, `body`, `photos`), CONTACT_UNAVAILABLE, NOT_ENOUGH_STAMPS {need, have}, LETTER_CHANGED, SENDING_STOPPED.
 */
export const quoteLetter = (session: DeskSession, input: CommandInput<'letters.quote'>): Result<LetterQuote> => {
  const { mailbox } = session
  if (session.health.broken() !== null) return failure('SENDING_STOPPED')
  const draft = mailbox.drafts.get(input.draftId)
  if (draft === null) return failure('NOT_FOUND')
  if (draft.state !== 'open') return failure('DRAFT_CLOSED')
  if (draft.revision !== input.revision) return failure('LETTER_CHANGED')
  const read = readForSending(session, draft)
  if (!read.ok) return read.failure
  const wallet = walletFor(mailbox, read.facility)
  if (wallet.available < read.stamps) {
    return failure('NOT_ENOUGH_STAMPS', { params: { need: read.stamps, have: Math.max(0, wallet.available), unit: wallet.unit } })
  }
  const ticket = session.gate.issue({
    kind: 'letter',
    draftId: draft.draftId,
    revision: draft.revision,
    stamps: read.stamps,
    payloadHash: read.payloadHash
  })
  return success({
    ticket,
    draftId: draft.draftId,
    revision: draft.revision,
    stamps: read.stamps,
    photoCount: read.payload.photos.length,
    unit: wallet.unit,
    availableBefore: wallet.available,
    availableAfter: wallet.available - read.stamps,
    contact: viewContact(mailbox, read.contact),
    sendsLater: session.line.status().line !== 'online',
    insteadOf: insteadOf(mailbox, draft.draftId)
  })
}

/**
 * Confirm: one transaction freezes the letter, reserves its stamps, makes its key and queues it (reliability.md §5, step 3).
 * What was shown is compared with what is on disk, not with what a window says.
 * Fails with CONFIRM_AGAIN (no live ticket), LETTER_CHANGED, DRAFT_CLOSED, PRICE_CHANGED, NOT_ENOUGH_STAMPS.
 */
export const sendLetter = (session: DeskSession, input: CommandInput<'letters.send'>): Result<Letter> => {
  if (session.health.broken() !== null) return failure('SENDING_STOPPED')
  const consent = session.gate.redeem(input.ticket, 'letter')
  if (consent === null) return failure('CONFIRM_AGAIN')
  const { mailbox, ids, clock } = session
  const queued = mailbox.transaction((): Result<string> => {
    const draft = mailbox.drafts.get(consent.draftId)
    if (draft === null) return failure('NOT_FOUND')
    if (draft.state !== 'open') return failure('DRAFT_CLOSED')
    if (draft.revision !== consent.revision) return failure('LETTER_CHANGED')
    const read = readForSending(session, draft)
    if (!read.ok) return read.failure
    if (read.stamps !== consent.stamps) return failure('PRICE_CHANGED')
    if (read.payloadHash !== consent.payloadHash) return failure('LETTER_CHANGED')
    const wallet = walletFor(mailbox, read.facility)
    if (wallet.available < read.stamps) {
      return failure('NOT_ENOUGH_STAMPS', { params: { need: read.stamps, have: Math.max(0, wallet.available), unit: wallet.unit } })
    }
    const at = clock.now()
    const letterId = ids.next()
    const key = ids.key()
    mailbox.letters.insert(
      {
        letterId,
        draftId: draft.draftId,
        contactId: read.contact.contactId,
        contactName: fullName(read.contact),
        facilityId: read.facility.id,
        facilityName: read.facility.name,
        number: read.payload.number,
        subject: read.payload.subject,
        body: read.payload.body,
        prepaidReply: read.payload.prepaidReply,
        confirmedAt: at
      },
      { payloadHash: read.payloadHash, stamps: read.stamps }
    )
    mailbox.photos.freeze(letterId, draft.draftId)
    mailbox.deliveries.insert({
      deliveryId: ids.next(),
      letterId,
      key,
      payloadHash: read.payloadHash,
      walletId: wallet.walletId,
      unit: wallet.unit,
      stamps: read.stamps,
      at
    })
    mailbox.ledger.append({ walletId: wallet.walletId, reason: 'reserve', reference: key, amount: read.stamps, at })
    mailbox.letters.moveTo(letterId, 'queued', at, null)
    mailbox.drafts.close(draft.draftId, 'sent', at)
    mailbox.followups.settleFirst(draft.draftId, at)
    note(session, 'letterConfirmed', { name: fullName(read.contact), stamps: read.stamps })
    return success(letterId)
  })
  if (!queued.ok) return queued
  session.announce('drafts', 'outbox', 'stamps')
  session.line.nudge()
  return openLetter(session, { letterId: queued.value })
}

/**
 * Takes back a letter that has not left, or clears away one the service refused: either way its text is a draft again.
 * Fails with TOO_LATE_TO_CANCEL once a try has been made, because the service may have it.
 */
export const cancelLetter = (session: DeskSession, input: CommandInput<'letters.cancel'>): Result<Draft> => {
  const taken = takeBack(session, input.letterId)
  if (!taken.ok) return taken
  session.announce('drafts', 'outbox', 'stamps')
  const draft = session.mailbox.drafts.get(taken.value)
  return draft === null ? failure('NOT_FOUND') : success(viewDraft(session.mailbox, draft))
}

/** What `cancelLetter` writes. @returns the draft that holds the text again */
export const takeBack = (desk: Pick<DeskSession, 'mailbox' | 'clock' | 'ids'>, letterId: string): Result<string> => {
  const { mailbox, clock } = desk
  return mailbox.transaction((): Result<string> => {
    const letter = mailbox.letters.get(letterId)
    const delivery = letter && mailbox.deliveries.byLetter(letter.letterId)
    if (!letter || !delivery) return failure('NOT_FOUND')
    const at = clock.now()
    if (delivery.state === 'QUEUED' && delivery.attempts === 0) {
      mailbox.deliveries.settle(delivery.deliveryId, 'CANCELLED')
      mailbox.ledger.append({ walletId: delivery.walletId, reason: 'cancel', reference: delivery.key, amount: delivery.stamps, at })
      mailbox.letters.moveTo(letter.letterId, 'cancelled', at, null)
      note(desk, 'letterTakenBack', { name: letter.contactName })
    } else if (delivery.state === 'REJECTED' && letter.dismissedAt === null) {
      mailbox.letters.dismiss(letter.letterId, at)
    } else {
      return failure('TOO_LATE_TO_CANCEL')
    }
    mailbox.drafts.reopen(letter.draftId)
    mailbox.followups.settleFirst(letter.draftId, null)
    return success(letter.draftId)
  })
}

/** What a summary needs beside the letter itself, read once for all letters of an answer. @param visitSince a try begun before this visit has lost its answer */
export type Beside = { readonly rulesOf: RulesOf; readonly now: number; readonly visitSince: number }

export const beside = ({ mailbox, clock }: Pick<DeskSession, 'mailbox' | 'clock'>): Beside => ({
  rulesOf: rulesFrom(mailbox),
  now: clock.now(),
  visitSince: mailbox.meta.number('visitOpenSince')
})

/** One letter for a list. */
export const summariseLetter = (record: LetterRecord, { rulesOf, now, visitSince }: Beside): LetterSummary => ({
  letterId: record.letterId,
  contactId: record.contactId,
  contactName: record.contactName,
  subject: record.subject,
  excerpt: excerpt(record.body, 120),
  state: record.status,
  reason: record.reason,
  stamps: record.stamps,
  unit: record.unit,
  confirmedAt: record.confirmedAt,
  stateSince: record.since,
  attempts: record.attempts,
  nextTryAt: record.deliveryState === 'QUEUED' || record.deliveryState === 'SENDING' ? record.nextTryAt : null,
  asking: record.deliveryState === 'SENDING' && (record.attempts > 1 || record.nextTryAt > now || record.since < visitSince),
  expected: expectedStep(record.status, record.since, rulesOf(record.facilityId), record.photoCount > 0),
  answersByPost: rulesOf(record.facilityId)?.replyByPostOnly ?? false,
  photoCount: record.photoCount
})

export const summariseLetters = (session: DeskSession, records: readonly LetterRecord[]): readonly LetterSummary[] => {
  const around = beside(session)
  return records.map((record) => summariseLetter(record, around))
}

export const listOutbox = (session: DeskSession): readonly LetterSummary[] => summariseLetters(session, session.mailbox.letters.outbox())

export const listSent = (session: DeskSession, input: CommandInput<'letters.sent'>): Page<LetterSummary> => ({
  items: summariseLetters(session, session.mailbox.letters.sent(input.pageSize, input.page * input.pageSize)),
  total: session.mailbox.letters.countSent(),
  page: input.page,
  pageSize: input.pageSize
})

/** A letter as it is shown. */
export const viewRecord = (mailbox: Mailbox, record: LetterRecord, around: Beside): Letter => ({
  ...summariseLetter(record, around),
  body: record.body,
  draftId: record.draftId,
  prepaidReply: record.prepaidReply,
  facilityName: record.facilityName,
  number: record.number,
  receiptNumber: record.receipt,
  history: mailbox.letters.events(record.letterId),
  photos: mailbox.photos.ofLetter(record.letterId)
})

/** The same by its id; null when there is none. */
export const viewLetter = (session: Pick<DeskSession, 'mailbox' | 'clock'>, letterId: string): Letter | null => {
  const record = session.mailbox.letters.get(letterId)
  return record === null ? null : viewRecord(session.mailbox, record, beside(session))
}

export const openLetter = (session: DeskSession, input: CommandInput<'letters.open'>): Result<Letter> => {
  const letter = viewLetter(session, input.letterId)
  return letter === null ? failure('NOT_FOUND') : success(letter)
}
