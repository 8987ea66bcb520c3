/** Figures as a person would read them. */
import type { Figures } from '@contract/figures'
import { yearAndMonth } from '@rules/figures'
import { counted, formatCount } from './plural'

const names = (style: 'long' | 'short') => new Intl.DateTimeFormat('en-GB', { month: style, timeZone: 'UTC' })
const long = names('long')
const short = names('short')

/** "November 2026" */
export const monthWords = (value: number): string => {
  const { year, month } = yearAndMonth(value)
  return `${long.format(Date.UTC(year, month - 1))} ${year}`
}

/** "Nov 26", under a bar */
export const shortMonth = (value: number): string => {
  const { year, month } = yearAndMonth(value)
  return `${short.format(Date.UTC(year, month - 1)).replace('Sept', 'Sep')} ${String(year).slice(2)}`
}

/** "62 %", or a dash where nothing was sent. */
export const rateWords = ({ letters, answered }: Pick<Figures, 'letters' | 'answered'>): string => (letters === 0 ? '–' : `${Math.round((answered / letters) * 100)} %`)

/** "same day", "1 day", "5 days" */
export const daysWords = ({ medianDays }: Pick<Figures, 'medianDays'>): string =>
  medianDays === null ? '–' : medianDays === 0 ? 'same day' : counted(medianDays, 'day')

/** "12", "12 and 3 credits" */
export const usedWords = ({ stamps, credits }: Pick<Figures, 'stamps' | 'credits'>): string =>
  credits === 0 ? formatCount(stamps) : stamps === 0 ? counted(credits, 'credit') : `${formatCount(stamps)} and ${counted(credits, 'credit')}`
