import type { AccountDetails } from '@contract/views'
import { displayPhone } from '@rules/person'
import type { RadioCard } from '@/ui/RadioCards.vue'
import { counted } from '@/words/plural'

export type Method = Exclude<AccountDetails['secondStep']['method'], 'off'>

const ways: { readonly [M in Method]: string } = {
  totp: 'a code from the app on your telephone',
  email: 'a code by e-mail',
  text: 'a code by text message'
}

export const isMethod = (value: string): value is Method => Object.hasOwn(ways, value)

/** "On: a code by e-mail" */
export const secondStepState = (method: AccountDetails['secondStep']['method']): string => (method === 'off' ? 'Off' : `On: ${ways[method]}`)

export const printedCodesWords = (left: number): string =>
  left === 0 ? 'No printed code is left. Print new ones.' : `${counted(left, 'printed code')} left for the day your telephone is not at hand.`

export const methodOptions = ({ email, phone }: AccountDetails): readonly RadioCard[] => [
  { value: 'totp', label: 'An authenticator app', detail: 'The strongest way. The app on your telephone shows six digits; it needs no line.' },
  { value: 'email', label: 'A code by e-mail', detail: `Six digits to ${email}. Weaker: whoever reads your mail can read the code.` },
  phone === ''
    ? { value: 'text', label: 'A code by text message', detail: 'There is no phone number in your profile yet. Add one under Profile first.', disabled: true }
    : { value: 'text', label: 'A code by text message', detail: `Six digits to ${displayPhone(phone)}.` }
]
