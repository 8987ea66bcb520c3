/**
 * Times as a person says them. Everything takes epoch milliseconds and, for tests, the present and the time zone;
 * without them it is now and this PC's zone.
 */
export type DateSense = { readonly now?: number; readonly timeZone?: string }

const locale = 'en-GB'
const dayMs = 86_400_000

/** Making one takes longer than using it a hundred times, and a list asks for many. */
const formatters = new Map<string, Intl.DateTimeFormat>()

const format = (ms: number, sense: DateSense, options: Intl.DateTimeFormatOptions): string => {
  const key = `${sense.timeZone ?? ''} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  const formatter = known ?? new Intl.DateTimeFormat(locale, { ...options, ...(sense.timeZone ? { timeZone: sense.timeZone } : {}) })
  if (known === undefined) formatters.set(key, formatter)
  return formatter.format(ms)
}

const present = (sense: DateSense): number => sense.now ?? Date.now()

/** Whole calendar days between two moments, in the person's zone: 0 today, 1 yesterday, -1 tomorrow. */
const daysAgo = (ms: number, sense: DateSense): number => {
  const dayOf = (at: number): number => Date.parse(`${format(at, sense, { year: 'numeric', month: '2-digit', day: '2-digit' }).split('/').reverse().join('-')}T00:00:00Z`)
  return Math.round((dayOf(present(sense)) - dayOf(ms)) / dayMs)
}

const sameYear = (ms: number, sense: DateSense): boolean =>
  format(ms, sense, { year: 'numeric' }) === format(present(sense), sense, { year: 'numeric' })

/** "10:42", "9:20" */
export const clockTime = (ms: number, sense: DateSense = {}): string =>
  format(ms, sense, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).replace(/^0(?=\d)/, '')

/** "Today", "Yesterday", "Tuesday" within the last six days, then "18 Nov", "18 Nov 2025". */
export const dayName = (ms: number, sense: DateSense = {}): string => {
  const days = daysAgo(ms, sense)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days === -1) return 'Tomorrow'
  if (days > 1 && days < 7) return format(ms, sense, { weekday: 'long' })
  return shortDate(ms, sense)
}

/** "18 Nov", with the year when it is not this one. */
export const shortDate = (ms: number, sense: DateSense = {}): string =>
  format(ms, sense, { day: 'numeric', month: 'short', ...(sameYear(ms, sense) ? {} : { year: 'numeric' }) }).replace('Sept', 'Sep')

/** "Tuesday", whenever that is */
export const weekday = (ms: number, sense: DateSense = {}): string => format(ms, sense, { weekday: 'long' })

/** For lists: "Today 10:44", "Yesterday 9:20", "Tuesday", "18 Nov". */
export const listTime = (ms: number, sense: DateSense = {}): string => {
  const days = daysAgo(ms, sense)
  return days === 0 || days === 1 || days === -1 ? `${dayName(ms, sense)} ${clockTime(ms, sense)}` : dayName(ms, sense)
}

/** Inside a sentence: "today at 10:44", "yesterday at 9:20", "on Tuesday", "on 18 Nov". */
export const whenInSentence = (ms: number, sense: DateSense = {}): string => {
  const days = daysAgo(ms, sense)
  if (days === 0 || days === 1 || days === -1) return `${dayName(ms, sense).toLowerCase()} at ${clockTime(ms, sense)}`
  return `on ${dayName(ms, sense)}`
}

/** Always with day and time, inside a sentence: "today 10:42", "yesterday 9:20", "Tuesday 17 Nov, 9:20", "18 Nov 2025, 9:20". */
export const dayAndTime = (ms: number, sense: DateSense = {}): string => {
  const days = daysAgo(ms, sense)
  if (days === 0 || days === 1) return `${dayName(ms, sense).toLowerCase()} ${clockTime(ms, sense)}`
  const day = days > 1 && days < 7 ? `${format(ms, sense, { weekday: 'long' })} ` : ''
  return `${day}${shortDate(ms, sense)}, ${clockTime(ms, sense)}`
}

/** "Monday, 23 November 2026, 15:00" */
export const fullDate = (ms: number, sense: DateSense = {}): string =>
  `${format(ms, sense, { weekday: 'long' })}, ${format(ms, sense, { day: 'numeric', month: 'long', year: 'numeric' })}, ${clockTime(ms, sense)}`

/** "Saved 10:42"; another day "Saved Tuesday", "Saved 18 Nov". */
export const savedAt = (ms: number, sense: DateSense = {}): string =>
  daysAgo(ms, sense) === 0 ? `Saved ${clockTime(ms, sense)}` : `Saved ${lowerRelative(dayName(ms, sense))}`

/** For a person's tile: "Last here today", "Last here yesterday", "Last here on Tuesday", "Last here on 11 November". */
export const lastHere = (ms: number | null, sense: DateSense = {}): string => {
  if (ms === null) return 'Not here yet'
  const days = daysAgo(ms, sense)
  if (days <= 0) return 'Last here today'
  if (days === 1) return 'Last here yesterday'
  if (days < 7) return `Last here on ${format(ms, sense, { weekday: 'long' })}`
  return `Last here on ${format(ms, sense, { day: 'numeric', month: 'long', ...(sameYear(ms, sense) ? {} : { year: 'numeric' }) })}`
}

/** The exact moment for `<time datetime>`. */
export const machineTime = (ms: number): string => new Date(ms).toISOString()

const lowerRelative = (name: string): string => (['Today', 'Yesterday', 'Tomorrow'].includes(name) ? name.toLowerCase() : name)

/** The calendar day, for grouping: the same for two moments of one day where this person is. */
export const dayKey = (ms: number, sense: DateSense = {}): string => format(ms, sense, { year: 'numeric', month: '2-digit', day: '2-digit' })

/** Above the lines of one day: "Today, 22 November", "Tuesday, 17 November", "Friday, 7 November 2025". */
export const dayHeading = (ms: number, sense: DateSense = {}): string => {
  const days = daysAgo(ms, sense)
  const name = days === 0 || days === 1 ? dayName(ms, sense) : format(ms, sense, { weekday: 'long' })
  return `${name}, ${format(ms, sense, { day: 'numeric', month: 'long', ...(sameYear(ms, sense) ? {} : { year: 'numeric' }) })}`
}

/** "22 November 2026" */
export const longDate = (ms: number, sense: DateSense = {}): string => format(ms, sense, { day: 'numeric', month: 'long', year: 'numeric' })

/** "October 2026" */
export const monthName = (ms: number, sense: DateSense = {}): string => format(ms, sense, { month: 'long', year: 'numeric' })

/** Whole weeks from Monday to Sunday between a moment and now: 0 this week, 1 the one before, -1 the next. */
export const weeksAgo = (ms: number, sense: DateSense = {}): number => {
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  const today = weekdays.indexOf(format(present(sense), sense, { weekday: 'short' }))
  return Math.ceil((daysAgo(ms, sense) - today) / 7)
}
