import { computed, ref, shallowRef } from 'vue'
import type { ArchiveFilters, ArchiveFound, ArchivePage, ArchiveRow } from '@contract/views'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Fact, Failure } from '../bridge'
import { archiveChoice } from './archive-choice'

export type Box = 'sent' | 'inbox'
export type Order = 'time' | 'person'

export const noFilters: ArchiveFilters = { contactIds: [], facilityIds: [], places: [], states: [], from: null, until: null, unread: false, flagged: false, putAway: false, strangers: false, stamps: 'any', photos: false, writtenBy: null }

/** Filters as a command takes them: lists of its own. */
export const filtersToSend = (filters: ArchiveFilters) => ({
  ...filters,
  contactIds: [...filters.contactIds],
  facilityIds: [...filters.facilityIds],
  places: [...filters.places],
  states: [...filters.states]
})

export const filterCount = (filters: ArchiveFilters): number =>
  filters.contactIds.length + filters.facilityIds.length + filters.places.length + filters.states.length + (filters.from !== null || filters.until !== null ? 1 : 0) + (filters.unread ? 1 : 0) + (filters.flagged ? 1 : 0) + (filters.putAway ? 1 : 0) + (filters.strangers ? 1 : 0) + (filters.stamps === 'any' ? 0 : 1) + (filters.photos ? 1 : 0) + (filters.writtenBy === null ? 0 : 1)

/** Where somebody was in a list, and whether they left it by opening a row. */
export type Place = { readonly scroll: number; readonly index: number; readonly focus: boolean }
const top: Place = { scroll: 0, index: 0, focus: false }

const pageSize = 100
/** Pages kept around what is looked at; the rest is asked for again. */
const mostPages = 40
const atOnce = 30
/** A search that needs more than one moment goes on at this pace, so that it never crowds out a save. */
const goOnAfterMs = 30

const rightMoment = (failure: Failure): boolean => failure.code !== 'LOCKED' && failure.code !== 'DUTY_FIRST' && failure.code !== 'SIGNED_OUT'

/**
 * One list of the desk, from whichever end it is looked at: the whole box page by page, or what a search found, newest first. Everything
 * is kept while somebody reads a letter, so that they come back to where they were.
 */
