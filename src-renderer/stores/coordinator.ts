import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CommandCall } from '@contract/commands'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** What is typed while an account is made for somebody. */
export type NewPersonValues = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly site: string
  readonly coordinator: boolean
}

/** The people of the coordinator's sites, and the rules that hold for them. One-use codes are handed through and never kept. */
export const useCoordinatorStore = defineStore('coordinator', () => {
  const view = mirror(['people'], () => bridge.coordinator.view({}))
  const people = mirror(['people'], () => bridge.coordinator.people({}))
  const personDraft = shallowRef<NewPersonValues | null>(null)

  onEvent((event) => {
    if (event.type === 'sessionChanged' && event.session === null) personDraft.value = null
  })

  const changing = async <T>(asked: Promise<Result<T>>, again: () => Promise<void>): Promise<Result<T>> => {
    const result = await asked
    if (result.ok) await again()
    return result
  }

  return {
    view: view.data,
    viewFailed: view.failed,
    loadView: view.load,
    people: people.data,
    peopleFailed: people.failed,
    loadPeople: people.load,
    personDraft,

    /** A new account may found a new site. */
    create: (person: NewPersonValues) => changing(bridge.coordinator.create(person), async () => void (await Promise.all([people.load(), view.load()]))),
    unlock: (accountId: string) => changing(bridge.coordinator.unlock({ accountId }), people.load),
    reset: (accountId: string, password: string) => changing(bridge.coordinator.reset({ accountId, password }), people.load),
    setDisabled: (accountId: string, disabled: boolean) => changing(bridge.coordinator.setDisabled({ accountId, disabled }), people.load),
    setRole: (accountId: string, coordinator: boolean) => changing(bridge.coordinator.setRole({ accountId, coordinator }), people.load),
    setPolicy: (call: CommandCall<'coordinator.setPolicy'>) => changing(bridge.coordinator.setPolicy(call), view.load),
    setEscrow: (on: boolean, password: string) =>
      changing(bridge.coordinator.setEscrow({ on, password }), async () => void (await Promise.all([people.load(), view.load()])))
  }
})
