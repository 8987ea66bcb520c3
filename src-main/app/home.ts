import type { HomeSummary } from '../contract/views'
import type { DeskSession } from './desk-session'
import { listDrafts } from './drafts'
import { countLate } from './late'
import { walletsOf } from './wallets'

/** What waits for this volunteer. */
export const summariseHome = (session: DeskSession): HomeSummary => {
  const { mailbox } = session
  const outbox = mailbox.letters.outbox()
  return {
    wallets: walletsOf(mailbox),
    drafts: mailbox.drafts.countOpen(),
    outbox: outbox.length,
    unread: mailbox.replies.countUnread(),
    contacts: mailbox.contacts.count(),
    attention: outbox.filter((letter) => letter.deliveryState === 'REJECTED').length,
    late: countLate(session),
    cameBack: mailbox.followups.countCameBack(false),
    prayers: mailbox.prayers.count(false),
    lastDraft: listDrafts(session)[0] ?? null
  }
}
