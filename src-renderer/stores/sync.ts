import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { SyncStatus } from '@contract/views'
import { bridge, onEvent } from '../bridge'

/** The line to the service, as main sees it. */
export const useSyncStore = defineStore('sync', () => {
  const status = ref<SyncStatus>({ line: 'unknown', lastSyncAt: null, waiting: 0 })

  const load = async (): Promise<void> => {
    const result = await bridge.sync.status({})
    if (result.ok) status.value = result.value
  }

  const syncNow = async (): Promise<void> => {
    const result = await bridge.sync.now({})
    if (result.ok) status.value = result.value
  }

  onEvent((event) => {
    if (event.type === 'syncStatusChanged') status.value = event.status
    if (event.type === 'sessionChanged') void load()
  })
  void load()

  return { status, load, syncNow }
})
