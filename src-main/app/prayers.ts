import type { CommandInput } from '../contract/commands'
import type { Prayer } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import type { Page } from '../contract/views'
import { fullName } from '../rules/contact'
import { normaliseText } from '../rules/text'
import type { Marked } from '../storage/mailbox/marks'
import type { PrayerRecord } from '../storage/mailbox/prayers'
import type { DeskSession } from './desk-session'

type About = { readonly name: string; readonly contactId: string | null; readonly subject: string | null }

const aboutItem = ({ mailbox }: DeskSession, { kind, id }: Marked): About => {
  if (kind === 'letter') {
    const letter = mailbox.letters.get(id)
    if (letter !== null) return { name: letter.contactName, contactId: letter.contactId, subject: letter.subject }
  } else if (kind === 'reply') {
    const reply = mailbox.replies.get(id)
    if (reply !== null) return { name: reply.senderName, contactId: reply.contactId, subject: reply.subject }
  } else if (kind === 'imported') {
    const message = mailbox.imports.message(id)
    if (message !== null) return { name: message.personName, contactId: message.contactId, subject: message.subject }
  } else {
    const contact = mailbox.contacts.get(id)
    if (contact !== null) return { name: fullName(contact), contactId: contact.contactId, subject: null }
  }
  throw new Error('a prayer intention for something that is not there')
}

export const viewPrayer = (session: DeskSession, record: PrayerRecord): Prayer => ({ ...record, ...aboutItem(session, record) })

export const listPrayers = (session: DeskSession, input: CommandInput<'prayers.list'>): Page<Prayer> => ({
  items: session.mailbox.prayers.page(input.closed, input.pageSize, input.page * input.pageSize).map((record) => viewPrayer(session, record)),
  total: session.mailbox.prayers.count(input.closed),
  page: input.page,
  pageSize: input.pageSize
})

/** Opens an intention for a letter, a reply or a person; the one that is open already gets the new words. */
export const openPrayer = (session: DeskSession, input: CommandInput<'prayers.open'>): Result<Prayer> => {
  const { mailbox, clock, ids } = session
  const item: Marked = { kind: input.kind, id: input.id }
  if (!mailbox.marks.exists(item)) return failure('NOT_FOUND')
  const words = normaliseText(input.words).trim()
  const prayerId = mailbox.transaction(() => {
    const open = mailbox.prayers.openOf(item)
    if (open !== null) {
      mailbox.prayers.reword(open.prayerId, words)
      return open.prayerId
    }
    const made = ids.next()
    mailbox.prayers.insert(made, item, words, clock.now())
    return made
  })
  return told(session, prayerId)
}

/** "Prayed for": counted, with the day; the intention stays open. */
export const notePrayed = (session: DeskSession, input: CommandInput<'prayers.prayed'>): Result<Prayer> => {
  const { mailbox, clock } = session
  const record = mailbox.prayers.get(input.prayerId)
  if (record === null || record.closedAt !== null) return failure('NOT_FOUND')
  mailbox.transaction(() => mailbox.prayers.markPrayed(record.prayerId, clock.now()))
  return told(session, record.prayerId)
}

/** Closes an intention, or opens it again unless another is open for the same by now. */
export const closePrayer = (session: DeskSession, input: CommandInput<'prayers.close'>): Result<Prayer> => {
  const { mailbox, clock } = session
  const record = mailbox.prayers.get(input.prayerId)
  if (record === null) return failure('NOT_FOUND')
  if (!input.closed && record.closedAt !== null && mailbox.prayers.openOf(record) !== null) return failure('NOT_FOUND')
  mailbox.transaction(() => mailbox.prayers.setClosed(record.prayerId, input.closed ? clock.now() : null))
  return told(session, record.prayerId)
}

const told = (session: DeskSession, prayerId: string): Result<Prayer> => {
  session.announce('marks')
  const record = session.mailbox.prayers.get(prayerId)
  return record === null ? failure('NOT_FOUND') : success(viewPrayer(session, record))
}
