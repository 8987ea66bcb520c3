import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ReturnedCase } from '@contract/correspondence'
import { bridge } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Letters that want a second look: those that came back, and those that are late. */
export const useFollowUpStore = defineStore('follow-up', () => {
  const settled = ref(false)
  const page = ref(0)
  const openId = ref<string | null>(null)
  const returned = mirror(['sent', 'outbox', 'drafts', 'marks'], () => bridge.returned.list({ settled: settled.value, page: page.value, pageSize: 50 }))
  const late = mirror(['sent', 'marks'], () => bridge.letters.late({}))
  const opened = mirror(['sent', 'outbox', 'drafts', 'contacts', 'marks'], async (): Promise<Result<ReturnedCase | null>> =>
    openId.value === null ? { ok: true, value: null } : bridge.returned.open({ letterId: openId.value })
  )
  return {
    returned: returned.data,
    returnedFailed: returned.failed,
    settled,
    showReturned: (wantSettled: boolean, wanted = 0): Promise<void> => {
      if (settled.value !== wantSettled) returned.data.value = null
      settled.value = wantSettled
      page.value = wanted
      return returned.load()
    },
    late: late.data,
    lateFailed: late.failed,
    loadLate: late.load,
    opened: opened.data,
    openedFailed: opened.failed,
    show: (letterId: string): Promise<void> => {
      if (openId.value !== letterId) opened.data.value = null
      openId.value = letterId
      return opened.load()
    },
    resend: (letterId: string) => bridge.returned.resend({ letterId }),
    dismiss: (letterId: string, on: boolean) => bridge.returned.dismiss({ letterId, on }),
    openAppeal: (letterId: string) => bridge.appeals.open({ letterId }),
    saveAppeal: (letterId: string, text: string, baseRevision: number) => bridge.appeals.save({ letterId, text, baseRevision }),
    markWritten: (letterId: string) => bridge.appeals.written({ letterId })
  }
})
