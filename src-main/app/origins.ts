import type { CommandInput } from '../contract/commands'
import type { DraftOrigin } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import type { Draft } from '../contract/views'
import { replySubject } from '../rules/reply-subject'
import type { DraftText } from '../storage/mailbox/drafts'
import type { OriginRecord } from '../storage/mailbox/origins'
import { currentAddress } from './addresses'
import type { DeskSession } from './desk-session'
import { openDraft } from './drafts'
import { firstLetter } from './first-letter'
import { viewMessage } from './inbox'
import { viewLetter } from './letters'

/** The draft that answers a reply: the one already begun, or a new one to where the person is now. */
export const answerMessage = (session: DeskSession, input: CommandInput<'inbox.answer'>): Result<Draft> => {
  const { mailbox } = session
  const reply = mailbox.replies.get(input.messageId)
  if (reply === null) return failure('NOT_FOUND')
  const begun = mailbox.origins.openAnswerTo(reply.messageId)
  if (begun !== null) return openDraft(session, { draftId: begun })
  const contactId = reply.contactId === null ? null : (currentAddress(mailbox, reply.contactId)?.contactId ?? null)
  const text = { contactId, subject: replySubject(reply.subject), body: '', prepaidReply: false }
  return begin(session, text, { answersReply: reply.messageId, resendsLetter: null })
}

/**
 * A draft with the words of a letter that did not arrive, linked to it, to be mended and sent as a new letter. Not for a
 * letter that still waits here: that one can be taken back.
 */
export const resendLetter = (session: DeskSession, input: CommandInput<'returned.resend'>): Result<Draft> => {
  const { mailbox } = session
  const letter = mailbox.letters.get(input.letterId)
  if (letter === null || ['queued', 'sending', 'refused', 'cancelled'].includes(letter.status)) return failure('NOT_FOUND')
  const begun = mailbox.origins.openResendOf(letter.letterId)
  if (begun !== null) return openDraft(session, { draftId: begun })
  const { subject, body, prepaidReply } = letter
  const contactId = currentAddress(mailbox, letter.contactId)?.contactId ?? null
  return begin(session, { contactId, subject, body, prepaidReply }, { answersReply: null, resendsLetter: letter.letterId })
}

const begin = (session: DeskSession, text: DraftText, origin: OriginRecord): Result<Draft> => {
  const { mailbox, clock, ids } = session
  const draftId = ids.next()
  mailbox.transaction(() => {
    mailbox.drafts.create(draftId, text, null, clock.now())
    if (origin.resendsLetter !== null) mailbox.photos.copyFromLetter(draftId, origin.resendsLetter)
    mailbox.origins.insert(draftId, origin)
  })
  session.announce('drafts')
  return openDraft(session, { draftId })
}

/** Why a draft was begun, with what it answers or mends, to be read beside it; null for a letter of its own. */
export const draftOrigin = (session: DeskSession, input: CommandInput<'drafts.origin'>): Result<DraftOrigin | null> => {
  const { mailbox } = session
  if (mailbox.drafts.get(input.draftId) === null) return failure('NOT_FOUND')
  const origin = mailbox.origins.of(input.draftId)
  const answered = origin?.answersReply ?? null
  if (answered !== null) {
    const message = viewMessage(session, answered)
    const facilityId = mailbox.replies.get(answered)?.facilityId ?? ''
    return success(message === null ? null : { type: 'answer', message, replyByPostOnly: mailbox.facilities.get(facilityId)?.replyByPostOnly ?? false })
  }
  const letterId = origin?.resendsLetter ?? null
  const letter = letterId === null ? null : viewLetter(session, letterId)
  if (letter === null) return success(null)
  const facility = mailbox.facilities.get(mailbox.letters.get(letter.letterId)?.facilityId ?? '')
  return success({ type: 'resend', letter, first: firstLetter(letter.state), facility })
}
