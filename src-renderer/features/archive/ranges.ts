import type { ArchiveMonthCount } from '@contract/views'
import { longDate, monthName } from '@/words/dates'

/** A stretch of this PC's calendar; ms UTC, `until` is the first that does not count. */
export type TimeRange = { readonly name: string; readonly from: number; readonly until: number }

export const rangeOfYear = (year: number): TimeRange => ({ name: String(year), from: new Date(year, 0, 1).getTime(), until: new Date(year + 1, 0, 1).getTime() })

/** @param month 1 to 12 */
export const rangeOfMonth = (year: number, month: number): TimeRange => {
  const from = new Date(year, month - 1, 1).getTime()
  return { name: monthName(from), from, until: new Date(year, month, 1).getTime() }
}

/** The months in which any of several lists has something, newest first, each once. */
export const monthsOf = (lists: readonly (readonly ArchiveMonthCount[])[]): readonly Pick<ArchiveMonthCount, 'year' | 'month'>[] => {
  const place = ({ year, month }: Pick<ArchiveMonthCount, 'year' | 'month'>): number => year * 12 + month
  return [...new Map(lists.flat().map((each) => [place(each), each])).values()].sort((a, b) => place(b) - place(a))
}

/** So many days, today included. */
export const recentRange = (days: number, now: number): TimeRange => {
  const today = new Date(now)
  const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1).getTime()
  return { name: `The last ${days} days`, from, until: new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1).getTime() }
}

/** "2025", "March 2025", "18 March 2025 to 2 April 2025" */
export const rangeWords = (from: number | null, until: number | null): string => {
  if (from === null) return until === null ? 'Any time' : `Before ${longDate(until)}`
  if (until === null) return `Since ${longDate(from)}`
  const begin = new Date(from)
  const year = rangeOfYear(begin.getFullYear())
  if (year.from === from && year.until === until) return year.name
  const month = rangeOfMonth(begin.getFullYear(), begin.getMonth() + 1)
  if (month.from === from && month.until === until) return month.name
  return `${longDate(from)} to ${longDate(until - 1)}`
}
