import { cardBrand, checkBilling, checkCard, last4, normaliseCardNumber, testCards, type CardOutcome } from '../../rules/card'
import { formatCents } from '../../rules/money'
import { walletIdOf } from '../../rules/wallet'
import type { MessageInput, MessageReply } from '../../wire/messages'
import { transact, type SessionHandler, type SignedInCall, type Tx } from '../context'
import { nextNumber } from '../database/numbers'
import type { WireFacility } from '../directory/facilities'
import { keepAnswer, readKey, voidKey } from '../keys'
import { done, problemsFrom, refuse, type Outcome } from '../outcome'
import { balanceOf } from './wallets'

type Input = MessageInput<'stamps.purchase'>
type Receipt = MessageReply<'stamps.purchase'>
type Package = WireFacility['packages'][number]

/**
 * `stamps.purchase`: charges once per key, for ever. Typing errors are told and forgotten; from the price on, the first
 * answer of a key is its answer for ever, a declined card included.
 */
export const purchase: SessionHandler<'stamps.purchase'> = (call, input) =>
  transact(call, async (tx) => {
    const requestHash = hashOf(call, input)
    const use = await readKey<Receipt>(tx, call.account.id, input.key, 'purchase', requestHash)
    if (use.state === 'answered') return use.outcome
    if (use.state === 'void') return refuse('KEY_VOID')
    if (use.state === 'other') return refuse('KEY_REUSED')

    const problems = problemsFrom({ ...checkCard(input.card, tx.now), ...checkBilling(input.billing) })
    if (problems !== undefined) return refuse('INVALID', { problems })
    const outcome = await decide(tx, call, input)
    await keepAnswer(tx, call.account.id, input.key, 'purchase', requestHash, outcome)
    return withLine(outcome, cardOutcome(input))
  })

/** `stamps.settle`: what became of a key. Without a charge, there will never be one. */
export const settle: SessionHandler<'stamps.settle'> = (call, { key }) =>
  transact(call, async (tx) => {
    const row = await tx.db.selectFrom('key_result').selectAll().where('account_id', '=', call.account.id).where('key', '=', key).executeTakeFirst()
    if (row === undefined) await voidKey(tx, call.account.id, key)
    if (row?.kind === 'letter') return refuse('KEY_REUSED')
    return done(row?.outcome === 'done' ? { outcome: 'charged' as const, receipt: JSON.parse(row.answer) as Receipt } : { outcome: 'void' as const })
  })

const decide = async (tx: Tx, call: SignedInCall, input: Input): Promise<Outcome<Receipt>> => {
  const facility = call.context.facilities.find(input.facilityId)?.published
  const bought = facility?.packages.find(({ id }) => id === input.packageId)
  if (facility === undefined || bought === undefined) return refuse('NOT_FOUND')
  if (bought.cents !== input.consentCents) return refuse('PRICE_CHANGED', { params: { cents: bought.cents } })
  const card = cardOutcome(input)
  if (card === 'declined') return refuse('CARD_DECLINED')
  if (card === 'insufficient') return refuse('CARD_INSUFFICIENT')
  return charge(tx, call, input, facility, bought)
}

const charge = async (tx: Tx, call: SignedInCall, input: Input, facility: WireFacility, bought: Package): Promise<Outcome<Receipt>> => {
  const walletId = walletIdOf(facility)
  const account_id = call.account.id
  const receiptNumber = await nextNumber(tx, 'R')
  const [brand, digits] = [cardBrand(input.card.number), last4(input.card.number)]
  await tx.db.insertInto('ledger').values({ account_id, wallet_id: walletId, reason: 'purchase', reference: input.key, amount: bought.stamps, at: tx.now }).execute()
  await tx.db
    .insertInto('purchase')
    .values({
      receipt_number: receiptNumber,
      account_id,
      key: input.key,
      facility_id: facility.id,
      package_id: bought.id,
      wallet_id: walletId,
      stamps: bought.stamps,
      cents: bought.cents,
      card_brand: brand,
      card_last4: digits,
      at: tx.now
    })
    .execute()
  const balance = await balanceOf(tx.db, account_id, walletId)
  await tx.post({
    kind: 'email',
    to: call.account.email,
    subject: `Receipt ${receiptNumber}`,
    body: `${bought.label} for ${facility.name}: ${formatCents(bought.cents)}, paid with ${brand} ending in ${digits}.\nReceipt number: ${receiptNumber}\nYou have ${balance} now.\n\nThis is a practice shop. No money was moved.`
  })
  return done({ receiptNumber, stamps: bought.stamps, cents: bought.cents, walletId, balance, at: tx.now })
}

const cardOutcome = (input: Input): CardOutcome | undefined => testCards.find(({ number }) => number === normaliseCardNumber(input.card.number))?.outcome

/** Two of the test cards act on the line, the first time only: a stored answer travels like any other. */
const withLine = (outcome: Outcome<Receipt>, card: CardOutcome | undefined): Outcome<Receipt> => {
  if (!outcome.ok) return outcome
  if (card === 'timeout') return { ...outcome, line: 'loseAnswer' }
  return card === 'duplicate' ? { ...outcome, line: 'repeat' } : outcome
}

/** What makes two requests the same. Of the card only brand and last four digits: nothing in the file leads back to a number or a code. */
const hashOf = (call: SignedInCall, { facilityId, packageId, consentCents, card, billing }: Input): string =>
  call.context.keyed(
    'purchase',
    JSON.stringify([facilityId, packageId, consentCents, cardBrand(card.number), last4(card.number), card.name, billing.street, billing.city, billing.state, billing.zip])
  )
