import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { HomeSummary } from '@contract/views'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Failure } from '../bridge'

/** What waits for the person who is signed in: counts for the navigation, stamps for the header, the tiles of Home. */
export const useHomeStore = defineStore('home', () => {
  const summary = ref<HomeSummary | null>(null)
  const failed = ref<Failure | null>(null)
  const stamps = computed(() => (summary.value?.wallets ?? []).reduce((sum, wallet) => sum + wallet.available, 0))

  const load = async (): Promise<void> => {
    const result = await bridge.home.summary({})
    if (result.ok) summary.value = result.value
    failed.value = result.ok || result.code === 'SIGNED_OUT' ? null : result
  }

  onChanged(['drafts', 'outbox', 'sent', 'inbox', 'contacts', 'stamps', 'accounts'], () => {
    if (summary.value) void load()
  })
  onEvent((event) => {
    if (event.type === 'sessionChanged' && event.session === null) summary.value = null
  })

  return { summary, failed, stamps, load }
})
