import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Settings } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'

/** How this PC shows Epistle. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings>({ textSize: 100, theme: 'system', notice: 'none' })

  const take = (result: Result<Settings>): Result<Settings> => {
    if (result.ok) settings.value = result.value
    return result
  }

  onEvent((event) => {
    if (event.type === 'settingsChanged') settings.value = event.settings
  })
  const loaded = bridge.settings.get({}).then(take)

  return {
    settings,
    loaded,
    change: async (patch: CommandCall<'settings.set'>) => take(await bridge.settings.set(patch))
  }
})
