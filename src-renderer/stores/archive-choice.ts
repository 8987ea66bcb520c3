import { computed, ref, shallowRef } from 'vue'
import { limits } from '@contract/limits'
import type { MessageKind } from '@contract/exchange'
import type { ArchiveRow } from '@contract/views'

/** A letter or answer chosen in a list. */
export type Chosen = { readonly kind: MessageKind; readonly id: string; readonly flagged: boolean }

export const chosenOf = (row: ArchiveRow): Chosen => {
  const id = row.kind === 'letter' ? row.letter.letterId : row.kind === 'reply' ? row.message.messageId : row.imported.messageId
  return { kind: row.kind, id, flagged: row.flagged }
}

/** Rows of a list that something is to be done with at once: chosen while `choosing`, by their place in time. */
export const archiveChoice = () => {
  const choosing = ref(false)
  const chosen = shallowRef<ReadonlyMap<number, Chosen>>(new Map())
  /** More were asked for than can be chosen one by one. */
  const full = ref(false)
  const clear = (): void => {
    chosen.value = new Map()
    full.value = false
  }
  return {
    choosing,
    full,
    count: computed(() => chosen.value.size),
    items: computed((): readonly Chosen[] => [...chosen.value.values()]),
    has: (entryId: number): boolean => chosen.value.has(entryId),
    /** Chooses these rows (or no longer), up to the most that can be. */
    set: (rows: readonly ArchiveRow[], on: boolean): void => {
      const next = new Map(chosen.value)
      for (const row of rows) {
        if (!on) next.delete(row.entryId)
        else if (next.size < limits.chosenItems) next.set(row.entryId, chosenOf(row))
      }
      full.value = on && rows.some(({ entryId }) => !next.has(entryId))
      chosen.value = next
    },
    /** The flags of all of them are known to be so now. */
    noteFlags: (flagged: boolean): void => {
      chosen.value = new Map([...chosen.value].map(([entryId, item]) => [entryId, { ...item, flagged }]))
    },
    clear,
    begin: (): void => {
      choosing.value = true
    },
    stop: (): void => {
      choosing.value = false
      clear()
    }
  }
}
