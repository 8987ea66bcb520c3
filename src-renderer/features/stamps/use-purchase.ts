import { computed, nextTick, ref, shallowRef } from 'vue'
import type { Failure } from '@contract/result'
import type { Problems } from '@contract/problem-codes'
import type { PurchaseQuote, Receipt, StampOffer } from '@contract/views'
import { checkBilling, checkCard } from '@rules/card'
import { useForm } from '@/composables/use-form'
import { useStampsStore } from '@/stores/stamps'
import { problemSentence } from '@/words/problems'

export type Step = 'contact' | 'package' | 'card' | 'review' | 'receipt'

/** Fields of the card page. They live in this screen only and are gone when it closes. */
const emptyCard = { number: '', expiry: '', securityCode: '', name: '', street: '', city: '', state: '', zip: '' }
type CardField = keyof typeof emptyCard

/** What is missing, named: seven times "Please fill this in." would help nobody. */
const missing: { readonly [F in CardField]: string } = {
  number: 'Enter the card number.',
  expiry: 'Enter the expiry date, month/year.',
  securityCode: 'Enter the security code.',
  name: 'Enter the name on the card.',
  street: 'Enter the street address of the card.',
  city: 'Enter the city.',
  state: 'Choose the state.',
  zip: 'Enter the ZIP code.'
}

export type Purchase = ReturnType<typeof usePurchase>

/** From a contact to a receipt. A price is only ever paid after it was shown. */
export const usePurchase = (cardName: string) => {
  const stamps = useStampsStore()
  const step = ref<Step>('contact')
  const contactId = ref('')
  const packageId = ref('')
  const offer = shallowRef<StampOffer | null>(null)
  const quote = shallowRef<PurchaseQuote | null>(null)
  const receipt = shallowRef<Receipt | null>(null)
  const failed = ref<Failure | null>(null)
  const busy = ref(false)
  /** The security code was cleared after an error on the last page, and is asked for there again. */
  const codeAgain = ref(false)

  const card = useForm({
    id: 'card',
    initial: { ...emptyCard, name: cardName },
    check: (values): Problems<CardField> => ({ ...checkCard(values, Date.now()), ...checkBilling(values) }),
    words: (problem, field) => (problem.code === 'REQUIRED' ? missing[field] : problemSentence(problem))
  })

  const go = (to: Step): void => {
    failed.value = null
    codeAgain.value = false
    step.value = to
  }

  /** One request at a time; a second press while one runs does nothing. */
  const once = async (work: () => Promise<void>): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failed.value = null
    try {
      await work()
    } finally {
      busy.value = false
    }
  }

  const chooseContact = (id: string): Promise<void> =>
    once(async () => {
      const result = await stamps.offer(id)
      if (!result.ok) {
        failed.value = result
        return
      }
      if (contactId.value !== id || !result.value.packages.some((one) => one.packageId === packageId.value)) packageId.value = ''
      contactId.value = id
      offer.value = result.value
      step.value = 'package'
    })

  const askPrice = async (): Promise<boolean> => {
    const result = await stamps.quote(contactId.value, packageId.value)
    quote.value = result.ok ? result.value : null
    if (!result.ok) failed.value = result
    return result.ok
  }

  const clearCode = async (): Promise<void> => {
    card.values.securityCode = ''
    codeAgain.value = step.value === 'review'
    await nextTick()
  }

  const review = async (): Promise<void> => {
    if (!card.validate()) {
      await clearCode()
      return
    }
    await once(async () => {
      codeAgain.value = false
      if (await askPrice()) step.value = 'review'
    })
  }

  /** Main names the fields of card and billing by their last part. */
  const fieldProblems = (problems: Problems): Problems<CardField> =>
    Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field.split('.').at(-1) ?? field, problem]))

  const backToCard = async (result: Failure): Promise<void> => {
    step.value = 'card'
    failed.value = result.code === 'INVALID' ? null : result
    await clearCode()
    if (result.code === 'INVALID' && result.problems) card.setProblems(fieldProblems(result.problems))
  }

  /** Only the code can be wrong on the last page; anything else goes back to where it was typed. */
  const backToCardIfNeeded = async (): Promise<void> => {
    if (Object.keys(card.errors).some((field) => field !== 'securityCode')) step.value = 'card'
    await clearCode()
  }

  const finish = async (bought: Receipt | null): Promise<void> => {
    receipt.value = bought
    card.reset({ ...emptyCard, name: cardName })
    await stamps.load()
    step.value = 'receipt'
  }

  const confirm = (): Promise<void> =>
    once(async () => {
      const ticket = quote.value?.ticket
      if (!ticket) return
      if (!card.validate()) return backToCardIfNeeded()
      const { number, expiry, securityCode, name, street, city, state, zip } = card.values
      const result = await stamps.purchase({ ticket, card: { number, expiry, securityCode, name }, billing: { street, city, state, zip } })
      if (result.ok) return finish(result.value)
      switch (result.code) {
        case 'INVALID':
        case 'CARD_DECLINED':
        case 'CARD_INSUFFICIENT':
          return backToCard(result)
        case 'PURCHASE_UNSETTLED':
          await finish(null)
          failed.value = result
          return
        case 'CONFIRM_AGAIN':
        case 'PRICE_CHANGED':
          if (await askPrice()) failed.value = result
          return clearCode()
        default:
          failed.value = result
          return clearCode()
      }
    })

  return {
    step,
    contactId,
    packageId,
    offer,
    quote,
    receipt,
    failed,
    busy,
    codeAgain,
    card,
    chosen: computed(() => offer.value?.packages.find((one) => one.packageId === packageId.value) ?? null),
    go,
    chooseContact,
    choosePackage: (id: string): void => {
      packageId.value = id
    },
    review,
    confirm,
    /** A receipt of the past. */
    show: (past: Receipt): void => {
      receipt.value = past
      go('receipt')
    },
    startAgain: (): void => {
      packageId.value = ''
      quote.value = null
      receipt.value = null
      go('contact')
    }
  }
}