export const archiveBox = (box: Box) => {
  const query = ref('')
  const filters = ref<ArchiveFilters>(noFilters)
  const order = ref<Order>('time')
  const searching = computed(() => query.value.trim() !== '' || filterCount(filters.value) > 0)

  const pages = shallowRef<ReadonlyMap<number, readonly ArchiveRow[]>>(new Map())
  const total = ref<number | null>(null)
  const found = shallowRef<readonly ArchiveRow[]>([])
  const people = shallowRef<ArchiveFound['people']>([])
  const next = ref<number | null>(null)
  const count = shallowRef<ArchiveFound['count']>(null)
  const indexing = shallowRef<ArchiveFound['indexing']>(null)
  const failed = ref<Failure | null>(null)
  /** The list stands for what is asked now; false while the answer to a new question is on its way. */
  const settled = ref(false)
  const looking = ref(false)

  const choice = archiveChoice()
  let turn = 0
  let lookedAt = { first: 0, last: 0 }
  const asked = new Set<string>()

  const askPage = async (page: number, mine: number): Promise<void> => {
    const key = `${mine} ${page}`
    if (asked.has(key)) return
    asked.add(key)
    const result = await bridge.archive.page({ box, order: order.value, offset: page * pageSize, limit: pageSize })
    asked.delete(key)
    if (mine !== turn) return
    if (!result.ok) {
      if (rightMoment(result)) failed.value = result
      return
    }
    takePage(page, result.value)
  }
  const takePage = (page: number, { items, total: of }: ArchivePage): void => {
    failed.value = null
    total.value = of
    settled.value = true
    const kept = [...pages.value.entries()].filter(([number]) => number !== page).slice(-mostPages)
    pages.value = new Map([...kept, [page, items]])
  }
  const pagesInView = (): readonly number[] => {
    const first = Math.floor(Math.max(0, lookedAt.first) / pageSize)
    const last = Math.floor(Math.max(0, lookedAt.last) / pageSize)
    return Array.from({ length: Math.min(4, last - first + 1) }, (_, at) => first + at)
  }

  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, goOnAfterMs))

  /** Looks until so many are found or nothing older is left; stops as soon as something else is asked. */
  const lookFor = async (wanted: number, from: number | null, already: readonly ArchiveRow[], mine: number): Promise<void> => {
    looking.value = true
    let rows = already
    let after = from
    for (;;) {
      const result = await bridge.archive.search({ box, query: query.value, filters: filtersToSend(filters.value), after, limit: Math.min(200, Math.max(atOnce, wanted - rows.length)) })
      if (mine !== turn) return
      if (!result.ok) {
        looking.value = false
        if (rightMoment(result)) failed.value = result
        return
      }
      failed.value = null
      rows = [...rows, ...result.value.items]
      if (after === null) {
        count.value = result.value.count
        people.value = result.value.people
      }
      after = result.value.next
      found.value = rows
      next.value = after
      indexing.value = result.value.indexing
      settled.value = settled.value || rows.length > 0 || after === null
      if (after === null || rows.length >= wanted) break
      await pause()
      if (mine !== turn) return
    }
    looking.value = false
    settled.value = true
  }

  let running = false
  let again = false
  /** Asks anew. Typing faster than answers come skips the questions in between. */
  const ask = async (keepPlace: boolean): Promise<void> => {
    if (running) {
      again = true
      turn += 1
      return
    }
    running = true
    try {
      do {
        again = false
        const mine = ++turn
        if (searching.value) await lookFor(keepPlace ? Math.max(atOnce, Math.min(200, found.value.length)) : atOnce, null, [], mine)
        else {
          looking.value = false
          found.value = []
          people.value = []
          next.value = null
          await Promise.all(pagesInView().map((page) => askPage(page, mine)))
        }
      } while (again)
    } finally {
      running = false
    }
  }
  const forgetPages = (): void => {
    pages.value = new Map()
    lookedAt = { first: 0, last: 0 }
  }

  let wanted = false
  const [own, ofOther]: readonly [readonly Fact[], readonly Fact[]] = box === 'sent' ? [['sent', 'outbox'], ['inbox']] : [['inbox'], ['sent', 'outbox']]
  onChanged([...own, 'contacts', 'marks', 'imported'], () => {
    if (wanted) void ask(true)
  })
  // Who asked for what somebody else wrote sees the other list's letters, too.
  onChanged(ofOther, () => {
    if (wanted && filters.value.writtenBy !== null) void ask(true)
  })
  onChanged(['index'], () => {
    if (wanted && searching.value) void ask(true)
  })
  onEvent((event) => {
    if (event.type !== 'sessionChanged') return
    if (event.session !== null) {
      if (wanted && !event.session.locked && event.session.duties.length === 0 && !settled.value) void ask(false)
      return
    }
    turn += 1
    wanted = false
    settled.value = false
    looking.value = false
    query.value = ''
    filters.value = noFilters
    order.value = 'time'
    total.value = null
    found.value = []
    people.value = []
    count.value = null
    failed.value = null
    place.value = top
    choice.stop()
    forgetPages()
  })

  const place = shallowRef<Place>(top)
  const changeQuestion = (): void => {
    choice.clear()
    place.value = top
    settled.value = false
    if (!searching.value) forgetPages()
    void ask(false)
  }

  const row = (index: number): ArchiveRow | null =>
    searching.value ? (found.value[index] ?? null) : (pages.value.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null)
  /** Rows from one place to another, fetched where they are not here yet; fewer where they cannot be had. */
  const rowsBetween = async (first: number, last: number): Promise<readonly ArchiveRow[]> => {
    if (searching.value) {
      if (last >= found.value.length && next.value !== null && !looking.value) await lookFor(last + 1, next.value, found.value, turn)
      return found.value.slice(first, last + 1)
    }
    const mine = turn
    const wantedPages = Array.from({ length: Math.floor(last / pageSize) - Math.floor(first / pageSize) + 1 }, (_, at) => Math.floor(first / pageSize) + at)
    for (const page of wantedPages) if (!pages.value.has(page)) await askPage(page, mine)
    return Array.from({ length: last - first + 1 }, (_, at) => row(first + at)).flatMap((each) => each ?? [])
  }

  return {
    query,
    filters,
    order,
    searching,
    total,
    /** People the words of the search are about. */
    people,
    count,
    indexing,
    failed,
    settled,
    looking,
    next,
    /** Where somebody was, for when they come back. */
    place,
    /** How many rows can be shown now. */
    length: computed(() => (searching.value ? found.value.length : (total.value ?? 0))),
    row,
    rowsBetween,
    /** What is chosen in it. */
    choice,
    /** Rows from `first` to `last` are in sight: fetches what is missing. */
    look: (first: number, last: number): void => {
      lookedAt = { first, last }
      if (searching.value) {
        if (last >= found.value.length - 10 && next.value !== null && !looking.value && settled.value) void lookFor(found.value.length + atOnce, next.value, found.value, turn)
        return
      }
      for (const page of pagesInView()) if (!pages.value.has(page)) void askPage(page, turn)
    },
    load: (): Promise<void> => {
      wanted = true
      return ask(true)
    },
    search: (text: string): void => {
      query.value = text
      changeQuestion()
    },
    filter: (chosen: ArchiveFilters): void => {
      filters.value = chosen
      changeQuestion()
    },
    arrange: (by: Order): void => {
      order.value = by
      forgetPages()
      changeQuestion()
    },
    clear: (): void => {
      query.value = ''
      filters.value = noFilters
      changeQuestion()
    },
    apply: (text: string, chosen: ArchiveFilters): void => {
      query.value = text
      filters.value = chosen
      changeQuestion()
    }
  }
}

export type ArchiveBox = ReturnType<typeof archiveBox>
