import type { CommandInput } from '../contract/commands'
import type { ThreadCursor, ThreadEntry, ThreadImported, ThreadLetter, ThreadMove, ThreadPage, ThreadReply } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import { workingDaysLate } from '../rules/expected-date'
import { isBlank } from '../rules/text'
import { mergeStreams, newestPlace, oldestPlace } from '../rules/thread-order'
import type { Marked } from '../storage/mailbox/marks'
import { addressesOf, currentAddress } from './addresses'
import { viewContact } from './contacts'
import type { DeskSession } from './desk-session'
import { expectedFor, takenAt } from './expected'
import { viewImported } from './imported'
import { viewMessage } from './inbox'
import { beside, viewRecord, type Beside } from './letters'
import { serviceNow } from './service-time'

/** One page of everything written between the volunteer and one person, at whatever address, newest first. */
export const threadPage = (session: DeskSession, input: CommandInput<'thread.page'>): Result<ThreadPage> => {
  const { mailbox } = session
  const addresses = addressesOf(mailbox, input.contactId)
  const contact = currentAddress(mailbox, input.contactId)
  if (contact === null) return failure('NOT_FOUND')
  const ids = addresses.map(({ contactId }) => contactId)
  const before = input.before ?? newestPlace
  const downTo = input.downTo ?? oldestPlace
  const merged = mergeStreams(
    {
      letters: mailbox.thread.lettersBefore(ids, before.letters, input.pageSize + 1, downTo.letters),
      replies: mailbox.thread.repliesBefore(ids, before.replies, input.pageSize + 1, downTo.replies),
      imported: mailbox.thread.importedBefore(ids, before.imported, input.pageSize + 1, downTo.imported)
    },
    before,
    input.pageSize,
    downTo
  )
  const around = beside(session)
  const entries = merged.items.flatMap((item): readonly ThreadEntry[] => {
    const entry = 'letterId' in item ? viewThreadLetter(session, around, item.letterId) : 'messageId' in item ? viewThreadReply(session, around, item.messageId) : viewThreadImported(session, item.importedId)
    return entry === null ? [] : [entry]
  })
  const letters = mailbox.thread.countLetters(ids)
  const replies = mailbox.thread.countReplies(ids)
  return success({
    contact: viewContact(mailbox, contact),
    listed: contact.removedAt === null,
    addresses: addresses.map((address) => viewContact(mailbox, address)),
    letters,
    replies,
    putAway: letters + replies > 0 && !mailbox.thread.onDesk(ids),
    entries: withMoves(session, input.contactId, entries, { before, downTo: merged.next ?? downTo }),
    next: merged.next
  })
}

const signs = ({ mailbox }: DeskSession, item: Marked) => {
  const { flagged, archived } = mailbox.marks.get(item)
  return { flagged: flagged !== null, archived: archived !== null, hasNote: !isBlank(mailbox.notes.get(item)?.text ?? '') }
}

const viewThreadLetter = (session: DeskSession, around: Beside, letterId: string): ThreadLetter | null => {
  const { mailbox } = session
  const record = mailbox.letters.get(letterId)
  if (record === null) return null
  const letter = viewRecord(mailbox, record, around)
  const origin = mailbox.origins.of(record.draftId)
  const at = takenAt(letter.history) ?? letter.confirmedAt
  const arrival = expectedFor(around.rulesOf(record.facilityId), { state: record.status, since: record.since, takenAt: at, photos: record.photoCount > 0, body: () => record.body })
  return {
    type: 'letter',
    ...letter,
    at,
    arrival,
    late: arrival !== null && workingDaysLate(arrival.by, serviceNow(session)) > 0,
    answers: origin?.answersReply ?? null,
    resends: origin?.resendsLetter ?? null,
    resentAs: mailbox.origins.resentAs(letterId),
    ...signs(session, { kind: 'letter', id: letterId })
  }
}

const viewThreadReply = (session: DeskSession, { rulesOf }: Beside, messageId: string): ThreadReply | null => {
  const message = viewMessage(session, messageId, rulesOf)
  if (message === null) return null
  return {
    type: 'reply',
    ...message,
    at: message.receivedAt,
    answeredBy: session.mailbox.origins.answeredBy(messageId),
    ...signs(session, { kind: 'reply', id: messageId })
  }
}

const viewThreadImported = (session: DeskSession, messageId: string): ThreadImported | null => {
  const message = viewImported(session.mailbox, messageId)
  return message === null ? null : { type: 'imported', ...message, ...signs(session, { kind: 'imported', id: messageId }) }
}

/** Puts the moves where they belong: above what was written before, below what came after. Like a reply, a move is of the page whose time it is from. */
const withMoves = (session: DeskSession, contactId: string, entries: readonly ThreadEntry[], page: { readonly before: ThreadCursor; readonly downTo: ThreadCursor }): readonly ThreadEntry[] => {
  const { mailbox } = session
  const personId = mailbox.people.personOf(contactId)
  const moves = (personId === null ? [] : mailbox.people.movesOf(personId)).flatMap(({ toContactId, at }): readonly ThreadMove[] => {
    const to = mailbox.contacts.get(toContactId)
    const here = at < page.before.replies.at && at >= page.downTo.replies.at
    return to === null || !here ? [] : [{ type: 'moved', at, to: viewContact(mailbox, to) }]
  })
  const result = [...entries]
  for (const move of moves) {
    const place = result.findIndex((entry) => entry.at <= move.at)
    result.splice(place === -1 ? result.length : place, 0, move)
  }
  return result
}
