import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { PracticeState } from '@contract/views'
import { bridge, onChanged } from '../bridge'
import type { Result } from '../bridge'

/** The controls of the simulated service. */
export const usePracticeStore = defineStore('practice', () => {
  const state = ref<PracticeState | null>(null)

  const take = (result: Result<PracticeState>): Result<PracticeState> => {
    if (result.ok) state.value = result.value
    return result
  }
  const load = async (): Promise<Result<PracticeState>> => take(await bridge.practice.state({}))

  onChanged(['practice'], () => void load())

  return {
    state,
    load,
    change: async (patch: CommandCall<'practice.set'>) => take(await bridge.practice.set(patch)),
    fastForward: async (hours: number) => take(await bridge.practice.fastForward({ hours }))
  }
})
