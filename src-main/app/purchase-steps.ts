import type { Mailbox } from '../storage/mailbox'

/** The service has the money: the stamps are there, once. */
export const recordCharged = (mailbox: Mailbox, key: string, receiptNumber: string, now: number): void => {
  mailbox.transaction(() => {
    const purchase = mailbox.purchases.byKey(key)
    if (purchase === null || purchase.state !== 'pending') return
    mailbox.purchases.settle(key, 'added', receiptNumber, now)
    if (!mailbox.ledger.has('purchase', key)) {
      mailbox.ledger.append({ walletId: purchase.walletId, reason: 'purchase', reference: key, amount: purchase.stamps, at: now })
    }
  })
}

/** No charge, for good: the card said no, or the service has made the key void. */
export const recordNotCharged = (mailbox: Mailbox, key: string, state: 'declined' | 'cancelled', now: number): void => {
  mailbox.transaction(() => {
    if (mailbox.purchases.byKey(key)?.state === 'pending') mailbox.purchases.settle(key, state, null, now)
  })
}
