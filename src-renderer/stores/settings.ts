import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Settings } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'

const sizeStep = 25

/** How this PC shows Epistle. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings>({ textSize: 100, theme: 'system', notice: 'none' })

  const dismissed = ref<Settings['notice']>('none')
  const noticeToShow = computed(() => (settings.value.notice === dismissed.value ? 'none' : settings.value.notice))

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
    /** One step of text size down and up. */
    smaller: computed(() => Math.max(100, settings.value.textSize - sizeStep)),
    larger: computed(() => Math.min(200, settings.value.textSize + sizeStep)),
    noticeToShow,
    dismissNotice: (): void => {
      dismissed.value = settings.value.notice
    },
    change: async (patch: CommandCall<'settings.set'>) => take(await bridge.settings.set(patch))
  }
})
