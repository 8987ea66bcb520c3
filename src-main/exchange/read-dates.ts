/** Dates as people and programs have written them in tables. Times without a zone are this PC's. */
import { asLetterTime } from '../rules/letter-time'

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const noon = 12
type Clock = { readonly hours: number; readonly minutes: number; readonly seconds: number }

const readClock = (text: string): Clock | null => {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (found === null) return null
  const half = found[4]?.toLowerCase()
  const hours = (Number(found[1]) % (half === undefined ? 24 : 12)) + (half === 'pm' ? 12 : 0)
  return { hours, minutes: Number(found[2]), seconds: Number(found[3] ?? 0) }
}

/** Two digits are this century's up to 49, and the last one's from 50 on (RFC 5322, 4.3). */
const yearOf = (text: string): number => Number(text) + (text.length > 2 ? 0 : Number(text) < 50 ? 2000 : 1900)

const fromParts = (yearText: string, month: number, day: number, rest: string): number | null => {
  const clock = rest.trim() === '' ? { hours: noon, minutes: 0, seconds: 0 } : readClock(rest)
  if (clock === null || month < 1 || month > 12 || day < 1) return null
  const year = yearOf(yearText)
  const date = new Date(year, month - 1, day, clock.hours, clock.minutes, clock.seconds)
  return date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day ? asLetterTime(date.getTime()) : null
}

/**
 * @param text ISO 8601, `10/31/2024` (or `31.10.2024` and `31/10/2024` where the first number can be no month), `31 Oct 2024`, `Oct 31, 2024`, RFC 5322; with or without a time
 * @returns ms UTC, or null when it is no date
 */
export const readDate = (text: string): number | null => {
  const line = text.trim().replace(/\s+/g, ' ')
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(line)) return asLetterTime(Date.parse(line))
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](.*))?$/.exec(line)
  if (iso !== null) return fromParts(iso[1] ?? '', Number(iso[2]), Number(iso[3]), iso[4] ?? '')
  const numbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})(?:,? (.*))?$/.exec(line)
  if (numbers !== null) {
    const [first, second] = [Number(numbers[1]), Number(numbers[3])]
    const dayFirst = first > 12 || (numbers[2] === '.' && second <= 12)
    return fromParts(numbers[4] ?? '', dayFirst ? second : first, dayFirst ? first : second, numbers[5] ?? '')
  }
  const words = /^(?:\w+, )?(\d{1,2}) (\w{3,9})\.?,? (\d{4})(?:,? (\d.*))?$/.exec(line) ?? null
  const american = /^(?:\w+, )?(\w{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (\d.*))?$/.exec(line)
  const [day, month, year, rest] = words !== null ? [words[1], words[2], words[3], words[4]] : american !== null ? [american[2], american[1], american[3], american[4]] : []
  if (day === undefined || month === undefined) return null
  const zoned = /[+-]\d{4}$|GMT$|UTC$/.test(rest ?? '')
  if (zoned) return asLetterTime(Date.parse(line))
  return fromParts(year ?? '', monthNames.indexOf(month.slice(0, 3).toLowerCase()) + 1, Number(day), rest ?? '')
}
