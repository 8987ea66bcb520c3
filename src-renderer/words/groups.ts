/** The headings of a list by time: near days by name, then weeks, then months. */
import { dayName, monthName, weeksAgo, type DateSense } from './dates'

/** "Today", "Yesterday", "This week", "Last week", "Earlier this month", then "October 2026"; "Later" for what a clock ahead of ours has dated. */
export const timeGroup = (ms: number, sense: DateSense = {}): string => {
  const day = dayName(ms, sense)
  if (day === 'Today' || day === 'Yesterday') return day
  const now = sense.now ?? Date.now()
  if (ms > now) return 'Later'
  const weeks = weeksAgo(ms, sense)
  if (weeks === 0) return 'This week'
  if (weeks === 1) return 'Last week'
  const month = monthName(ms, sense)
  return month === monthName(now, sense) ? 'Earlier this month' : month
}
