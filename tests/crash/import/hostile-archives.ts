/** Archives that were made to harm, or that harm by accident (bad-inputs.md, Import and Attachment; reliability.md, Zip and eml bombs). */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import type { ImportProblemCode } from '../../../src-main/contract/exchange'
import type { ArchiveAnswer } from '../../../src-main/exchange/found'
import { deepEmail, email, wideEmail } from './hostile-emails'
import { hostilePhotos, longAlbum } from './hostile-photos'

/** What one archive has to come to: one reason for the whole file, or so many letters, and what the others lack. */
export type Outcome =
  | { readonly why: readonly (Extract<ArchiveAnswer, { ok: false }>['why'] | 'tooMuch')[] }
  | { readonly letters: number; readonly problems?: readonly ImportProblemCode[]; readonly says?: string; readonly neverSays?: string; readonly photos?: number; readonly leftOut?: number }

export type HostileArchive = {
  readonly name: string
  /** Where the file lies; an ending of its own. */
  readonly file: string
  readonly make: (path: string) => Promise<void>
  readonly expect: Outcome
  /** Honest, but long: it tells how far it is, and can be cancelled. */
  readonly long?: boolean
}

const says = 'Dear Daniel, peace.'
const one: Outcome = { letters: 1, says }
const notLetters: Outcome = { why: ['notLetters'] }
const tooComplex: Outcome = { why: ['tooComplex'] }

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const archive = (name: string, ending: string, bytes: Buffer | string, expect: Outcome): HostileArchive => ({ name, file: `${slug(name)}.${ending}`, make: async (path) => writeFileSync(path, bytes), expect })
const eml = (name: string, bytes: Buffer | string, expect: Outcome): HostileArchive => archive(name, 'eml', bytes, expect)
const csv = (name: string, bytes: Buffer | string, expect: Outcome): HostileArchive => archive(name, 'csv', bytes, expect)
const mbox = (name: string, bytes: Buffer | string, expect: Outcome): HostileArchive => archive(name, 'mbox', bytes, expect)

const plain = (body: string, head = 'Content-Type: text/plain; charset=utf-8'): string => email(head, body)
const mixed = (...parts: readonly string[]): string => email('Content-Type: multipart/mixed; boundary=b', `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--`)
const textPart = `Content-Type: text/plain\r\n\r\n${says}`
const encoded = (text: string, how: string): string => plain(text, `Content-Type: text/plain\r\nContent-Transfer-Encoding: ${how}`)

const separator = 'From a@example.org Thu Jan  1 10:00:00 2026\n'
const inMbox = (...emails: readonly string[]): string => emails.map((text) => `${separator}${text.replaceAll('\r\n', '\n')}\n\n`).join('')

const tableOf = (rows: readonly string[]): string => ['Date,Person,Message', ...rows, ''].join('\n')
const table = (...rows: readonly string[]): string => tableOf(rows)
const row = (body: string): string => `2019-12-24,Daniel Reyes,${body}`
const good = row('"Dear Daniel, peace."')
/** A letter with an accent, after more than the beginning of the file that is looked at first. */
const accentLate = table(...Array.from({ length: 3_000 }, (_, n) => row(`Letter number ${n} of many`)), row('Jos\u00e9'))

