/** Figures of one's own letters. Months are counted from the year 0: November 2026 is 2026 * 12 + 10. */

export type Figures = {
  /** Confirmed and taken by the service in this time, and what became of them since. */
  readonly letters: number
  readonly answered: number
  readonly delivered: number
  /** Half of the delivered ones took at most so many whole days; null when none was delivered. */
  readonly medianDays: number | null
  readonly stamps: number
  readonly credits: number
  /** Received in this time. */
  readonly replies: number
}

export type FiguresView = {
  readonly from: number
  readonly to: number
  /** The first month anything is known of; null while nothing is. */
  readonly firstMonth: number | null
  readonly total: Figures
  readonly months: readonly (Figures & { readonly month: number })[]
  readonly facilities: readonly (Figures & { readonly facilityId: string; readonly name: string })[]
  /** Most letters first. A person who moved is one person. */
  readonly people: readonly (Figures & { readonly personId: string; readonly contactId: string | null; readonly name: string })[]
}

export const figureTables = ['months', 'facilities', 'people'] as const
export type FigureTable = (typeof figureTables)[number]
