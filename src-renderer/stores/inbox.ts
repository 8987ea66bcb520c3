import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { InboxMessage } from '@contract/views'
import { bridge } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Answers that came. Opening one marks it as read; main says so with a fact like any other. */
export const useInboxStore = defineStore('inbox', () => {
  const openId = ref<string | null>(null)
  const opened = mirror([], async (): Promise<Result<InboxMessage | null>> =>
    openId.value === null ? { ok: true, value: null } : bridge.inbox.open({ messageId: openId.value })
  )

  return {
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
