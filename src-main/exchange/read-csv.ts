import { parse } from 'csv-parse'
import { pipeline, Readable } from 'node:stream'
import type { ImportProblemCode } from '../contract/exchange'
import { normaliseText, oneLine } from '../rules/text'
import type { ArchiveAnswer, Found } from './found'
import { archiveLimits as limits } from './limits'
import { readDate } from './read-dates'
import { asStamps, asState, asUnit, fieldText } from './read-email'

/** What the columns of a table may be called; the first are our own. */
const names = {
  date: ['date', 'sent', 'sent at', 'received', 'time', 'day', 'date sent', 'fecha'],
  direction: ['direction', 'type', 'kind', 'way'],
  person: ['person', 'name', 'contact', 'contact name', 'to', 'recipient', 'from', 'sender', 'inmate', 'inmate name'],
  number: ['number', 'id number', 'inmate number', 'inmate id', 'id', 'booking number'],
  facility: ['facility', 'facility name', 'prison', 'jail', 'place'],
  facilityId: ['facility id'],
  subject: ['subject', 'title', 'about'],
  body: ['message', 'body', 'text', 'letter', 'content'],
  photos: ['photos'],
  state: ['state', 'status'],
  stamps: ['stamps'],
  unit: ['unit'],
  receipt: ['receipt', 'receipt number'],
  answers: ['answers'],
  id: ['epistle id']
} as const
type Column = keyof typeof names

const received = /^(received|reply|answer|from|in|inbox)/i

/** The columns of a head line; undefined where there is none. */
const columnsOf = (head: readonly string[]): Readonly<Partial<Record<Column, number>>> => {
  const folded = head.map((name) => oneLine(name).toLowerCase())
  return Object.fromEntries(
    (Object.keys(names) as Column[]).flatMap((column) => {
      const at = names[column].map((name) => folded.indexOf(name)).find((index) => index >= 0)
      return at === undefined ? [] : [[column, at]]
    })
  )
}

/** A cell our own export guarded against running as a formula. */
const unguarded = (cell: string, ours: boolean): string => (ours && /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell)

/** The sign between cells: whatever the head line has most of. */
export const delimiterOf = (head: string): string => {
  const plain = head.replace(/"[^"]*"/g, '')
  return [',', ';', '\t', '|'].reduce((best, sign) => (plain.split(sign).length > plain.split(best).length ? sign : best), ',')
}

export type CsvRow = { readonly row: number; readonly found: Found | ImportProblemCode }

/** What the parser tells beside each record: those before it, and the empty lines it skipped, which a spreadsheet counts. */
type Parsed = { readonly record: readonly string[]; readonly info: { readonly records: number; readonly empty_lines: number } }

/**
 * Reads a table of letters row by row.
 * @param text the file, decoded
 * @param end hears what is wrong with the whole table
 */
export const readCsv = async function* (text: AsyncIterable<string>, delimiter: string, personGiven: boolean, end: (answer: Extract<ArchiveAnswer, { ok: false }>) => void): AsyncGenerator<CsvRow> {
  const parser = parse({ delimiter, bom: true, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: limits.rowBytes })
  // What stops the file stops the parser, and the other way round; the loop below hears of it.
  pipeline(Readable.from(text), parser, () => undefined)
  let columns: ReturnType<typeof columnsOf> | null = null
  let row = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      row = info.records + info.empty_lines
      if (columns !== null) {
        yield { row, found: readRow(record, row, columns, personGiven) }
        continue
      }
      columns = columnsOf(record)
      const missing = ([['date', 'Date'], ['body', 'Message'], ...(personGiven ? [] : [['person', 'Person'] as const])] as const).find(([column]) => columns?.[column] === undefined)
      if (missing !== undefined) return end({ ok: false, why: columns.date === undefined && columns.body === undefined ? 'notLetters' : 'noColumn', column: missing[1] })
    }
  } catch (error) {
    // A quote that never ends makes the rest of the file one cell.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) return end(columns === null ? { ok: false, why: 'notLetters' } : { ok: false, why: 'endlessCell', row: row + 1 })
    throw error
  }
}

const readRow = (record: readonly string[], row: number, columns: ReturnType<typeof columnsOf>, personGiven: boolean): Found | ImportProblemCode => {
  const raw = (column: Column): string => record[columns[column] ?? -1] ?? ''
  const ours = columns.id !== undefined && raw('id') !== ''
  const cell = (column: Column): string => fieldText(unguarded(raw(column), ours))
  if (cell('date') === '') return 'NO_DATE'
  const at = readDate(cell('date'))
  if (at === null) return 'BAD_DATE'
  const body = normaliseText(unguarded(raw('body'), ours))
  if (body.trim() === '') return 'NO_TEXT'
  if (body.length > limits.characters) return 'TOO_LARGE'
  const personName = cell('person')
  if (personName === '' && !personGiven) return 'NO_PERSON'
  return {
    row,
    direction: received.test(cell('direction')) ? 'received' : 'sent',
    personName,
    number: cell('number'),
    facilityId: cell('facilityId'),
    facilityName: cell('facility'),
    subject: oneLine(unguarded(raw('subject'), ours)).slice(0, 2_000),
    body,
    at,
    state: asState(cell('state')),
    stamps: asStamps(cell('stamps')),
    unit: asUnit(cell('unit')),
    receipt: cell('receipt') || null,
    answers: cell('answers') || null,
    originId: cell('id') || null,
    photos: [],
    // A table has no more than their names.
    leftOut: ours && cell('photos') !== ''
  }
}
