/** Documents and older archives that somebody chooses. */
import { docxOf, docxParts, wordParagraph, zipOf } from '../../support/documents'
import type { JobView } from '../../../src-main/contract/jobs'
import { importProblemWords } from '../../../src-renderer/words/exchange'
import { failureWords } from '../../../src-renderer/words/errors'
import type { Bench } from './bench'
import { call, each, type Item, type Refused, type Row } from './item'

type Bytes = Buffer | string
type Made = readonly [name: string, bytes: Bytes | Promise<Bytes>]

const reading =
  (name: string, bytes: Bytes | Promise<Bytes>): Item['call'] =>
  async ({ desk, file }) =>
    call('documents.read', { placeId: desk.choose(file(name, await bytes), 'open') })
const notRead = (says: string, next: string): Refused => ({ code: 'DOCUMENT_NOT_READ', says, next })
const unsafe = notRead('This file is damaged or unsafe, so we did not open it.', 'Open it in the program it was written with, copy the text, and paste it here.')
const otherKind = (name: string): Refused => notRead(`Epistle cannot read ${name}.`, 'Save it as .docx or .txt first.')
const documents = (answer: Refused, entries: Readonly<Record<string, Made>>): readonly Item[] => each(entries, ([name, bytes]) => ({ call: reading(name, bytes), answer }))

const hello = wordParagraph('Dear Daniel, peace.')
const letter = docxOf(hello)
const withEntry = (name: string): Promise<Buffer> => docxOf(hello, { parts: [{ name: 'word/x12345.xml', data: '<x/>' }] }).then((bytes) => Buffer.from(bytes.toString('latin1').replaceAll('word/x12345.xml', name), 'latin1'))
const readsAs =
  (text: string): Item['answer'] =>
  (value) => {
    const found = (value as { readonly text: string }).text
    return found.includes(text) ? null : `it reads ${JSON.stringify(found.slice(0, 80))}`
  }

/** An archive is looked through as long work, which ends in the answer. */
const looking =
  (name: string, bytes: Bytes, due: Refused): Omit<Item, 'what'> => ({
    call: async ({ desk, file }) => call('imports.read', { placeId: desk.choose(file(name, bytes), 'open') }),
    answer: async (value, { desk }) => {
      const { failure } = await desk.ended(value as JobView)
      if (failure === null) return 'it was read'
      const { sentence, next } = failureWords(failure)
      return failure.code === due.code && sentence === due.says && (due.next === undefined || next === due.next) ? null : `${failure.code}: “${sentence}” “${next}”`
    }
  })
