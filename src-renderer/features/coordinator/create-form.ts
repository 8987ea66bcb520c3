import type { Problem } from '@contract/problem-codes'
import { checkEmail } from '@rules/email'
import { checkName } from '@rules/person'
import { checkLine, collectProblems } from '@rules/problems'
import { useForm } from '@/composables/use-form'
import type { Form } from '@/composables/use-form'
import type { NewPersonValues } from '@/stores/coordinator'
import { problemSentence } from '@/words/problems'

/** `site` is one of the coordinator's own, or this for one that is founded now. */
export const otherSite = '+'
const longestSite = 100

export type CreateValues = { email: string; firstName: string; lastName: string; site: string; newSite: string; coordinator: boolean }

const wanted: Readonly<Record<string, string>> = {
  firstName: 'Enter the first name.',
  lastName: 'Enter the last name.',
  site: 'Choose a site.',
  newSite: 'Enter the name of the new site.'
}
const words = (problem: Problem, field: string): string => (problem.code === 'REQUIRED' ? wanted[field] : undefined) ?? problemSentence(problem)

export const emptyPerson = (site = ''): CreateValues => ({ email: '', firstName: '', lastName: '', site, newSite: '', coordinator: false })

export const useCreateForm = (): Form<CreateValues> =>
  useForm<CreateValues>({
    id: 'person',
    initial: emptyPerson(),
    words,
    check: ({ email, firstName, lastName, site, newSite }) =>
      collectProblems({
        email: checkEmail(email),
        firstName: checkName(firstName),
        lastName: checkName(lastName),
        site: site === '' ? { code: 'REQUIRED' } : null,
        newSite: site === otherSite ? checkLine(newSite, longestSite) : null
      })
  })

export const personOf = ({ email, firstName, lastName, site, newSite, coordinator }: Readonly<CreateValues>): NewPersonValues => ({
  email: email.trim(),
  firstName,
  lastName,
  site: site === otherSite ? newSite : site,
  coordinator
})

/** Back into the form, as it was typed. */
export const valuesOf = (person: NewPersonValues, sites: readonly string[]): CreateValues => {
  const known = person.site === '' || sites.includes(person.site)
  return { ...person, site: known ? person.site : otherSite, newSite: known ? '' : person.site }
}
