import { note } from './activity'
import type { DeskSession } from './desk-session'
import type { Mailbox } from '../storage/mailbox'

/**
 * The service has the money: the stamps are there, once, and the activity says so, whenever the answer came.
 * @returns false when the answer is not believed, because its receipt stands for another purchase (reliability.md §5): then nothing is known yet
 */
export const recordCharged = (desk: Pick<DeskSession, 'mailbox' | 'clock' | 'ids'>, key: string, receiptNumber: string): boolean => {
  const { mailbox, clock } = desk
  const now = clock.now()
  return mailbox.transaction(() => {
    const purchase = mailbox.purchases.byKey(key)
    if (purchase === null || purchase.state !== 'pending') return true
    if (mailbox.purchases.isReceiptKnown(receiptNumber)) return false
    mailbox.purchases.settle(key, 'added', receiptNumber, now)
    if (!mailbox.ledger.has('purchase', key)) {
      mailbox.ledger.append({ walletId: purchase.walletId, reason: 'purchase', reference: key, amount: purchase.stamps, at: now })
    }
    note(desk, 'stampsBought', { stamps: purchase.stamps, cents: purchase.cents, wallet: purchase.walletName })
    return true
  })
}

/** No charge, for good: the card said no, or the service has made the key void. */
export const recordNotCharged = (mailbox: Mailbox, key: string, state: 'declined' | 'cancelled', now: number): void => {
  mailbox.transaction(() => {
    if (mailbox.purchases.byKey(key)?.state === 'pending') mailbox.purchases.settle(key, state, null, now)
  })
}
