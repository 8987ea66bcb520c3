import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { InboxMessage, InboxSummary } from '@contract/views'
import { bridge } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Answers that came. Opening one marks it as read; main says so with a fact like any other. */
export const useInboxStore = defineStore('inbox', () => {
  const page = ref(0)
  const list = mirror(['inbox'], () => bridge.inbox.list({ page: page.value, pageSize: 50 }))
  const openId = ref<string | null>(null)
  const opened = mirror([], async (): Promise<Result<InboxMessage | null>> =>
    openId.value === null ? { ok: true, value: null } : bridge.inbox.open({ messageId: openId.value })
  )

  return {
    list: list.data,
    failed: list.failed,
    loading: list.loading,
    turnTo: (wanted: number): Promise<void> => {
      page.value = wanted
      return list.load()
    },
    /** The newest answer of this person, among the newest of all. */
    latestFrom: async (contactId: string): Promise<InboxSummary | null> => {
      const result = await bridge.inbox.list({ pageSize: 200 })
      return (result.ok && result.value.items.find((message) => message.contactId === contactId)) || null
    },
    read: (messageId: string) => bridge.inbox.open({ messageId }),
    opened: opened.data,
    openedFailed: opened.failed,
    openedLoading: opened.loading,
    show: (messageId: string): Promise<void> => {
      if (openId.value !== messageId) opened.data.value = null
      openId.value = messageId
      return opened.load()
    }
  }
})
