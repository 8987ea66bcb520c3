import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { SyncStatus } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import { usePracticeStore } from './practice'
import { useSessionStore } from './session'

/** The line to the service, as main sees it. */
export const useSyncStore = defineStore('sync', () => {
  const status = ref<SyncStatus>({ line: 'unknown', lastSyncAt: null, waiting: 0, sendingStopped: false })

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

  // While nobody is signed in, nothing is sent and the last word on the line may be old: the service's own switch knows.
  const session = useSessionStore()
  const practice = usePracticeStore()
  void practice.load()
  const offline = computed(() => (practice.state?.offline ?? false) || (session.current !== null && status.value.line === 'offline'))

  return { status, offline, load, syncNow }
})
