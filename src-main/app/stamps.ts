import type { CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import type { Page, PurchaseQuote, Receipt, StampOffer, StampPackage } from '../contract/views'
import { cardBrand, checkBilling, checkCard, last4, normaliseCardNumber } from '../rules/card'
import type { Mailbox } from '../storage/mailbox'
import type { PurchaseRecord } from '../storage/mailbox/purchases'
import { note } from './activity'
import type { DeskSession } from './desk-session'
import { recordCharged, recordNotCharged } from './purchase-steps'
import { walletFor } from './wallets'

const facilityOfContact = (mailbox: Mailbox, contactId: string) => {
  const contact = mailbox.contacts.get(contactId)
  return contact === null || contact.removedAt !== null ? null : mailbox.facilities.get(contact.facilityId)
}

/** What can be bought for letters to this contact, and where those stamps are good (domain.md: said before purchase). */
export const stampOffer = ({ mailbox }: DeskSession, input: CommandInput<'stamps.offer'>): Result<StampOffer> => {
  const facility = facilityOfContact(mailbox, input.contactId)
  if (facility === null) return failure('NOT_FOUND')
  return success({
    contactId: input.contactId,
    facilityName: facility.name,
    wallet: walletFor(mailbox, facility),
    packages: facility.packages.map(viewPackage),
    scope: facility.walletScope
  })
}

const viewPackage = (pack: { readonly id: string; readonly label: string; readonly stamps: number; readonly cents: number }): StampPackage => ({
  packageId: pack.id,
  label: pack.label,
  stamps: pack.stamps,
  cents: pack.cents
})

/** The price as it stands, and the ticket to confirm it with. */
export const quotePurchase = (session: DeskSession, input: CommandInput<'stamps.quote'>): Result<PurchaseQuote> => {
  if (session.health.broken() !== null) return failure('SENDING_STOPPED')
  const facility = facilityOfContact(session.mailbox, input.contactId)
  if (facility === null) return failure('NOT_FOUND')
  const pack = facility.packages.find((one) => one.id === input.packageId)
  if (pack === undefined) return invalid({ package: { code: 'PACKAGE_MISSING' } })
  const ticket = session.gate.issue({
    kind: 'purchase',
    contactId: input.contactId,
    packageId: pack.id,
    cents: pack.cents,
    stamps: pack.stamps
  })
  return success({ ticket, package: viewPackage(pack), wallet: walletFor(session.mailbox, facility) })
}

/**
 * Buys what was confirmed. The purchase and its key are on disk before the card leaves; the card's number and code are
 * never written anywhere, only brand and last four. Whatever happens to the line, the key is asked about later and the
 * charge happens once or not at all (reliability.md §5, step 8).
 * Fails with INVALID (`number`, `expiry`, …), CONFIRM_AGAIN, PRICE_CHANGED, CARD_DECLINED, CARD_INSUFFICIENT, PURCHASE_UNSETTLED.
 */
export const purchaseStamps = async (session: DeskSession, input: CommandInput<'stamps.purchase'>): Promise<Result<Receipt>> => {
  const { mailbox, clock, ids } = session
  const problems = { ...checkCard(input.card, clock.now()), ...checkBilling(input.billing) }
  if (Object.keys(problems).length > 0) return invalid(problems)
  if (session.health.broken() !== null) return failure('SENDING_STOPPED')
  const consent = session.gate.redeem(input.ticket, 'purchase')
  if (consent === null) return failure('CONFIRM_AGAIN')
  const facility = facilityOfContact(mailbox, consent.contactId)
  const pack = facility?.packages.find((one) => one.id === consent.packageId)
  if (!facility || !pack) return failure('NOT_FOUND')
  if (pack.cents !== consent.cents || pack.stamps !== consent.stamps) return failure('PRICE_CHANGED')
  const number = normaliseCardNumber(input.card.number)
  const wallet = walletFor(mailbox, facility)
  const key = ids.key()
  mailbox.transaction(() =>
    mailbox.purchases.insert({
      purchaseId: ids.next(),
      key,
      walletId: wallet.walletId,
      walletName: wallet.name,
      facilityId: facility.id,
      packageId: pack.id,
      packageLabel: pack.label,
      stamps: pack.stamps,
      cents: pack.cents,
      cardBrand: cardBrand(number),
      cardLast4: last4(number),
      madeAt: clock.now()
    })
  )
  const charge = await session.line.charge({
    key,
    facilityId: facility.id,
    packageId: pack.id,
    cents: consent.cents,
    card: { ...input.card, number },
    billing: input.billing
  })
  if (charge.outcome === 'charged' && recordCharged(session, key, charge.receipt.receiptNumber)) {
    session.announce('stamps', 'post')
    const purchase = mailbox.purchases.byKey(key)
    return purchase === null ? failure('NOT_FOUND') : success(viewReceipt(purchase))
  }
  if (charge.outcome === 'refused') {
    mailbox.transaction(() => {
      recordNotCharged(mailbox, key, 'declined', clock.now())
      note(session, 'cardDeclined', { last4: last4(number) })
    })
    session.announce('stamps', 'post')
    if (charge.failure.code === 'PRICE_CHANGED') {
      session.line.rulesChanged()
      session.line.nudge()
    }
    return charge.failure
  }
  session.announce('stamps')
  session.line.nudge()
  return failure('PURCHASE_UNSETTLED')
}

const viewReceipt = (purchase: PurchaseRecord): Receipt => ({
  purchaseId: purchase.purchaseId,
  state: purchase.state,
  at: purchase.madeAt,
  packageLabel: purchase.packageLabel,
  stamps: purchase.stamps,
  cents: purchase.cents,
  walletId: purchase.walletId,
  walletName: purchase.walletName,
  cardBrand: purchase.cardBrand,
  cardLast4: purchase.cardLast4,
  receiptNumber: purchase.receipt
})

export const listReceipts = ({ mailbox }: DeskSession, input: CommandInput<'stamps.receipts'>): Page<Receipt> => ({
  items: mailbox.purchases.page(input.pageSize, input.page * input.pageSize).map(viewReceipt),
  total: mailbox.purchases.count(),
  page: input.page,
  pageSize: input.pageSize
})

