import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ThreadEntry, ThreadLetter, ThreadPage, ThreadReply } from '@contract/correspondence'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Failure } from '../bridge'

const pageSize = 20
/** Further back, somebody is looking for something: more at a time. */
const olderPageSize = 50

/** One conversation, newest first, as far back as the person has asked for. */
export const useThreadStore = defineStore('thread', () => {
  const contactId = ref<string | null>(null)
  /** The newest page, which says who it is with. */
  const head = shallowRef<ThreadPage | null>(null)
  const older = shallowRef<readonly ThreadEntry[]>([])
  const next = shallowRef<ThreadPage['next']>(null)
  const failed = ref<Failure | null>(null)
  const loading = ref(false)
  let turn = 0
  /** How far back one wants to read; what is fetched anew meanwhile goes as far. */
  let wantedBack = 0

  const forget = (): void => {
    turn += 1
    wantedBack = 0
    head.value = null
    older.value = []
    next.value = null
    failed.value = null
    loading.value = false
  }

  /** Fetches the newest page again; how far back one has read stays, unless something was added there. */
  const load = async (): Promise<void> => {
    if (contactId.value === null) return
    const mine = ++turn
    loading.value = true
    const result = await bridge.thread.page({ contactId: contactId.value, pageSize })
    if (mine !== turn) return
    if (result.ok) {
      let rest: ThreadEntry[] = []
      let after = result.value.next
      // What was read further back is fetched again as well: a state there may have changed.
      while (after !== null && rest.length < wantedBack) {
        const page = await bridge.thread.page({ contactId: contactId.value, pageSize: olderPageSize, before: after })
        if (mine !== turn) return
        if (!page.ok) break
        rest = [...rest, ...page.value.entries]
        after = page.value.next
      }
      head.value = result.value
      older.value = rest
      next.value = after
      failed.value = null
    } else if (result.code !== 'LOCKED' && result.code !== 'DUTY_FIRST') failed.value = result
    loading.value = false
  }

  const showOlder = async (): Promise<void> => {
    if (contactId.value === null || next.value === null) return
    wantedBack = older.value.length + olderPageSize
    if (loading.value) return
    const mine = ++turn
    loading.value = true
    const result = await bridge.thread.page({ contactId: contactId.value, pageSize: olderPageSize, before: next.value })
    if (mine !== turn) return
    loading.value = false
    if (result.ok) {
      older.value = [...older.value, ...result.value.entries]
      next.value = result.value.next
    }
    failed.value = result.ok ? null : result
  }

  onChanged(['sent', 'outbox', 'inbox', 'contacts', 'marks', 'imported'], () => void load())
  onEvent((event) => {
    if (event.type === 'sessionChanged' && event.session === null) {
      contactId.value = null
      forget()
    }
  })

  return {
    head,
    older,
    next,
    failed,
    loading,
    load,
    showOlder,
    show: (wanted: string): Promise<void> => {
      if (contactId.value !== wanted) forget()
      contactId.value = wanted
      return load()
    },
    leave: (): void => {
      contactId.value = null
      forget()
    },
    archive: (id: string, on: boolean) => bridge.thread.archive({ contactId: id, on }),
    /** The newest letter to somebody and the newest answer, among the newest of both; null where there is none. */
    lastOf: async (id: string): Promise<{ readonly letter: ThreadLetter | null; readonly answer: ThreadReply | null }> => {
      const result = await bridge.thread.page({ contactId: id, pageSize: olderPageSize })
      const entries = result.ok ? result.value.entries : []
      return { letter: entries.find((entry) => entry.type === 'letter') ?? null, answer: entries.find((entry) => entry.type === 'reply') ?? null }
    }
  }
})
