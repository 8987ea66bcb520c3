import type { StatementSource } from '../statements'

export type FigureSums = {
  readonly letters: number
  readonly stamps: number
  readonly answered: number
  readonly delivered: number
  readonly replies: number
}
export type FigureRow = FigureSums & { readonly month: number; readonly facilityId: string; readonly number: string }
export type FigureDays = { readonly month: number; readonly facilityId: string; readonly number: string; readonly days: number; readonly letters: number }

/** The figures kept by the month; as many rows as months times people, whatever lies behind them. */
export const figureReader = (connection: StatementSource) => {
  const rows = connection.prepare(`SELECT month, facility_id AS facilityId, number, letters, stamps, answered, delivered, replies
    FROM figure_month WHERE month BETWEEN ? AND ? ORDER BY month`)
  const days = connection.prepare(`SELECT month, facility_id AS facilityId, number, days, letters FROM figure_days WHERE month BETWEEN ? AND ?`)
  const first = connection.prepare('SELECT min(month) FROM figure_month').pluck()
  return {
    rows: (from: number, to: number): readonly FigureRow[] => rows.all(from, to) as FigureRow[],
    days: (from: number, to: number): readonly FigureDays[] => days.all(from, to) as FigureDays[],
    /** The first month anything is known of; null while nothing is. */
    firstMonth: (): number | null => (first.get() as number | null) ?? null
  }
}
