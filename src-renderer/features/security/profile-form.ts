import type { Problem } from '@contract/problem-codes'
import type { AccountDetails } from '@contract/views'
import { checkPerson, displayPhone } from '@rules/person'
import { stateName } from '@rules/wallet'
import { useForm } from '@/composables/use-form'
import type { Form } from '@/composables/use-form'
import type { ProfileValues } from '@/stores/account'
import { problemSentence } from '@/words/problems'

type Profile = { -readonly [K in keyof ProfileValues]: ProfileValues[K] }

export const profileOf = ({ firstName, lastName, street, city, state, zip, phone }: AccountDetails): Profile => ({
  firstName,
  lastName,
  street,
  city,
  state,
  zip,
  phone: phone === '' ? '' : displayPhone(phone)
})

export const profileLabels: { readonly [K in keyof Profile]: string } = {
  firstName: 'First name',
  lastName: 'Last name',
  street: 'Street address',
  city: 'City',
  state: 'State',
  zip: 'ZIP code',
  phone: 'Phone number'
}
const fields = Object.keys(profileLabels) as readonly (keyof Profile)[]

/** What the page shows. An account that a coordinator made has no address yet. */
export const profileItems = (details: AccountDetails): readonly { readonly key: string; readonly term: string; readonly detail: string }[] => {
  const profile = profileOf(details)
  const shown = { ...profile, state: profile.state === '' ? '' : stateName(profile.state) }
  return [
    { key: 'email', term: 'Email', detail: details.email },
    ...fields.map((field) => ({ key: field, term: profileLabels[field], detail: shown[field] === '' ? 'Not known yet' : shown[field] }))
  ]
}

const wanted: { readonly [K in keyof Profile]: string } = {
  firstName: 'Enter your first name.',
  lastName: 'Enter your last name.',
  street: 'Enter your street address.',
  city: 'Enter your city.',
  state: 'Choose your state.',
  zip: 'Enter your ZIP code.',
  phone: 'Enter your phone number.'
}
const words = (problem: Problem, field: keyof Profile): string => (problem.code === 'REQUIRED' ? wanted[field] : problemSentence(problem))

export type ProfileForm = Form<Profile>

export const useProfileForm = (): ProfileForm =>
  useForm<Profile>({
    id: 'profile',
    initial: { firstName: '', lastName: '', street: '', city: '', state: '', zip: '', phone: '' },
    check: checkPerson,
    words
  })
