import type { FirstLetter } from '../contract/correspondence'
import type { LetterState } from '../contract/views'
import type { Mailbox } from '../storage/mailbox'

/** What can still become of a letter while another is written instead of it. */
export const firstLetter = (state: LetterState): FirstLetter => {
  if (state === 'delivered' || state === 'replied') return 'arrived'
  return ['rejected', 'undeliverable', 'refused', 'cancelled'].includes(state) ? 'cameBack' : 'mayArrive'
}

/** For a draft that is sent instead of an earlier letter: what can still become of that one. */
export const insteadOf = (mailbox: Mailbox, draftId: string): FirstLetter | null => {
  const first = mailbox.origins.of(draftId)?.resendsLetter ?? null
  const letter = first === null ? null : mailbox.letters.get(first)
  return letter === null ? null : firstLetter(letter.status)
}
