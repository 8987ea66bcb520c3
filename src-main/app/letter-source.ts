import type { CommandInput } from '../contract/commands'
import type { Message } from '../contract/exchange'
import { yearSpan } from '../rules/calendar-year'
import type { Mailbox } from '../storage/mailbox'
import type { Choice } from '../storage/mailbox/correspondence'
import { addressesOf } from './addresses'

/** Messages to print or to save: how many, and each in its turn, oldest first. Can be gone through more than once. */
export type LetterSource = { readonly count: number; readonly messages: () => Iterable<Message> }

type Selection = CommandInput<'exports.start'>['selection']

const namedOnes = (mailbox: Mailbox, items: Selection['items']): LetterSource => {
  const read = function* (): Generator<Message> {
    for (const { kind, id } of order) {
      const found = mailbox.correspondence.get(kind, id)
      if (found !== null) yield found
    }
  }
  const order = items
    .map((item) => ({ ...item, at: mailbox.correspondence.get(item.kind, item.id)?.at ?? null }))
    .filter((item) => item.at !== null)
    .sort((a, b) => Number(a.at) - Number(b.at))
  return { count: order.length, messages: read }
}

/** The time that is in the year asked for and between the moments asked for. */
const spanOf = ({ year, from, until }: Selection): Pick<Choice, 'from' | 'until'> => {
  if (year === null) return { from, until }
  const span = yearSpan(year)
  return { from: Math.max(span.from, from ?? span.from), until: Math.min(span.until, until ?? span.until) }
}

/** What a selection of a window stands for: the letters named, or all of a person (at every address) and a time. */
export const letterSource = (mailbox: Mailbox, selection: Selection): LetterSource => {
  if (selection.items.length > 0) return namedOnes(mailbox, selection.items)
  const contactIds = selection.contactId === null ? null : addressesOf(mailbox, selection.contactId).map(({ contactId }) => contactId)
  const choice: Choice = { contactIds, ...spanOf(selection) }
  return { count: mailbox.correspondence.count(choice), messages: () => mailbox.correspondence.messages(choice) }
}
