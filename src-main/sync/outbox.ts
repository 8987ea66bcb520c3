import { beginNextDelivery, recordAccepted, recordNoAnswer, recordRefused, type Departure } from '../app/delivery-steps'
import type { Clock, Ids, Random } from '../app/ports'
import { nextDelayMs } from '../rules/backoff'
import type { Mailbox } from '../storage/mailbox'
import { isWorthRetrying } from '../wire/failures'
import type { AccountWire } from './account-wire'

/** What became of one try. */
export type Delivered = 'sent' | 'refused' | 'again' | 'lineDown'

export type Outbox = {
  /** Sends the next letter that is due. @returns null when nothing is due */
  readonly sendNext: () => Promise<Delivered | null>
}

/**
 * The sending half of the protocol. Each step is on disk before the next begins; a letter whose answer did not come goes
 * again with the key it was given at the confirmation, for ever.
 */
export const createOutbox = (mailbox: Mailbox, wire: AccountWire, clock: Clock, random: Random, ids: Ids): Outbox => {
  const tryLater = (departure: Departure): void => {
    recordNoAnswer(mailbox, departure, clock.now() + nextDelayMs(departure.delivery.attempts, random.number()))
  }
  return {
    sendNext: async () => {
      const departure = beginNextDelivery(mailbox, clock.now())
      if (departure === null) return null
      const { delivery, letter } = departure
      const exchange = await wire('messaging.submit', {
        key: delivery.key,
        payload: {
          facilityId: letter.facilityId,
          number: letter.number,
          subject: letter.subject,
          body: letter.body,
          prepaidReply: letter.prepaidReply
        },
        payloadHash: delivery.payloadHash,
        consentStamps: delivery.stamps
      })
      switch (exchange.outcome) {
        case 'answered': {
          const { receiptNumber, stamps, payloadHash, at } = exchange.reply
          // Never trusted for more than was confirmed, nor for another letter than ours (reliability.md §5).
          if (payloadHash !== delivery.payloadHash || stamps > delivery.stamps) {
            tryLater(departure)
            return 'again'
          }
          recordAccepted(mailbox, departure, { receiptNumber, stamps, at }, clock.now())
          return 'sent'
        }
        case 'refused':
          // Without a session the service has not looked at the letter; it waits for the person to sign in again.
          if (isWorthRetrying(exchange.failure.status) || exchange.failure.code === 'UNAUTHENTICATED') {
            tryLater(departure)
            return 'again'
          }
          recordRefused(mailbox, departure, exchange.failure.code, clock, ids)
          return 'refused'
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
