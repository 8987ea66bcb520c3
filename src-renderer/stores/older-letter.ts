import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ImportedLetter } from '@contract/views'
import { bridge } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** The letter or answer of an older archive that is read now, and whom it is with. */
export const useOlderLetterStore = defineStore('older-letter', () => {
  const openId = ref<string | null>(null)
  const opened = mirror(['imported', 'contacts'], async (): Promise<Result<ImportedLetter | null>> =>
    openId.value === null ? { ok: true, value: null } : bridge.imports.open({ messageId: openId.value })
  )
  return {
    opened: opened.data,
    openedFailed: opened.failed,
    show: (messageId: string): Promise<void> => {
      if (openId.value !== messageId) opened.data.value = null
      openId.value = messageId
      return opened.load()
    },
    /** Says whom it is with, and all with the same name; null takes that back. */
    setPerson: (messageId: string, contactId: string | null) => bridge.imports.setPerson({ messageId, contactId })
  }
})
