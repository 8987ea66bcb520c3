import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { CoordinatorView, NewPerson, PeopleEntry } from '../contract/views'
import { newParishKey } from '../storage/vault'
import { note } from './activity'
import type { AccountPagesContext, OpenVisit } from './account-pages'
import type { NewCode, ServicePerson } from './ports'

const viewPerson = (context: AccountPagesContext, visit: OpenVisit, person: ServicePerson): PeopleEntry => ({
  ...person,
  escrow: context.vaults.hasWrap(person.accountId, 'escrow'),
  you: person.accountId === visit.accountId
})

const viewPeople = (context: AccountPagesContext, visit: OpenVisit, people: Result<readonly ServicePerson[]>): Result<readonly PeopleEntry[]> =>
  people.ok ? success(people.value.map((person) => viewPerson(context, visit, person))) : people

const withEscrow = ({ desk }: AccountPagesContext, view: Result<Omit<CoordinatorView, 'escrow'>>): Result<CoordinatorView> =>
  view.ok ? success({ ...view.value, escrow: desk.parish()?.escrow ?? null }) : view

const nameOf = (people: Result<readonly ServicePerson[]>, accountId: string): string =>
  (people.ok ? people.value.find((person) => person.accountId === accountId)?.displayName : undefined) ?? ''

export const coordinatorView = async (context: AccountPagesContext, visit: OpenVisit): Promise<Result<CoordinatorView>> =>
  withEscrow(context, await visit.service.coordinator.view())

export const listPeople = async (context: AccountPagesContext, visit: OpenVisit): Promise<Result<readonly PeopleEntry[]>> =>
  viewPeople(context, visit, await visit.service.coordinator.people())

const handOut = (context: AccountPagesContext, visit: OpenVisit, made: NewCode): NewPerson => ({
  person: viewPerson(context, visit, made.person),
  code: made.code,
  codeUntil: made.codeUntil
})

export const createPerson = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.create'>
): Promise<Result<NewPerson>> => {
  const made = await visit.service.coordinator.create(input)
  if (!made.ok) return made
  note(visit.desk, 'personCreated', { name: made.value.person.displayName })
  return success(handOut(context, visit, made.value))
}

export const setDisabled = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.setDisabled'>
): Promise<Result<readonly PeopleEntry[]>> => {
  const people = await visit.service.coordinator.setDisabled(input)
  if (people.ok) note(visit.desk, input.disabled ? 'personDisabled' : 'personEnabled', { name: nameOf(people, input.accountId) })
  return viewPeople(context, visit, people)
}

export const unlockPerson = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.unlock'>
): Promise<Result<readonly PeopleEntry[]>> => {
  const people = await visit.service.coordinator.unlock(input)
  if (people.ok) {
    note(visit.desk, 'personUnlocked', { name: nameOf(people, input.accountId) })
    // The lock that this PC kept without the line falls too.
    context.desk.noteFailure(input.accountId, { failures: 0, locks: 0, lockedUntil: null })
  }
  return viewPeople(context, visit, people)
}

/**
 * Gives somebody a one-use code in place of a lost password. Where the parish said yes, the code opens that person's
 * letters on this PC too; otherwise they stay sealed until the printed code or the old password turns up.
 */
export const resetPerson = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.reset'>
): Promise<Result<NewPerson>> => {
  const made = await visit.service.coordinator.reset(input)
  if (!made.ok) return made
  const parishKey = visit.desk.mailbox.meta.get('parishKey')
  if (parishKey !== null && context.vaults.state(input.accountId) === 'sealed') {
    const key = context.vaults.unlockForParish(input.accountId, parishKey)
    if (key !== null) await context.vaults.setResetCode(input.accountId, key, made.value.code)
  }
  note(visit.desk, 'personReset', { name: made.value.person.displayName })
  return success(handOut(context, visit, made.value))
}

export const setRole = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.setRole'>
): Promise<Result<readonly PeopleEntry[]>> => {
  const people = await visit.service.coordinator.setRole(input)
  if (people.ok) note(visit.desk, 'roleChanged', { name: nameOf(people, input.accountId), coordinator: input.coordinator ? 'yes' : 'no' })
  return viewPeople(context, visit, people)
}

export const setPolicy = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.setPolicy'>
): Promise<Result<CoordinatorView>> => {
  const view = await visit.service.coordinator.setPolicy(input)
  if (view.ok) note(visit.desk, 'policyChanged', { presets: input.presets.join(', '), release: input.release })
  return withEscrow(context, view)
}

/**
 * The parish's one plain answer to: may the coordinator open a volunteer's letters when a password is lost? Yes makes a
 * key whose private half lies in this coordinator's own encrypted mailbox; no takes every seal away at the next sign-ins.
 */
export const setEscrow = async (
  context: AccountPagesContext,
  visit: OpenVisit,
  input: CommandInput<'coordinator.setEscrow'>
): Promise<Result<CoordinatorView>> => {
  if (!visit.profile.coordinator) return failure('NOT_ALLOWED')
  const checked = await visit.service.checkPassword(input.password)
  if (!checked.ok) return checked
  const { mailbox, clock } = visit.desk
  const key = input.on ? newParishKey() : null
  mailbox.transaction(() => {
    if (key === null) mailbox.meta.clear('parishKey')
    else mailbox.meta.set('parishKey', key.privateKey)
    note(visit.desk, 'escrowChanged', { on: input.on ? 'yes' : 'no' })
  })
  context.desk.decideEscrow(key?.publicKey ?? null, clock.now())
  context.vaults.setEscrow(visit.accountId, visit.key, key?.publicKey ?? null)
  return coordinatorView(context, visit)
}
