import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { AppState, Session } from '@contract/views'
import type { CommandCall } from '@contract/commands'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { runFlush } from '../composables/flush'

/** Who is at this PC, who has been here before, and how to come and go. */
export const useSessionStore = defineStore('session', () => {
  const state = ref<AppState>({ version: '', accounts: [], session: null })
  const current = computed(() => state.value.session)
  const accounts = computed(() => state.value.accounts)

  const load = async (): Promise<void> => {
    const result = await bridge.app.state({})
    if (result.ok) state.value = result.value
  }

  const take = (session: Session | null): void => {
    state.value = { ...state.value, session }
  }

  const taking = async (asked: Promise<Result<Session>>): Promise<Result<Session>> => {
    const result = await asked
    if (result.ok) take(result.value)
    return result
  }

  const loaded = load()
  onEvent((event) => {
    if (event.type === 'sessionChanged') take(event.session)
  })
  onChanged(['accounts'], () => void load())

  return {
    state,
    current,
    accounts,
    /** Resolves when the first answer is here. */
    loaded,
    signIn: (input: CommandCall<'accounts.signIn'>) => taking(bridge.accounts.signIn(input)),
    create: (input: CommandCall<'accounts.create'>) => taking(bridge.accounts.create(input)),
    practice: () => taking(bridge.accounts.practice({})),
    acceptTerms: (version: string) => taking(bridge.accounts.acceptEmessagingTerms({ version })),
    /** Saves what is typed first. False: something could not be saved, and nobody was signed out. */
    signOut: async (): Promise<boolean> => {
      if (!(await runFlush())) return false
      const result = await bridge.accounts.signOut({})
      if (result.ok) take(null)
      return result.ok
    }
  }
})
