import type { ActivityEntry } from '@contract/views'
import { dayKey } from '@/words/dates'
import type { DateSense } from '@/words/dates'

/** Neighbouring lines of one day stand together; the order is the log's own. */
export const byDay = (entries: readonly ActivityEntry[], sense: DateSense = {}): readonly (readonly ActivityEntry[])[] =>
  entries.reduce<ActivityEntry[][]>((days, entry) => {
    const last = days.at(-1)
    const first = last?.[0]
    if (last && first && dayKey(first.at, sense) === dayKey(entry.at, sense)) last.push(entry)
    else days.push([entry])
    return days
  }, [])
