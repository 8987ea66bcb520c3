import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ThreadCursor, ThreadEntry, ThreadLetter, ThreadPage, ThreadReply } from '@contract/correspondence'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Failure } from '../bridge'

const firstPageSize = 20
/** Further back, somebody is looking for something: more at a time. */
const pageSize = 50
/** So many more letters than before, and a stretch is not read to its end unasked: an archive was brought in. */
const mostUnasked = 200

/** A stretch of the conversation between two places in time (null: its newest, its oldest end), and what stood there after so many changes. */
type Part = {
  readonly before: ThreadCursor | null
  readonly downTo: ThreadCursor | null
  readonly entries: readonly ThreadEntry[]
  /** A letter of it has not been taken by the service: where it will stand is not settled. */
  readonly waits: boolean
  readonly asOf: number
}

/** What an entry is known by, whatever becomes of it. */
export const threadKey = (entry: ThreadEntry): string => (entry.type === 'letter' ? entry.letterId : entry.type === 'moved' ? `${entry.to.contactId}-${entry.at}` : entry.messageId)

const waits = (entry: ThreadEntry): boolean => entry.type === 'letter' && !entry.history.some(({ state }) => state === 'submitted')

/**
 * One conversation, newest first, as far back as the person has asked for. A change makes all of it stale, and the newest stretch and those near the screen are
 * fetched again; the others when they come near. So a change costs the same in a thread of five letters and of five thousand.
 */
export const useThreadStore = defineStore('thread', () => {
  const contactId = ref<string | null>(null)
  /** The newest page as it came last, which says who it is with. */
  const head = shallowRef<ThreadPage | null>(null)
  const parts = shallowRef<readonly Part[]>([])
  const failed = ref<Failure | null>(null)
  const loading = ref(false)
  /** The conversation asked for; an answer for another one is dropped. */
  let turn = 0
  let changes = 0
  /** How far back one wants to read, in entries. */
  let wanted = 0
  const near = new Set<string>()
  let work: Promise<void> | null = null

  const forget = (): void => {
    turn += 1
    wanted = 0
    near.clear()
    work = null
    head.value = null
    parts.value = []
    failed.value = null
    loading.value = false
  }

  const count = (some: readonly Part[]): number => some.reduce((sum, { entries }) => sum + entries.length, 0)

  /**
   * Reads a stretch anew and puts it in the place of the parts that held it.
   * @param first @param last the parts it takes the place of; none when `last` is before `first`
   * @param enough entries, after which what lies behind stays unread
   * @returns false when it could not be read, or is not wanted any more
   */
  const read = async (first: number, last: number, stretch: Pick<Part, 'before' | 'downTo'>, size: number, enough: number): Promise<boolean> => {
    const id = contactId.value
    if (id === null) return false
    const mine = turn
    const asOf = changes
    const fresh: Part[] = []
    for (let before = stretch.before; ; ) {
      const result = await bridge.thread.page({ contactId: id, pageSize: size, before, downTo: stretch.downTo })
      if (mine !== turn) return false
      if (!result.ok) {
        if (result.code !== 'LOCKED' && result.code !== 'DUTY_FIRST') failed.value = result
        return false
      }
      failed.value = null
      const { entries, next } = result.value
      if (before === null) head.value = result.value
      fresh.push({ before, downTo: next ?? stretch.downTo, entries, waits: entries.some(waits), asOf })
      // What lies behind so many new ones is asked for again by whoever wants it.
      const isCut = next !== null && count(fresh) >= enough
      if (next === null || isCut) {
        parts.value = [...parts.value.slice(0, first), ...fresh, ...(isCut ? [] : parts.value.slice(last + 1))]
        return true
      }
      before = next
    }
  }
  const readAgain = (first: number, last: number): Promise<boolean> =>
    read(first, last, { before: parts.value[first]?.before ?? null, downTo: parts.value[last]?.downTo ?? null }, pageSize, count(parts.value.slice(first, last + 1)) + mostUnasked)

  /** The next thing to fetch; null when what is wanted and what is in sight is here. */
  const nextStep = (): (() => Promise<boolean>) | null => {
    const all = parts.value
    const oldest = all.at(-1)
    if (oldest === undefined) return () => read(0, -1, { before: null, downTo: null }, firstPageSize, firstPageSize)
    const isStale = ({ asOf }: Part): boolean => asOf < changes
    // Letters that wait find their places among the newest, so the newest stretch goes down to the last of them.
    const top = Math.max(0, all.findLastIndex((part) => part.waits))
    if (all.slice(0, top + 1).some(isStale)) return () => readAgain(0, top)
    const inSight = all.findIndex((part) => isStale(part) && part.entries.some((entry) => near.has(threadKey(entry))))
    if (inSight >= 0) return () => readAgain(inSight, inSight)
    if (oldest.downTo !== null && count(all) < wanted) return () => read(all.length, all.length - 1, { before: oldest.downTo, downTo: null }, pageSize, pageSize)
    return null
  }

  const go = async (): Promise<void> => {
    const mine = turn
    loading.value = true
    for (let step = nextStep(); step !== null && (await step()); ) step = nextStep()
    if (mine !== turn) return
    work = null
    loading.value = false
  }
  /** Fetches whatever there is to fetch, one after the other. */
  const run = (): Promise<void> => work ?? (contactId.value === null || nextStep() === null ? Promise.resolve() : (work = go()))

  const load = (): Promise<void> => {
    changes += 1
    return run()
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
    entries: computed(() => parts.value.flatMap(({ entries }) => entries)),
    /** The same in stretches, each known by where it begins. */
    parts: computed(() => parts.value.map(({ before, entries }) => ({ name: JSON.stringify(before), entries }))),
    /** There are earlier letters than those shown. */
    more: computed(() => parts.value.at(-1)?.downTo !== null && parts.value.length > 0),
    failed,
    loading,
    load,
    showOlder: (): Promise<void> => {
      wanted = count(parts.value) + pageSize
      return run()
    },
    /** An entry comes near the screen, or goes. */
    look: (key: string, isNear: boolean): void => {
      if (!isNear) near.delete(key)
      else {
        near.add(key)
        void run()
      }
    },
    show: (id: string): Promise<void> => {
      if (contactId.value !== id) forget()
      contactId.value = id
      return load()
    },
    leave: (): void => {
      contactId.value = null
      forget()
    },
    archive: (id: string, on: boolean) => bridge.thread.archive({ contactId: id, on }),
    /** The newest letter to somebody and the newest answer, among the newest of both; null where there is none. */
    lastOf: async (id: string): Promise<{ readonly letter: ThreadLetter | null; readonly answer: ThreadReply | null }> => {
      const result = await bridge.thread.page({ contactId: id, pageSize })
      const entries = result.ok ? result.value.entries : []
      return { letter: entries.find((entry) => entry.type === 'letter') ?? null, answer: entries.find((entry) => entry.type === 'reply') ?? null }
    }
  }
})
