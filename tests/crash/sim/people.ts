/** The two volunteers of the simulated PC, and the profile every seed begins with. */
import { goodSignUp, password, testCard } from '../../support/core'
import { createWorld, type World } from './world'

export const people = [
  { email: 'maria@parish.org', mark: 'M' },
  { email: 'tom@parish.org', mark: 'T' }
] as const
export type Person = { readonly email: string; readonly mark: string; readonly accountId: string; readonly contactId: string }

const must = async <T>(answer: Promise<{ readonly ok: boolean; readonly value?: T } | null>): Promise<T> => {
  const result = await answer
  if (result === null || !result.ok) throw new Error(`a step of the template failed: ${JSON.stringify(result)}`)
  return result.value as T
}

/** Buys the package of so many stamps. */
export const buyStamps = async (world: World, contactId: string, stamps: number) => {
  const offer = await world.call('stamps.offer', { contactId })
  if (offer === null || !offer.ok) return offer
  const packageId = offer.value.packages.find((pack) => pack.stamps === stamps)?.packageId ?? ''
  const quote = await world.call('stamps.quote', { contactId, packageId })
  if (quote === null || !quote.ok) return quote
  return world.call('stamps.purchase', { ticket: quote.value.ticket, ...testCard })
}

/**
 * Makes a profile with both volunteers, a contact each and stamps bought, in `root`.
 * @returns where it lies, and who they are
 */
export const makeTemplate = async (root: string): Promise<{ readonly folder: string; readonly people: readonly Person[] }> => {
  const world = createWorld({ root, template: null, seed: 1 })
  if (!(await world.start())) throw new Error('the template did not start')
  const made: Person[] = []
  for (const { email, mark } of people) {
    const challenge = await must(world.call('accounts.signUpStart', {}))
    const session = await must(world.call('accounts.create', goodSignUp(challenge.challengeId, email)))
    await must(world.call('accounts.acceptEmessagingTerms', { version: '1' }))
    const contact = await must(world.call('contacts.add', { facilityId: 'cedar-state', number: '448213' }))
    await must(buyStamps(world, contact.contactId, 20))
    await must(world.call('accounts.signOut', {}))
    made.push({ email, mark, accountId: session.accountId, contactId: contact.contactId })
  }
  await world.close()
  return { folder: world.nextFolder(), people: made }
}

export const signIn = (world: World, person: Person, secret = password) => world.call('accounts.signIn', { email: person.email, password: secret })

/** The name of an account's mailbox below the profile. */
export const mailboxOf = (person: Person): string => `mailboxes/${person.accountId}.db`
