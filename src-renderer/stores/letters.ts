import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Letter } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Confirmed letters: those waiting in the Outbox and those that have gone. */
export const useLettersStore = defineStore('letters', () => {
  const outbox = mirror(['outbox'], () => bridge.letters.outbox({}))
  const openId = ref<string | null>(null)
  const opened = mirror(['sent', 'outbox', 'inbox'], async (): Promise<Result<Letter | null>> =>
    openId.value === null ? { ok: true, value: null } : bridge.letters.open({ letterId: openId.value })
  )
  /** The letter just confirmed: the next screen says what became of it, then forgets it. */
  const confirmed = ref<Letter | null>(null)

  onEvent((event) => {
    if (event.type === 'sessionChanged' && event.session === null) confirmed.value = null
  })

  return {
    outbox: outbox.data,
    outboxFailed: outbox.failed,
    outboxLoading: outbox.loading,
    loadOutbox: outbox.load,
    opened: opened.data,
    openedFailed: opened.failed,
    openedLoading: opened.loading,
    show: (letterId: string): Promise<void> => {
      if (openId.value !== letterId) opened.data.value = null
      openId.value = letterId
      return opened.load()
    },
    confirmed,
    quote: (draftId: string, revision: number) => bridge.letters.quote({ draftId, revision }),
    send: async (ticket: string): Promise<Result<Letter>> => {
      const result = await bridge.letters.send({ ticket })
      if (result.ok) confirmed.value = result.value
      return result
    },
    takeBack: (letterId: string) => bridge.letters.cancel({ letterId })
  }
})