const table = (...rows: readonly string[]): string => `Date,Person,Message,Direction,Subject\n${rows.join('\n')}\n`
const row = '2019-12-10,Daniel Reyes,A letter,sent,Subject'
/** Read with these rows left out, in words; good ones are offered and nothing is saved. */
const leavingOut = (name: string, bytes: Bytes, messages: number, ...said: readonly string[]): Omit<Item, 'what'> => ({
  call: async ({ desk, file }) => call('imports.read', { placeId: desk.choose(file(name, bytes), 'open') }),
  answer: async (value, { desk }) => {
    const { failure } = await desk.ended(value as JobView)
    if (failure !== null) return `it was not read: ${failureWords(failure).sentence}`
    const preview = await desk.must('imports.preview', {})
    const words = preview.problems.map((problem) => importProblemWords(problem, preview.format))
    const kept = (await desk.must('imports.list', {})).length
    if (preview.messages !== messages || kept > 0) return `${preview.messages} are offered, not ${messages}; ${kept} are kept already`
    return words.join(' ') === said.join(' ') ? null : `it says “${words.join(' ')}”`
  }
})
const notLetters = (name: string): Refused => ({ code: 'IMPORT_NOT_LETTERS', says: `There are no letters in ${name} that Epistle can read.` })
const nestedParts = (depth: number): string =>
  `From: a@b.org\r\nDate: Tue, 1 Jan 2019 00:00:00 +0000\r\n${Array.from({ length: depth }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`).join('')}Content-Type: text/plain\r\n\r\nx`

const gone = async ({ desk }: Bench) => call('documents.read', { placeId: desk.choose('/nowhere/gone.docx', 'open') })

export const fileRows: readonly Row[] = [
  {
    title: 'Attachment: the file',
    items: [
      { what: 'none chosen', call: () => call('documents.read', { placeId: 'none' }), answer: { code: 'CHOOSE_AGAIN', says: 'Please choose the file again.' } },
      { what: 'removed USB', call: gone, answer: notRead('We could not read gone.docx. Is the USB stick still in?', 'Close it in other programs, then choose it again.') },
      { what: 'a folder', call: ({ desk }) => call('documents.read', { placeId: desk.choose('/tmp', 'open') }), answer: notRead('We could not read tmp. Is the USB stick still in?', 'Close it in other programs, then choose it again.') },
      { what: 'device file', call: ({ desk }) => call('documents.read', { placeId: desk.choose('/dev/zero', 'open') }), answer: notRead('We could not read zero. Is the USB stick still in?', 'Close it in other programs, then choose it again.') },
      ...documents(notRead('There is no text in empty.txt.', 'Choose another file. A letter that was scanned is a picture and has to be typed.'), { '0 bytes': ['empty.txt', ''] }),
      ...documents(notRead('large.txt is larger than 20 MB.', 'Take the pictures out, or copy the text and paste it here.'), { 'too large': ['large.txt', Buffer.alloc(20 * 1024 * 1024 + 1, 'a')] })
    ],
    elsewhere: [{ what: 'shortcut, symlink, FIFO, no read right, held by Word', file: 'tests/crash/import/hostile.ts', test: 'symlink' }],
    cannotHappen: [{ what: '6th file, OneDrive placeholder, network share', why: 'one document at a time; a file that cannot be read is one that cannot be read' }]
  },
  {
    title: 'Attachment: its kind',
    items: [
      ...documents(otherKind('photo.jpg'), { 'a photo': ['photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0])] }),
      ...documents(otherKind('setup.exe'), { '.exe': ['setup.exe', Buffer.from(`MZ${'\u0000'.repeat(100)}`)] }),
      ...documents(otherKind('paper.pdf'), { PDF: ['paper.pdf', '%PDF-1.7\n%\u00e2\u00e3'] })
    ],
    cannotHappen: [{ what: 'photos sent with a letter (HEIC, animated GIF, EXIF, polyglots, huge pictures)', why: 'letters carry no photos yet; pictures in documents are left out and counted' }]
  },
  {
    title: 'Attachment: its name',
    items: [
      {
        what: 'changed between pick and send',
        call: async ({ desk, file }) => {
          const path = file('changing.csv', table(row))
          await desk.ended(await desk.must('imports.read', { placeId: desk.choose(path, 'open') }))
          const { previewId } = await desk.must('imports.preview', {})
          file('changing.csv', table(row, row.replace('A letter', 'Another')))
          return call('imports.start', { previewId })
        },
        answer: async (value, { desk }) => {
          const { failure } = await desk.ended(value as JobView)
          const says = failure === null ? '(brought in)' : failureWords(failure).sentence
          return says === 'changing.csv changed since you looked at it.' ? null : `it says “${says}”`
        }
      },
      ...each({ 'leading dash': '-letter.txt', 'trailing dot': 'letter.', emoji: '🕊️.txt', 'RTL trick': 'letter\u202etxt.exe.txt', 'a device’s name': 'CON.txt' }, (name): Omit<Item, 'what'> => ({ call: reading(name, 'Dear Daniel, peace.'), answer: readsAs('peace') }))
    ],
    elsewhere: [
      { what: 'names of files that we write: 300 characters, ../../x, NUL', file: 'tests/unit/rules/file-names.test.ts', test: 'safeFileName' },
      { what: 'same content twice', file: 'tests/integration/core/import.test.ts', test: 'in the mailbox they come from' }
    ]
  },
  {
    title: 'Import: Word packages',
    items: documents(unsafe, {
      '0 bytes': ['nothing.docx', ''],
      cut: ['cut.docx', letter.then((bytes) => bytes.subarray(0, 400))],
      'not a zip': ['words.docx', 'PK\u0003\u0004 and then words'],
      '../ entry': ['up.docx', withEntry('../../x1234.xml')],
      'absolute path': ['root.docx', withEntry('/etc/x1234.xml_')],
      'duplicate entry names': ['twice.docx', zipOf([...docxParts(hello), { name: 'word/document.xml', data: '<x/>' }])]
    }),
    elsewhere: [{ what: '42.zip, 1000:1, 10,001 entries, false sizes, zip64, nested, encrypted, symlink', file: 'tests/crash/import/hostile.ts', test: 'fortyTwo' }]
  },
  {
    title: 'Import: what is in documents',
    items: [
      ...documents(otherKind('old.doc'), { 'old .doc': ['old.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])] }),
      { what: 'javascript: link, linked image', call: reading('links.docx', docxOf(hello, { relations: '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/passwd" TargetMode="External"/>' })), answer: readsAs('Dear Daniel, peace.') },
      { what: 'RTF under another name', call: reading('letter.docx', '{\\rtf1\\ansi Dear Daniel, peace.}'), answer: readsAs('Dear Daniel, peace.') }
    ],
    elsewhere: [{ what: 'billion laughs, external DTD, /dev/zero, __proto__ style, OLE, .docm, 500 pages, 2,000 images, odt', file: 'tests/crash/import/hostile.ts', test: 'laughs' }]
  },
  {
    title: 'Import: e-mails',
    items: [
      ...documents(notRead('This e-mail is too complex to import.', 'Copy the text instead.'), { '900 nested parts': ['deep.eml', nestedParts(900)] }),
      { what: 'bad charset', call: reading('charset.eml', 'From: a@b.org\r\nContent-Type: text/plain; charset=martian\r\n\r\nDear Daniel, peace.'), answer: readsAs('peace') },
      { what: 'HTML only', call: reading('html.eml', 'From: a@b.org\r\nContent-Type: text/html\r\n\r\n<p>Dear <b>Daniel</b>, peace.</p>'), answer: readsAs('peace') },
      { what: 'no letters in it', ...looking('words.mbox', 'Only words.', notLetters('words.mbox')) }
    ],
    elsewhere: [{ what: '30,000 parts, 1 MB header, no body, broken base64, uuencode, winmail.dat, 25 MB + 1, mbox', file: 'tests/crash/import/hostile-archives.ts', test: 'winmail' }]
  },
  {
    title: 'Import: tables',
    items: [
      { what: 'missing column', ...looking('columns.csv', 'Date,Person\n2019-12-10,Daniel Reyes\n', { code: 'IMPORT_NO_COLUMN', says: 'columns.csv has no column named Message.' }) },
      { what: 'a quotation mark that is never closed', ...looking('endless.csv', `${table(row)}2019-12-10,"Daniel\n${'x\n'.repeat(400_000)}`, { code: 'IMPORT_ENDLESS_CELL', says: 'The table cannot be read beyond row 3 of endless.csv: a quotation mark there is never closed.' }) },
      { what: 'rows without what they need', ...leavingOut('rows.csv', table(row, 'soon,Daniel Reyes,x,sent,x', ',Daniel Reyes,x,sent,x', '2019-12-11,,x,sent,x'), 1, 'Row 3: the date cannot be understood.', 'Row 4: no date.', 'Row 5: no name.') },
      { what: 'UTF-16', ...leavingOut('utf16.csv', Buffer.from(`\ufeff${table(row)}`, 'utf16le'), 1) },
      { what: '; separator', ...leavingOut('semicolons.csv', table(row).replaceAll(',', ';'), 1) },
      { what: 'duplicates', ...leavingOut('twice.csv', table(row, row), 1) }
    ],
    elsewhere: [{ what: 'Latin-1, NUL, a million rows', file: 'tests/crash/import/hostile-archives.ts', test: 'Latin-1' }],
    cannotHappen: [{ what: 'a table of contacts', why: 'contacts come from the service’s directory; tables bring letters' }]
  }
]
