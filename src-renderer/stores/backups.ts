import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Restored, RestoreView } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Copies of the mailbox, and the way back to one. */
export const useBackupsStore = defineStore('backups', () => {
  const backups = mirror(['backups'], () => bridge.backups.view({}))
  const choices = ref<RestoreView | null>(null)
  /** What the last restore came to, until it was read. */
  const restored = ref<Restored | null>(null)

  const choosing = async <T extends RestoreView | null>(asked: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await asked
    if (result.ok && result.value !== null) choices.value = result.value
    return result
  }
  onEvent((event) => {
    if (event.type !== 'sessionChanged' || event.session !== null) return
    choices.value = null
    restored.value = null
  })

  return {
    view: backups.data,
    failed: backups.failed,
    load: backups.load,
    choices,
    restored,
    make: () => bridge.backups.make({}),
    rehearse: () => bridge.backups.rehearse({}),
    chooseFolder: () => bridge.backups.chooseFolder({}),
    forgetFolder: () => bridge.backups.forgetFolder({}),
    loadChoices: () => choosing(bridge.restore.view({})),
    lookElsewhere: () => choosing(bridge.restore.lookElsewhere({})),
    restore: async (input: CommandCall<'restore.from'>): Promise<Result<Restored>> => {
      const result = await bridge.restore.from(input)
      if (result.ok) restored.value = result.value
      return result
    }
  }
})
