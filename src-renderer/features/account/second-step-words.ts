import type { SecondStepMethod } from '@contract/views'
import type { SecondStep } from '@/stores/session'
import type { RadioCard } from '@/ui/RadioCards.vue'

const named: { readonly [M in SecondStepMethod]: string } = {
  totp: 'The app on my phone',
  email: 'An e-mail',
  text: 'A text message',
  printed: 'A printed code'
}

/** Where the service would send a code, as far as it says so. */
export const whereTo = ({ emailHint, phoneHint }: SecondStep, method: SecondStepMethod): string =>
  (method === 'email' ? emailHint : method === 'text' ? phoneHint : null) ?? ''

const details = (step: SecondStep, method: SecondStepMethod): string => {
  switch (method) {
    case 'totp':
      return 'It shows a new code every 30 seconds.'
    case 'email':
    case 'text':
      return `To ${whereTo(step, method) || 'the address you gave'}.`
    case 'printed':
      return 'From the list you printed. Each code works once.'
  }
}

export const methodCards = (step: SecondStep): readonly RadioCard[] =>
  step.methods.map((method) => ({ value: method, label: named[method], detail: details(step, method) }))

/** What to type, beside the field. */
export const codeHints: { readonly [M in SecondStepMethod]: string } = {
  totp: 'Six digits from the app on your phone.',
  email: 'Six digits from the e-mail in the Service post.',
  text: 'Six digits from the text message in the Service post.',
  printed: 'One code from your printed list. Cross it out afterwards.'
}

export const isMethod = (value: string): value is SecondStepMethod => Object.hasOwn(named, value)
/** Methods whose code is sent when it is asked for. */
export const isPosted = (method: SecondStepMethod): method is 'email' | 'text' => method === 'email' || method === 'text'