const files: readonly HostileArchive[] = [
  // An e-mail
  eml('nothing at all', '', notLetters),
  eml('one byte', 'F', notLetters),
  eml('nine hundred nested parts', deepEmail(900), tooComplex),
  eml('thirty deep', deepEmail(30), tooComplex),
  eml('thirty thousand parts', wideEmail(30_000), tooComplex),
  eml('thirty thousand borders', email('Content-Type: multipart/mixed; boundary=b', Array.from({ length: 30_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n`).join('')), tooComplex),
  eml('a border that is never closed', email('Content-Type: multipart/mixed; boundary=b', `--b\r\n${textPart}`), one),
  eml('a head of a megabyte', email(`X-Long: ${'x'.repeat(1024 * 1024)}`, says), tooComplex),
  eml('a head of forty thousand lines', email(Array.from({ length: 40_000 }, (_, n) => `X-${n}: y`).join('\r\n'), says), tooComplex),
  eml('twenty-five megabytes and one byte', Buffer.concat([Buffer.from(plain(says)), Buffer.alloc(25 * 1024 * 1024, 0x0a)]), tooComplex),
  eml('a picture of twenty megabytes', mixed(textPart, `Content-Type: image/jpeg; name=x.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(250_000)}`), one),
  eml('no body', plain(''), { letters: 0, problems: ['NO_TEXT'] }),
  eml('no date', `From: a@example.org\r\nSubject: x\r\n\r\n${says}`, { letters: 0, problems: ['NO_DATE'] }),
  eml('a date that is none', `From: a@example.org\r\nDate: soon\r\n\r\n${says}`, { letters: 0, problems: ['BAD_DATE'] }),
  eml('nobody wrote it', `Date: Thu, 1 Jan 2026 10:00:00 +0000\r\nSubject: x\r\n\r\n${says}`, { letters: 0, problems: ['NO_PERSON'] }),
  eml('formatted words only', email('Content-Type: text/html', `<p>${says}</p><img src="http://127.0.0.1:9/x.png"><script>alert(1)</script><a href="javascript:alert(1)">here</a>`), { letters: 1, says, neverSays: 'alert' }),
  eml('HTML that never closes', email('Content-Type: text/html', `${says}${'<div>'.repeat(60_000)}`), tooComplex),
  eml('HTML of a million tables', email('Content-Type: text/html', `<p>${says}</p>${'<table><tr><td>'.repeat(60_000)}`), tooComplex),
  eml('HTML of two hundred thousand unclosed paragraphs', email('Content-Type: text/html', `${says}${'<p>x<br>'.repeat(200_000)}`), one),
  eml('HTML with a linked file', email('Content-Type: text/html', `<p>${says}</p><iframe src="file:///etc/hostname"></iframe><object data="file:///etc/hostname"></object>`), one),
  eml('a code page that is none', plain(says, 'Content-Type: text/plain; charset=klingon'), one),
  eml('UTF-16 in base64', encoded(Buffer.from(`\ufeff${says}`, 'utf16le').toString('base64'), 'base64').replace('text/plain', 'text/plain; charset=utf-16'), one),
  eml('old Windows accents', Buffer.from(plain('Jos\u00e9', 'Content-Type: text/plain; charset=windows-1252'), 'latin1'), { letters: 1, says: 'Jos\u00e9' }),
  eml('broken base64', encoded('!!!RGVhciBEYW5pZWwsIHBlYWNlLg=', 'base64'), one),
  eml('broken quoted-printable', encoded(`${says}=ZZ=\r\n=3`, 'quoted-printable'), one),
  eml('a way of coding nobody knows', encoded(says, 'x-rot13'), one),
  eml('uuencoded files between the lines', plain(`${says}\r\nbegin 644 x.exe\r\n#0V%T\r\n\`\r\nend\r\n`), { letters: 1, says, neverSays: 'begin 644' }),
  eml('winmail', mixed(textPart, 'Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+'), one),
  eml('an e-mail in an e-mail in an e-mail', mixed(textPart, `Content-Type: message/rfc822\r\n\r\n${mixed('Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\ninner').replaceAll('b\r\n', 'c\r\n')}`), one),
  eml('a name that climbs out', mixed(textPart, 'Content-Type: image/png; name="../../../../tmp/planted.png"\r\nContent-Disposition: attachment; filename="..\\..\\CON.png"\r\n\r\nx'), one),
  eml('an exe as a photo', mixed(textPart, 'Content-Type: image/jpeg; name="photo.jpg.exe"\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAEAAAA'), one),
  eml('heads called proto', email('__proto__: x\r\nconstructor: y\r\nX-Epistle-__proto__: z', says), one),
  eml('our own heads with nonsense in them', email('X-Epistle-Id: ../../../x\r\nX-Epistle-State: enthroned\r\nX-Epistle-Stamps: -5\r\nX-Epistle-Unit: gold\r\nX-Epistle-Length: 99999999999999999999\r\nX-Epistle-Direction: sideways', says), one),
  eml('NULs and lone halves of signs', Buffer.from(plain(`${says}\0\0\ufeff\u202e`)), one),
  eml('a million line breaks, then a word', plain(`${'\n'.repeat(900_000)}${says}`), tooComplex),
  eml('a million marks on one letter', plain(`${says}${'\u0301\u0316'.repeat(450_000)}`), { letters: 1 }),
  eml('a subject of a megabyte', `From: a@example.org\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\nSubject: ${'x'.repeat(1024 * 1024)}\r\n\r\n${says}`, tooComplex),
  eml('more text than a letter takes', plain('x '.repeat(1_200_000)), tooComplex),
  // A mail archive
  mbox('separators alone', separator.repeat(20_000), { letters: 0 }),
  mbox('thirty thousand empty e-mails', `${separator}\n`.repeat(30_000), { letters: 0 }),
  mbox('one bad among good', inMbox(plain(says), deepEmail(900), wideEmail(30_000), plain('')), { letters: 1, problems: ['TOO_COMPLEX', 'TOO_COMPLEX', 'NO_TEXT'] }),
  mbox('one too large among good', Buffer.concat([Buffer.from(inMbox(plain(says)) + separator + plain('')), Buffer.alloc(26 * 1024 * 1024, 0x78), Buffer.from(`\n\n${inMbox(plain('Another one.'))}`)]), { letters: 2, problems: ['TOO_LARGE'] }),
  mbox('lines that look like separators', inMbox(plain(`${says}\n\nFrom there we went on in 2024.\nFrom x\n`)), one),
  mbox('a separator of twenty megabytes', `${separator}${plain(says)}\nFrom ${'x'.repeat(20 * 1024 * 1024)}`, { letters: 0, problems: ['TOO_LARGE'] }),
  mbox('the same letter a thousand times', inMbox(plain(says)).repeat(1_000), { letters: 1_000 }),
  mbox('cut in the middle of a head', inMbox(plain(says)) + `${separator}From: a@exam`, { letters: 1, problems: ['NO_DATE'] }),
  // A table
  csv('white space', ' \n\t\n \n', notLetters),
  csv('only a head', 'Date,Person,Message\n', { letters: 0 }),
  csv('no column of dates', `Person,Message\nDaniel,"${says}"\n`, { why: ['noColumn'] }),
  csv('no column of people', `Date,Message\n2019-12-24,"${says}"\n`, { why: ['noColumn'] }),
  csv('columns of something else', 'Item,Price\nCandles,4\n', notLetters),
  csv('columns called proto', '__proto__,constructor,toString\n1,2,3\n', notLetters),
  csv('UTF-16 with its mark', Buffer.from(`\ufeff${table(good)}`, 'utf16le'), one),
  csv('UTF-16 without its mark', Buffer.from(table(good), 'utf16le'), one),
  csv('UTF-16 the other way round', Buffer.from(`\ufeff${table(good)}`, 'utf16le').swap16(), one),
  csv('Latin-1', Buffer.from(table(row('Jos\u00e9')), 'latin1'), { letters: 1, says: 'Jos\u00e9' }),
  csv('old Windows quotation marks', Buffer.concat([Buffer.from(table('2019-12-24,Daniel,').trimEnd()), Buffer.from([0x93, 0x48, 0x69, 0x94, 0x0a])]), { letters: 1, says: '\u201cHi\u201d' }),
  csv('an old accent far down', Buffer.from(accentLate, 'latin1'), { letters: 3_001, says: 'Jos\u00e9' }),
  csv('a new accent far down', accentLate, { letters: 3_001, says: 'Jos\u00e9' }),
  csv('NULs between the letters', table(good).replace('Dear', 'De\0ar'), one),
  csv('semicolons', table(good).replaceAll(',Daniel', ';Daniel').replaceAll('24,', '24;').replace('Date,Person,Message', 'Date;Person;Message').replace('Reyes,', 'Reyes;'), one),
  csv('old Mac line ends', table(good).replaceAll('\n', '\r'), one),
  csv('formulas', table(row('"=HYPERLINK(""http://127.0.0.1:9"")"'), row('@SUM(1)'), row('+1'), row("-2+3+cmd|' /C calc'!A0")), { letters: 4, says: '=HYPERLINK("http://127.0.0.1:9")' }),
  csv('bad rows among good', table(good, ',Daniel,x', 'soon,Daniel,x', '2019-12-24,,x', '2019-12-24,Daniel,', 'a', 'a,b,c,d,e,f'), { letters: 1, says, problems: ['NO_DATE', 'BAD_DATE', 'NO_PERSON', 'NO_TEXT', 'BAD_DATE', 'BAD_DATE'] }),
  csv('dates nobody wrote on', table('0000-00-00,D,x', '2019-02-30,D,x', '9999-12-31,D,x', '-1,D,x', '1e99,D,x'), { letters: 0, problems: ['BAD_DATE', 'BAD_DATE', 'BAD_DATE', 'BAD_DATE', 'BAD_DATE'] }),
  csv('a quotation mark that never closes', table(good, row(`"${'x'.repeat(3 * 1024 * 1024)}`)), { why: ['endlessCell'] }),
  csv('a quotation mark left open at the end', table(good, row('"no end')), { why: ['endlessCell'] }),
  csv('a row of ten megabytes', table(good, row('x'.repeat(10 * 1024 * 1024))), { why: ['endlessCell'] }),
  csv('more text than a letter takes', table(good, row('x'.repeat(1_500_000))), { letters: 1, says, problems: ['TOO_LARGE'] }),
  csv('a million columns', `Date,Person,Message${',x'.repeat(900_000)}\n${good}\n`, one),
  csv('three million quotation marks', `Date,Person,Message\n${'"'.repeat(3_000_000)}`, { letters: 0, problems: ['BAD_DATE'] }),
  csv('a million empty lines', `${'\n'.repeat(1_000_000)}${table(good)}`, { why: ['notLetters'] }),
  csv('a head of two megabytes', `${'x'.repeat(2_500_000)},Date\n`, notLetters),
  // What lies under the name
  archive('a picture called e-mail', 'eml', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index % 31) + 1)), notLetters),
  archive('a program called table', 'csv', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(8_000, 3)]), notLetters),
  archive('a package called table', 'csv', Buffer.from(zipSync({ 'letters.csv': Buffer.from(table(good)) })), notLetters),
  archive('a bomb called archive', 'mbox', Buffer.from(zipSync({ 'a.mbox': new Uint8Array(64 * 1024 * 1024) })), notLetters),
  archive('a web page called table', 'csv', '<!doctype html><script>alert(1)</script>\n<p>Date,Message</p>\n', notLetters),
  archive('an e-mail called table', 'csv', plain(says), one),
  archive('a table called e-mail', 'eml', table(good), one),
  archive('NULs', 'csv', Buffer.alloc(100_000), notLetters),
  { name: 'a folder', file: 'folder.mbox', make: async (path) => void mkdirSync(path), expect: notLetters },
  { name: 'a link to dev zero', file: 'zero.csv', make: async (path) => symlinkSync('/dev/zero', path), expect: notLetters },
  { name: 'a pipe nobody writes to', file: 'pipe.eml', make: async (path) => void execFileSync('mkfifo', [path]), expect: notLetters },
  { name: 'a file that is not there', file: 'missing.csv', make: async () => undefined, expect: { why: ['gone'] } },
  { name: 'a link to nothing', file: 'nothing.csv', make: async (path) => symlinkSync(join(path, '..', 'nothing-here'), path), expect: { why: ['gone'] } }
]

/** Long, and honest: a table of so many rows. */
const longTable = (rows: number): HostileArchive => ({
  name: `a table of ${rows} rows`,
  file: 'long.csv',
  long: true,
  make: async (path) => writeFileSync(path, tableOf(Array.from({ length: rows }, (_, n) => row(`Letter number ${n}. The Lord is my shepherd; I shall not want.`)))),
  expect: { letters: rows }
})

/** Long, and honest: an archive of photos, far more than a worker may hold. */
const album: HostileArchive = {
  name: 'an archive of a hundred megabytes of photos',
  file: 'album.mbox',
  long: true,
  make: async (path) => {
    for (let n = 0; n < longAlbum.letters; n += 1) appendFileSync(path, inMbox(mixed(textPart, longAlbum.part(n))))
  },
  expect: { letters: longAlbum.letters, photos: longAlbum.letters, leftOut: 0 }
}

/** @param rows of the one honest long table among them */
export const hostileArchives = (rows: number): readonly HostileArchive[] => [...files, ...hostilePhotos.map(({ name, parts, photos, leftOut }) => eml(name, mixed(textPart, ...parts), { letters: 1, says, photos, leftOut })), longTable(rows), album]
