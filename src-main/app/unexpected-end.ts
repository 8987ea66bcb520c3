import type { UnexpectedEnd } from '../contract/views'
import { fullName } from '../rules/contact'
import { lastWords } from '../rules/last-words'
import { countWords } from '../rules/words-lost'
import type { Mailbox } from '../storage/mailbox'
import type { DeskSession } from './desk-session'
import { ifTheDiskAllows } from './in-hand'
import { summariseLetters } from './letters'

/** Enough of the last sentence to remember it by. */
const shownCharacters = 160

const lettersLeftOpen = (mailbox: Mailbox): readonly string[] => {
  const text = mailbox.meta.get('lettersLeftOpen')
  return text === null ? [] : (JSON.parse(text) as string[])
}

/**
 * A visit begins. A mark of the one before that nobody took away means that Epistle ended without a goodbye: what was in
 * hand then, and what was on its way, is remembered until somebody has looked at it.
 */
export const markVisitBegun = (mailbox: Mailbox, now: number): void => ifTheDiskAllows(() => mailbox.transaction(() => markBegun(mailbox, now)))

const markBegun = (mailbox: Mailbox, now: number): void => {
  const before = mailbox.meta.get('visitOpenSince')
  if (before !== null) {
    mailbox.draftsInHand.markLeftOpen()
    const onTheWay = mailbox.letters
      .outbox()
      .filter(({ deliveryState, confirmedAt }) => deliveryState === 'SENDING' || (deliveryState === 'QUEUED' && confirmedAt >= Number(before)))
      .map(({ letterId }) => letterId)
    const letters = [...new Set([...lettersLeftOpen(mailbox), ...onTheWay])]
    if (letters.length > 0) mailbox.meta.set('lettersLeftOpen', JSON.stringify(letters))
  }
  mailbox.meta.set('visitOpenSince', now)
}

/** A visit ends in order: nothing is in hand any more. */
export const markVisitEnded = (mailbox: Mailbox): void =>
  ifTheDiskAllows(() =>
    mailbox.transaction(() => {
      mailbox.draftsInHand.putDownAll()
      mailbox.meta.clear('visitOpenSince')
    })
  )

/** Whether there is something to show: Epistle closed unexpectedly, and letters were open. */
export const endedUnexpectedly = (mailbox: Mailbox): boolean => mailbox.draftsInHand.leftOpen().length > 0 || lettersLeftOpen(mailbox).length > 0

export const viewUnexpectedEnd = (session: DeskSession): UnexpectedEnd => {
  const { mailbox } = session
  const letters = lettersLeftOpen(mailbox).flatMap((letterId) => mailbox.letters.get(letterId) ?? [])
  return {
    drafts: mailbox.draftsInHand.leftOpen().flatMap(({ draftId }) => {
      const draft = mailbox.drafts.get(draftId)
      if (draft === null) return []
      const contact = draft.contactId === null ? null : mailbox.contacts.get(draft.contactId)
      return [
        {
          draftId,
          contactName: contact === null ? null : fullName(contact),
          subject: draft.subject,
          lastWords: lastWords(draft.body, shownCharacters),
          words: countWords(draft.body),
          savedAt: draft.savedAt
        }
      ]
    }),
    letters: summariseLetters(session, letters)
  }
}

export const forgetUnexpectedEnd = ({ mailbox }: DeskSession): void =>
  mailbox.transaction(() => {
    mailbox.draftsInHand.forgetLeftOpen()
    mailbox.meta.clear('lettersLeftOpen')
  })
