import type { CommandInput } from '../contract/commands'
import type { ThreadCursor, ThreadEntry, ThreadImported, ThreadLetter, ThreadMove, ThreadPage, ThreadReply } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import { workingDaysLate } from '../rules/expected-date'
import { isBlank } from '../rules/text'
import { mergeStreams } from '../rules/thread-order'
import type { Marked } from '../storage/mailbox/marks'
import { addressesOf, currentAddress } from './addresses'
import { viewContact } from './contacts'
import type { DeskSession } from './desk-session'
import { expectedFor, takenAt } from './expected'
import { viewImported } from './imported'
import { viewMessage } from './inbox'
import { viewLetter } from './letters'
import { serviceNow } from './service-time'

const now = { at: Number.MAX_SAFE_INTEGER, seq: 0 }
const newest: ThreadCursor = { letters: now, replies: now, imported: now }

/** One page of everything written between the volunteer and one person, at whatever address, newest first. */
export const threadPage = (session: DeskSession, input: CommandInput<'thread.page'>): Result<ThreadPage> => {
  const { mailbox } = session
  const addresses = addressesOf(mailbox, input.contactId)
  const contact = currentAddress(mailbox, input.contactId)
  if (contact === null) return failure('NOT_FOUND')
  const ids = addresses.map(({ contactId }) => contactId)
  const before = input.before ?? newest
  const merged = mergeStreams(
    {
      letters: mailbox.thread.lettersBefore(ids, before.letters, input.pageSize + 1),
      replies: mailbox.thread.repliesBefore(ids, before.replies, input.pageSize + 1),
      imported: mailbox.thread.importedBefore(ids, before.imported, input.pageSize + 1)
    },
    before,
    input.pageSize
  )
  const entries = merged.items.flatMap((item): readonly ThreadEntry[] => {
    const entry = 'letterId' in item ? viewThreadLetter(session, item.letterId) : 'messageId' in item ? viewThreadReply(session, item.messageId) : viewThreadImported(session, item.importedId)
    return entry === null ? [] : [entry]
  })
  return success({
    contact: viewContact(mailbox, contact),
    listed: contact.removedAt === null,
    addresses: addresses.map((address) => viewContact(mailbox, address)),
    letters: mailbox.thread.countLetters(ids),
    replies: mailbox.thread.countReplies(ids),
    entries: withMoves(session, input, entries, merged.next === null),
    next: merged.next
  })
}

const signs = ({ mailbox }: DeskSession, item: Marked) => {
  const { flagged, archived } = mailbox.marks.get(item)
  return { flagged: flagged !== null, archived: archived !== null, hasNote: !isBlank(mailbox.notes.get(item)?.text ?? '') }
}

const viewThreadLetter = (session: DeskSession, letterId: string): ThreadLetter | null => {
  const { mailbox } = session
  const record = mailbox.letters.get(letterId)
  const letter = viewLetter(session, letterId)
  if (record === null || letter === null) return null
  const origin = mailbox.origins.of(record.draftId)
  const at = takenAt(letter.history) ?? letter.confirmedAt
  const arrival = expectedFor(mailbox.facilities.get(record.facilityId), { state: record.status, since: record.since, takenAt: at, body: () => record.body })
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

const viewThreadReply = (session: DeskSession, messageId: string): ThreadReply | null => {
  const message = viewMessage(session, messageId)
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

/** Puts the moves where they belong: above what was written before, below what came after. */
const withMoves = (session: DeskSession, input: CommandInput<'thread.page'>, entries: readonly ThreadEntry[], isLast: boolean): readonly ThreadEntry[] => {
  const { mailbox } = session
  const personId = mailbox.people.personOf(input.contactId)
  const newerThan = entries.at(-1)?.at ?? 0
  const olderThan = input.before === null ? Number.MAX_SAFE_INTEGER : Math.min(input.before.letters.at, input.before.replies.at, input.before.imported.at)
  const moves = (personId === null ? [] : mailbox.people.movesOf(personId)).flatMap(({ toContactId, at }): readonly ThreadMove[] => {
    const to = mailbox.contacts.get(toContactId)
    const here = at < olderThan && (isLast || at >= newerThan)
    return to === null || !here ? [] : [{ type: 'moved', at, to: viewContact(mailbox, to) }]
  })
  const result = [...entries]
  for (const move of moves) {
    const place = result.findIndex((entry) => entry.at <= move.at)
    result.splice(place === -1 ? result.length : place, 0, move)
  }
  return result
}
