import { stringify } from 'csv-stringify/sync'
import type { Message } from '../contract/exchange'
import { photoNames } from './photo-files'

/** The columns of a table of letters, in their order. Import knows them again by these names. */
export const csvColumns = ['Date', 'Direction', 'Person', 'Number', 'Facility', 'Subject', 'Message', 'Photos', 'State', 'Stamps', 'Unit', 'Receipt', 'Answers', 'Facility id', 'Epistle id'] as const

// Left to itself, the writer quotes a cell for its own line end alone, and a letter's lines would end its row.
const options = { escape_formulas: true, record_delimiter: '\r\n', quoted: true } as const

/** A table opens as UTF-8 in every spreadsheet only with this mark before it. */
const mark = '\ufeff'

export const csvHead = (): string => mark + stringify([[...csvColumns]], options)

/** One message as a row. No cell can run as a formula in a spreadsheet. */
export const csvRow = (message: Message): string =>
  stringify(
    [
      [
        new Date(message.at).toISOString(),
        message.direction,
        message.personName,
        message.number,
        message.facilityName,
        message.subject,
        message.body,
        photoNames(message.photos, '; '),
        message.state ?? '',
        message.stamps ?? '',
        message.unit ?? '',
        message.receipt ?? '',
        message.answers ?? '',
        message.facilityId,
        message.originId ?? message.id
      ]
    ],
    options
  )
