import { defineStore } from 'pinia'
import type { MarkedKind } from '@contract/correspondence'
import type { MessageKind } from '@contract/exchange'
import { bridge } from '../bridge'
import { mirror } from './mirror'
import { ref } from 'vue'

type Item = { readonly kind: MessageKind; readonly id: string }

/** Flags, notes, prayer intentions: what a volunteer adds beside letters, answers and people. */
export const useMarksStore = defineStore('marks', () => {
  const closed = ref(false)
  const page = ref(0)
  const prayers = mirror(['marks', 'contacts'], () => bridge.prayers.list({ closed: closed.value, page: page.value, pageSize: 50 }))
  return {
    of: (kind: MarkedKind, id: string) => bridge.marks.of({ kind, id }),
    flag: (kind: MarkedKind, id: string, on: boolean) => bridge.marks.flag({ kind, id, on }),
    archive: (kind: MarkedKind, id: string, on: boolean) => bridge.marks.archive({ kind, id, on }),
    flagSeveral: (items: readonly Item[], on: boolean) => bridge.marks.flagSeveral({ items: items.map(({ kind, id }) => ({ kind, id })), on }),
    archiveSeveral: (items: readonly Item[], on: boolean) => bridge.marks.archiveSeveral({ items: items.map(({ kind, id }) => ({ kind, id })), on }),
    saveNote: (kind: MarkedKind, id: string, text: string, baseRevision: number) => bridge.marks.saveNote({ kind, id, text, baseRevision }),
    setRead: (messageId: string, read: boolean) => bridge.inbox.setRead({ messageId, read }),
    prayers: prayers.data,
    prayersFailed: prayers.failed,
    prayersClosed: closed,
    showPrayers: (wantClosed: boolean, wantedPage = 0): Promise<void> => {
      if (closed.value !== wantClosed) prayers.data.value = null
      closed.value = wantClosed
      page.value = wantedPage
      return prayers.load()
    },
    openPrayer: (kind: MarkedKind, id: string, words: string) => bridge.prayers.open({ kind, id, words }),
    prayed: (prayerId: string) => bridge.prayers.prayed({ prayerId }),
    closePrayer: (prayerId: string, isClosed: boolean) => bridge.prayers.close({ prayerId, closed: isClosed })
  }
})
