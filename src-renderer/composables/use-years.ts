import { computed, type ComputedRef } from 'vue'
import { useArchiveStore } from '../stores/archive'
import { years } from '../words/years'

/** What to choose a year of letters from, however old they are; the first choice is all of them. */
export const useYears = (): ComputedRef<readonly { readonly value: string; readonly label: string }[]> => {
  const archive = useArchiveStore()
  void archive.loadMonths('sent')
  void archive.loadMonths('inbox')
  return computed(() => {
    const [oldest = null] = [archive.months('sent').at(-1), archive.months('inbox').at(-1)]
      .flatMap((month) => month ?? [])
      .sort((a, b) => a.year - b.year || a.month - b.month)
    return [{ value: '', label: 'All years' }, ...years(oldest).map((year) => ({ value: String(year), label: String(year) }))]
  })
}
