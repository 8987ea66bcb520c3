import { stringify } from 'csv-stringify/sync'
import type { Figures, FiguresView, FigureTable } from '../contract/figures'
import { yearAndMonth } from '../rules/figures'

const options = { escape_formulas: true, record_delimiter: '\r\n', bom: true } as const

const columns = ['Letters', 'Answers', 'Letters answered', 'Answer rate in per cent', 'Delivered', 'Days to delivery (median)', 'Stamps', 'Credits']
const cells = (figures: Figures): readonly (string | number)[] => [
  figures.letters,
  figures.replies,
  figures.answered,
  figures.letters === 0 ? '' : Math.round((figures.answered / figures.letters) * 100),
  figures.delivered,
  figures.medianDays ?? '',
  figures.stamps,
  figures.credits
]

const monthCell = (month: number): string => {
  const parts = yearAndMonth(month)
  return `${parts.year}-${String(parts.month).padStart(2, '0')}`
}

/** One of the tables as a file for a spreadsheet, with its total. No cell can run as a formula. */
export const figuresCsv = (view: FiguresView, table: FigureTable): string => {
  const rows =
    table === 'months'
      ? view.months.map((row) => [monthCell(row.month), ...cells(row)])
      : table === 'facilities'
        ? view.facilities.map((row) => [row.name, ...cells(row)])
        : view.people.map((row) => [row.name, ...cells(row)])
  const head = { months: 'Month', facilities: 'Facility', people: 'Person' }[table]
  return stringify([[head, ...columns], ...rows, ['All', ...cells(view.total)]], options)
}
