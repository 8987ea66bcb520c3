import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Surroundings } from '@contract/surroundings'
import { runFlush } from '../composables/flush'
import { bridge, onEvent } from '../bridge'

/** The disk, the clock and the place of the folder, as main sees them. */
export const useSurroundingsStore = defineStore('surroundings', () => {
  const state = ref<Surroundings>({ saving: 'ok', roomAgain: false, serviceDamaged: false, clock: null, placeWarning: null })

  const take = (now: Surroundings): void => {
    const isWell = state.value.saving !== 'ok' && now.saving === 'ok'
    state.value = now
    // The disk takes something again: whatever is typed and not saved goes there at once.
    if (isWell) void runFlush()
  }

  onEvent((event) => {
    if (event.type === 'surroundingsChanged') take(event.surroundings)
  })
  const loaded = bridge.surroundings.state({}).then((result) => {
    if (result.ok) take(result.value)
  })

  return {
    state,
    loaded,
    putAway: async (what: 'clock' | 'place'): Promise<void> => {
      const result = await bridge.surroundings.putAway({ what })
      if (result.ok) take(result.value)
    },
    report: () => bridge.surroundings.report({}),
    saveReport: () => bridge.surroundings.saveReport({})
  }
})
