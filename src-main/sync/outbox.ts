import { beginNextDelivery, recordAccepted, recordNoAnswer, recordRefused, type Departure } from '../app/delivery-steps'
import type { Clock, Ids } from '../app/ports'
import type { Mailbox } from '../storage/mailbox'
import { isFinal } from '../wire/failures'
import type { AccountWire } from './account-wire'
import type { Rests } from './rests'

/** What became of one try. */
export type Delivered = 'sent' | 'refused' | 'priceChanged' | 'again' | 'lineDown'

export type Outbox = {
  /** Sends the next letter that is due. @returns null when nothing is due */
  readonly sendNext: () => Promise<Delivered | null>
}

/**
 * The sending half of the protocol. Each step is on disk before the next begins; a letter whose answer did not come goes
 * again with the key it was given at the confirmation, for ever.
 */
export const createOutbox = (mailbox: Mailbox, wire: AccountWire, clock: Clock, ids: Ids, rests: Rests, mayLeave: (letterId: string) => boolean, departed: () => void): Outbox => {
  const tryLater = (departure: Departure): void => {
    const ms = rests.rest(departure.delivery.deliveryId, departure.delivery.attempts)
    recordNoAnswer(mailbox, departure, clock.now() + ms)
  }
  return {
    sendNext: async () => {
      const departure = beginNextDelivery(mailbox, rests.isResting, mayLeave, clock.now())
      if (departure === null) return null
      // Somebody may be looking: from here on it cannot be taken back.
      departed()
      const { delivery, letter } = departure
      const exchange = await wire('messaging.submit', {
        key: delivery.key,
        payload: {
          facilityId: letter.facilityId,
          number: letter.number,
          subject: letter.subject,
          body: letter.body,
          prepaidReply: letter.prepaidReply,
          photos: departure.photos.map((bytes) => Buffer.from(bytes).toString('base64'))
        },
        payloadHash: delivery.payloadHash,
        consentStamps: delivery.stamps
      })
      switch (exchange.outcome) {
        case 'answered': {
          const { receiptNumber, stamps, payloadHash, at } = exchange.reply
          // An answer about another letter than ours is no answer (reliability.md §5), and one receipt stands for one letter (I2).
          if (payloadHash !== delivery.payloadHash || mailbox.deliveries.isReceiptKnown(receiptNumber)) {
            tryLater(departure)
            return 'again'
          }
          recordAccepted(mailbox, departure, { receiptNumber, stamps, at }, clock.now())
          rests.settled(delivery.deliveryId)
          return 'sent'
        }
        case 'refused':
          if (!isFinal(exchange.failure)) {
            tryLater(departure)
            return 'again'
          }
          recordRefused(mailbox, departure, exchange.failure.code, clock, ids)
          rests.settled(delivery.deliveryId)
          return exchange.failure.code === 'PRICE_CHANGED' ? 'priceChanged' : 'refused'
        case 'unusable':
          tryLater(departure)
          return 'again'
        case 'unreached':
          tryLater(departure)
          return 'lineDown'
      }
    }
  }
}
