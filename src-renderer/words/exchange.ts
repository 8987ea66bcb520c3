/** What the app says about letters on paper, in files, and from older archives. */
import type { ExportFormat, ImportPreview, ImportProblem, ImportProblemCode } from '@contract/exchange'
import type { JobKind, JobView } from '@contract/jobs'
import type { PaperKind } from '@contract/paper'
import { photoLimits } from '@rules/photo'
import { longDate } from './dates'
import { counted } from './plural'

/** "12 of 40 letters" */
const units: { readonly [K in JobKind]: string } = { export: 'letter', pdf: 'letter', print: 'letter', readImport: 'message', import: 'message', undoImport: 'message' }
export const progressWords = (job: JobView): string =>
  job.total === null ? (job.done === 0 ? 'Just begun' : `${counted(job.done, units[job.kind])} so far`) : `${job.done.toLocaleString('en-US')} of ${counted(job.total, units[job.kind])}`

const file = (job: JobView): string => job.fileName ?? 'the file'

const running: { readonly [K in JobKind]: (job: JobView) => string } = {
  export: (job) => `Saving ${file(job)}`,
  pdf: (job) => `Saving ${file(job)}`,
  print: () => 'Printing',
  readImport: (job) => `Looking through ${file(job)}`,
  import: (job) => `Bringing in ${file(job)}`,
  undoImport: (job) => `Taking out ${file(job)}`
}
export const runningWords = (job: JobView): string => running[job.kind](job)

const done: { readonly [K in JobKind]: (job: JobView) => string } = {
  export: (job) => `Saved to ${file(job)}.`,
  pdf: (job) => `Saved to ${file(job)}.`,
  print: () => 'Handed to the printer.',
  readImport: (job) => `${file(job)} was looked through.`,
  import: (job) => `${counted(job.done, 'message')} brought in from ${file(job)}.`,
  undoImport: (job) => `${counted(job.done, 'message')} taken out again.`
}
const cancelled: { readonly [K in JobKind]: string } = {
  export: 'Stopped. Nothing was saved.',
  pdf: 'Stopped. Nothing was saved.',
  print: 'Stopped. Nothing was printed.',
  readImport: 'Stopped. Nothing was saved.',
  import: 'Stopped. Nothing was brought in.',
  undoImport: 'Stopped. None of them is in your letters any more; the rest is cleared away at your next sign-in.'
}
/** How it ended, unless it failed: then the failure has its own words. */
export const endedWords = (job: JobView): string => (job.state === 'done' ? done[job.kind](job) : cancelled[job.kind])

const problems: { readonly [C in ImportProblemCode]: string } = {
  NO_DATE: 'no date',
  BAD_DATE: 'the date cannot be understood',
  NO_TEXT: 'no text',
  NO_PERSON: 'no name',
  TOO_COMPLEX: 'too complex to import',
  TOO_LARGE: 'too large',
  NOT_READABLE: 'cannot be read'
}
/** "Row 14: no date." */
export const importProblemWords = (problem: ImportProblem, format: ImportPreview['format']): string =>
  `${format === 'csv' ? 'Row' : 'E-mail'} ${problem.row.toLocaleString('en-US')}: ${problems[problem.code]}.`

/** "214 letters and answers, 12 already here, 3 could not be read" */
export const previewWords = (preview: ImportPreview): string =>
  [
    preview.messages === 0 ? 'Nothing new' : counted(preview.messages, 'new message'),
    ...(preview.alreadyHere === 0 ? [] : [`${preview.alreadyHere.toLocaleString('en-US')} already here`]),
    ...(preview.notReadable === 0 ? [] : [`${preview.notReadable.toLocaleString('en-US')} could not be read`])
  ].join(', ')

/** What becomes of pictures and other attachments, in a sentence each. */
export const attachmentWords = ({ photos, withAttachments, format }: ImportPreview): readonly string[] => [
  ...(photos === 0 ? [] : [`${counted(photos, 'photo')} ${photos === 1 ? 'comes' : 'come'} along.`]),
  ...(withAttachments === 0
    ? []
    : format === 'csv'
      ? [`${counted(withAttachments, 'message')} had photos, which a table cannot hold.`]
      : [`${counted(withAttachments, 'message')} had attachments that are left out: only JPEG and PNG photos come along, at most ${photoLimits.perImported} with a message.`])
]

export const previewSpan = (preview: ImportPreview): string => {
  if (preview.oldest === null || preview.newest === null) return ''
  // Days alone: many files know no more, and a time would be made up.
  const [first, last] = [longDate(preview.oldest), longDate(preview.newest)]
  return first === last ? `Written on ${first}.` : `Written between ${first} and ${last}.`
}

/** What letters can be saved as, for a choice between them. */
export const fileKinds: readonly { readonly value: Exclude<ExportFormat, 'eml'>; readonly label: string; readonly detail: string }[] = [
  { value: 'zip', label: 'Everything (ZIP)', detail: 'To keep: each letter as a file with its photos, a table, and a text.' },
  { value: 'mbox', label: 'Mail archive (mbox)', detail: 'For a mail program such as Thunderbird.' },
  { value: 'csv', label: 'Table (CSV)', detail: 'For a spreadsheet.' },
  { value: 'txt', label: 'Plain text', detail: 'To read in any program.' }
]
export const isFileKind = (value: string): value is Exclude<ExportFormat, 'eml'> => fileKinds.some((kind) => kind.value === value)
export const fileIsOpen = 'The file is not locked: whoever has it can read the letters. Photos go along in the ZIP and the mail archive; the table and the plain text only name them.'

/** How letters can look on paper. */
export const paperLooks: readonly { readonly value: PaperKind; readonly label: string; readonly detail: string }[] = [
  { value: 'letters', label: 'Letters one after the other', detail: 'In the order they were written.' },
  { value: 'yearBook', label: 'Year book', detail: 'With a cover and a list of contents, each letter on a page of its own.' }
]
export const isPaperLook = (value: string): value is PaperKind => paperLooks.some((look) => look.value === value)
