import type { LetterState } from '../contract/views'
import type { LetterRecord } from '../storage/mailbox/letters'
import type { DeliveryRecord } from '../storage/mailbox/deliveries'
import type { Mailbox } from '../storage/mailbox'
import { note } from './activity'
import type { Clock, Ids } from './ports'

/** A delivery that may leave now, with everything that travels. */
export type Departure = { readonly delivery: DeliveryRecord; readonly letter: LetterRecord; readonly photos: readonly Uint8Array[] }

/**
 * Step 4 of the protocol: the try is on disk before the call leaves.
 * @param isResting whether a delivery's next try is still to come
 * @param mayLeave the last look at a letter's own records
 * @returns the next delivery due, now SENDING, or null
 */
export const beginNextDelivery = (mailbox: Mailbox, isResting: (deliveryId: string) => boolean, mayLeave: (letterId: string) => boolean, now: number): Departure | null =>
  mailbox.transaction(() => {
    const delivery = mailbox.deliveries.nextDue(isResting)
    if (delivery === null || !mayLeave(delivery.letterId)) return null
    const letter = mailbox.letters.get(delivery.letterId)
    if (letter === null) throw new Error('a delivery without its letter')
    mailbox.deliveries.markSending(delivery.deliveryId)
    if (letter.status === 'queued') mailbox.letters.moveTo(letter.letterId, 'sending', now, null)
    return { delivery: { ...delivery, state: 'SENDING', attempts: delivery.attempts + 1 }, letter, photos: photosOf(mailbox, letter.letterId) }
  })

const photosOf = (mailbox: Mailbox, letterId: string): readonly Uint8Array[] =>
  mailbox.photos.ofLetter(letterId).map(({ photoId }) => {
    const photo = mailbox.photos.read(photoId)
    if (photo === null) throw new Error('a letter without its photo')
    return photo.bytes
  })

/**
 * An older copy of the mailbox cannot know which of its waiting letters have left since. Each counts as tried: it is asked about under its
 * own key, and nobody can take back what the service may have.
 */
export const countAsTried = (mailbox: Mailbox, now: number): void =>
  mailbox.transaction(() => {
    for (const { letterId } of mailbox.letters.outbox()) {
      const delivery = mailbox.deliveries.byLetter(letterId)
      if (delivery?.state !== 'QUEUED') continue
      mailbox.deliveries.markSending(delivery.deliveryId)
      mailbox.letters.moveTo(letterId, 'sending', now, null)
    }
  })

/**
 * Step 6: the service has it. Sent, receipt kept, the reservation becomes spent; where the service took less than was
 * confirmed, the difference comes back as a line of its own. What happens to a letter at the service is dated by its clock.
 */
export const recordAccepted = (
  mailbox: Mailbox,
  departure: Departure,
  receipt: { readonly receiptNumber: string; readonly stamps: number; readonly at: number },
  now: number
): void => {
  const { delivery, letter } = departure
  mailbox.transaction(() => {
    mailbox.deliveries.markSent(delivery.deliveryId, receipt.receiptNumber)
    const line = { walletId: delivery.walletId, reference: delivery.key, at: now }
    mailbox.ledger.append({ ...line, reason: 'post', amount: delivery.stamps })
    // More than was confirmed is not believed here; where the service's book says so too, the statement shows it (statement.ts).
    mailbox.ledger.append({ ...line, reason: 'adjust', amount: Math.max(0, delivery.stamps - receipt.stamps) })
    // News of what became of it may have come before its receipt: that is further on, and stays.
    if (isOnOurSide(mailbox.letters.get(letter.letterId)?.status)) mailbox.letters.moveTo(letter.letterId, 'submitted', receipt.at, null)
  })
}

const isOnOurSide = (status: LetterState | undefined): boolean => status === 'queued' || status === 'sending'

/** Step 7: a final no. Nothing was spent; the stamps are free again and the letter says why. */
export const recordRefused = (mailbox: Mailbox, departure: Departure, reason: string, clock: Clock, ids: Ids): void => {
  const { delivery, letter } = departure
  const now = clock.now()
  mailbox.transaction(() => {
    note({ mailbox, clock, ids }, 'letterRefused', { name: letter.contactName, reason })
    mailbox.deliveries.settle(delivery.deliveryId, 'REJECTED')
    mailbox.ledger.append({ walletId: delivery.walletId, reason: 'void', reference: delivery.key, amount: delivery.stamps, at: now })
    mailbox.letters.moveTo(letter.letterId, 'refused', now, reason)
  })
}

/** No usable answer: the same key goes again at `nextTryAt`. */
export const recordNoAnswer = (mailbox: Mailbox, departure: Departure, nextTryAt: number): void => {
  mailbox.transaction(() => mailbox.deliveries.tryAgainAt(departure.delivery.deliveryId, nextTryAt))
}
