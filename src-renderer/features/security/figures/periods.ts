import { monthOf } from '@rules/figures'

export const periods = ['months', 'year', 'lastYear', 'all'] as const
export type Period = (typeof periods)[number]

export const periodOptions: readonly { readonly value: Period; readonly label: string }[] = [
  { value: 'months', label: 'The last 12 months' },
  { value: 'year', label: 'This year' },
  { value: 'lastYear', label: 'Last year' },
  { value: 'all', label: 'From the beginning' }
]

/** The earliest month that can be asked for: long before any letter. */
const earliest = 1970 * 12

/** The months of a period, both included. @param now milliseconds UTC */
export const monthsOf = (period: Period, now: number): { readonly from: number; readonly to: number } => {
  const month = monthOf(now)
  const january = month - (month % 12)
  switch (period) {
    case 'months':
      return { from: month - 11, to: month }
    case 'year':
      return { from: january, to: january + 11 }
    case 'lastYear':
      return { from: january - 12, to: january - 1 }
    case 'all':
      return { from: earliest, to: january + 11 }
  }
}
