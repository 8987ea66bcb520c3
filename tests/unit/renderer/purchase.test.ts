import { beforeEach, describe, expect, it, vi } from 'vitest'
import { failure, success } from '@contract/result'
import type { PurchaseQuote, Receipt, StampOffer, Wallet } from '@contract/views'
import { packageName } from '@/features/stamps/package-name'
import { usePurchase } from '@/features/stamps/use-purchase'

const stamps = vi.hoisted(() => ({ offer: vi.fn(), quote: vi.fn(), purchase: vi.fn(), load: vi.fn() }))
vi.mock('@/stores/stamps', () => ({ useStampsStore: () => stamps }))

const wallet: Wallet = { walletId: 'state:TX', name: 'Texas', unit: 'stamp', available: 1, reserved: 0 }
const twenty = { packageId: 'p20', label: '20 stamps', stamps: 20, cents: 500 }
const offer: StampOffer = { contactId: 'c1', facilityName: 'Cedar State', wallet, packages: [twenty], scope: 'state' }
const quote = (ticket: string): PurchaseQuote => ({ ticket, package: twenty, wallet })

/** Everything filled in, on the last page. */
const atReview = async () => {
  const purchase = usePurchase('Maria Delgado')
  await purchase.chooseContact('c1')
  purchase.choosePackage('p20')
  purchase.go('card')
  Object.assign(purchase.card.values, { number: '4242 4242 4242 4242', expiry: '12/39', securityCode: '123', street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' })
  await purchase.review()
  expect(purchase.step.value).toBe('review')
  return purchase
}

beforeEach(() => {
  vi.resetAllMocks()
  stamps.offer.mockResolvedValue(success(offer))
  stamps.quote.mockResolvedValue(success(quote('t1')))
  stamps.purchase.mockResolvedValue(success({ purchaseId: 'x', state: 'added' } as Receipt))
})

describe('buying stamps', () => {
  it('pays once, with the ticket of the price that was shown, and forgets the card', async () => {
    const purchase = await atReview()
    await Promise.all([purchase.confirm(), purchase.confirm()])
    expect(stamps.purchase).toHaveBeenCalledExactlyOnceWith({
      ticket: 't1',
      card: { number: '4242 4242 4242 4242', expiry: '12/39', securityCode: '123', name: 'Maria Delgado' },
      billing: { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }
    })
    expect(purchase.step.value).toBe('receipt')
    expect(purchase.card.values).toMatchObject({ number: '', securityCode: '' })
  })

  it('clears the security code, and nothing else, when the card page is refused', async () => {
    const purchase = await atReview()
    purchase.go('card')
    purchase.card.values.number = '4242'
    await purchase.review()
    expect(purchase.step.value).toBe('card')
    expect(purchase.card.errors.number).toBe('Check the card number.')
    expect(purchase.card.values).toMatchObject({ number: '4242', securityCode: '', street: '12 Chapel Road' })
  })

  it.each(['CARD_DECLINED', 'CARD_INSUFFICIENT'] as const)('goes back to the card after %s', async (code) => {
    const purchase = await atReview()
    stamps.purchase.mockResolvedValue(failure(code))
    await purchase.confirm()
    expect(purchase.step.value).toBe('card')
    expect(purchase.failed.value?.code).toBe(code)
    expect(purchase.card.values.securityCode).toBe('')
  })

  it('shows what main found wrong beside its field', async () => {
    const purchase = await atReview()
    stamps.purchase.mockResolvedValue(failure('INVALID', { problems: { 'card.number': { code: 'CARD_NOT_A_TEST_CARD' } } }))
    await purchase.confirm()
    expect(purchase.step.value).toBe('card')
    expect(purchase.card.errors.number).toBe('This is a practice shop. Use test card 4242 4242 4242 4242.')
  })

  it.each(['CONFIRM_AGAIN', 'PRICE_CHANGED'] as const)('asks for the price anew after %s and wants the code again', async (code) => {
    const purchase = await atReview()
    stamps.purchase.mockResolvedValueOnce(failure(code))
    stamps.quote.mockResolvedValue(success(quote('t2')))
    await purchase.confirm()
    expect(purchase.step.value).toBe('review')
    expect(purchase.failed.value?.code).toBe(code)
    expect(purchase.codeAgain.value).toBe(true)
    await purchase.confirm()
    expect(stamps.purchase).toHaveBeenCalledTimes(1)
    purchase.card.values.securityCode = '123'
    await purchase.confirm()
    expect(stamps.purchase).toHaveBeenLastCalledWith(expect.objectContaining({ ticket: 't2' }))
  })

  it('says honestly that a charge is not settled, and offers no second one', async () => {
    const purchase = await atReview()
    stamps.purchase.mockResolvedValue(failure('PURCHASE_UNSETTLED'))
    await purchase.confirm()
    expect(purchase.step.value).toBe('receipt')
    expect(purchase.receipt.value).toBeNull()
    expect(purchase.failed.value?.code).toBe('PURCHASE_UNSETTLED')
  })

  it('keeps everything when the service cannot be reached', async () => {
    const purchase = await atReview()
    stamps.purchase.mockResolvedValue(failure('OFFLINE'))
    await purchase.confirm()
    expect(purchase.step.value).toBe('review')
    expect(purchase.card.values.number).toBe('4242 4242 4242 4242')
  })

  it('names packages as the shop does', () => {
    expect(packageName(20, 'stamp')).toBe('20 Stamps Package')
    expect(packageName(1, 'credit')).toBe('1 Credit Package')
  })
})
