/** Every kind of export read back by somebody else's program: Python's mailbox and email, a spreadsheet library, unzip. */
import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { read, utils } from 'xlsx'
import type { ExportFormat, Message } from '@contract/exchange'
import { writeLetters } from '../../../src-main/exchange/write-letters'
import { photoName } from '../../../src-main/rules/photo'
import { runTool } from '../../support/other-tools'
import { fixturePhoto, pngPhoto } from '../../support/photos'

const author = { name: 'Maria Delgado, OFS', email: 'maria@parish.org' }
const message = (index: number, subject: string, body: string, more: Partial<Message> = {}): Message => ({
  kind: 'letter',
  id: `letter-${index}`,
  direction: index % 3 === 2 ? 'received' : 'sent',
  contactId: 'contact-1',
  personName: 'José "Pepe" Reyes; Jr.',
  number: '0448213',
  facilityId: 'cedar-state',
  facilityName: 'Cedar State',
  subject,
  body,
  at: Date.UTC(2026, 0, 1 + index, 12, 30, 15, 250),
  state: 'delivered',
  stamps: 1,
  unit: 'stamp',
  receipt: `R-${index}`,
  answers: null,
  originId: null,
  photos: [],
  ...more
})
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const photoFiles = new Map([fixturePhoto('chapel.jpg'), fixturePhoto('candle.png'), pngPhoto(7)].map((bytes) => [hashOf(bytes), bytes]))
const photo = (photoId: string): Buffer | null => photoFiles.get(photoId) ?? null
const photoIds = [...photoFiles.keys()]
/** The first of them is a JPEG, the others are PNG. */
const named = (names: readonly string[]): Message['photos'] =>
  names.map((name, index) => ({ photoId: photoIds[index] ?? '', name: photoName(name), type: index === 0 ? 'jpeg' : 'png', bytes: photoFiles.get(photoIds[index] ?? '')?.length ?? 0 }))
const fileNames = ({ photos }: Message): readonly string[] => photos.map(({ name, type }) => `${name}.${type === 'jpeg' ? 'jpg' : 'png'}`)
/** Subjects are one line; texts anything that is stored: line feeds, no controls, composed. */
const subject = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/\s+/g, ' ').trim())
const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }).map((text) => text.replace(/[\p{Cc}\u2028\u2029\u0085]/gu, '')),
  fc.constantFrom('From here', '>From there', '>>From everywhere', 'From x@y Thu Jan  1 00:00:00 1970', '.', '--', '-- ', '=1+1', '  leading', 'trailing  ', '\ttab', 'Subject: no header', '', '', '=46rom', 'x'.repeat(1_200))
)
const body = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n').normalize('NFC'))

let folder = ''
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-read-back-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = async (format: ExportFormat, messages: readonly Message[]): Promise<string> => {
  const chunks: Buffer[] = []
  await writeLetters(format, { author, photo, messages: () => messages, take: async (chunk) => void chunks.push(Buffer.from(chunk as Uint8Array)), next: async () => undefined })
  const path = join(folder, `letters.${format}`)
  writeFileSync(path, Buffer.concat(chunks))
  return path
}
/** Two in three are from before 1970. */
const writtenAt = (index: number): number => Date.UTC([2026, 1962, 1899][index % 3] ?? 0, 0, 1 + index, 12, 30, 15, 250)
/** As people, phones and strangers call their pictures. */
const pictureName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('chapel.jpg', 'From the chapel.jpg', 'José & Ana; "quoted"\\.png', '=1+1', '../../etc/passwd', '\u202egpj.exe', 'x'.repeat(300), '日本語の写真', "it's 100%")
)
/** Two in three have photos. */
const drawn = fc
  .sample(fc.tuple(subject, body, fc.array(pictureName, { minLength: 1, maxLength: 3 })), { seed: 2026, numRuns: 300 })
  .map(([about, text, pictures], index) => message(index, about, text, { at: writtenAt(index), photos: index % 3 === 1 ? [] : named(pictures) }))
/** Line breaks at the very end are the file's, not the letter's. */
const trimmed = (text: string): string => text.replace(/\n+$/, '')

it('mbox by Python’s mailbox and email: count, subjects, dates, people and every text', async () => {
  const path = await write('mbox', drawn)
  const script = `
import json, mailbox, sys, email, email.policy, hashlib
box = mailbox.mbox(sys.argv[1], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default))
print(json.dumps([{'subject': str(m['subject'] or ''), 'body': m.get_body(('plain',)).get_content(), 'from': str(m['from']), 'to': str(m['to']), 'date': m['date'].datetime.timestamp(), 'id': m['x-epistle-id'],
  'defects': [str(d) for part in m.walk() for d in part.defects], 'files': [[a.get_filename(), a.get_content_type(), hashlib.sha256(a.get_content()).hexdigest()] for a in m.iter_attachments()]} for m in box]))`
  const found = JSON.parse(runTool('python3', ['-c', script, path])) as readonly { subject: string; body: string; from: string; to: string; date: number; id: string; defects: string[]; files: string[][] }[]
  expect(found.length).toBe(drawn.length)
  found.forEach((one, index) => {
    const due = drawn[index] as Message
    expect(one.id).toBe(due.id)
    expect(one.defects, due.id).toEqual([])
    expect(one.files, due.id).toEqual(due.photos.map(({ photoId, type }, number) => [fileNames(due)[number], `image/${type}`, photoId]))
    expect(trimmed(one.body), due.id).toBe(trimmed(due.body))
    expect(one.subject.replace(/\s+/g, ' ').trim()).toBe(due.subject)
    expect(one.date).toBe(Math.floor(due.at / 1_000))
    expect(due.direction === 'sent' ? one.to : one.from).toContain('José')
    expect(due.direction === 'sent' ? one.from : one.to).toContain('<maria@parish.org>')
  })
})

it('the same letters make the same file', async () => {
  const once = readFileSync(await write('mbox', drawn))
  expect(readFileSync(await write('mbox', drawn)).equals(once)).toBe(true)
})

it('an e-mail by Python’s email', async () => {
  const one = drawn[7] as Message
  expect(one.photos).toEqual([])
  const path = await write('eml', [one])
  const script = `
import json, sys, email, email.policy
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(json.dumps([str(m['subject'] or ''), m.get_content(), m['x-epistle-receipt'], m['message-id'], m.get_content_type()]))`
  const [about, text, receipt, id, type] = JSON.parse(runTool('python3', ['-c', script, path])) as string[]
  expect([about?.replace(/\s+/g, ' ').trim(), trimmed(text ?? ''), receipt, id, type]).toEqual([one.subject, trimmed(one.body), one.receipt, `<${one.id}@epistle.invalid>`, 'text/plain'])
})

it('CSV by a spreadsheet library: every cell, and none that runs', async () => {
  const path = await write('csv', drawn)
  const sheet = read(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), { type: 'string', raw: true, FS: ',' })
  const rows = utils.sheet_to_json<Record<string, string>>(sheet.Sheets[sheet.SheetNames[0] ?? ''] ?? {}, { raw: true, defval: '' })
  expect(rows.length).toBe(drawn.length)
  const cell = (text: string): string => (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text)
  rows.forEach((row, index) => {
    const due = drawn[index] as Message
    expect(String(row['Message'])).toBe(cell(due.body))
    expect(String(row['Subject'])).toBe(cell(due.subject))
    expect(String(row['Photos'])).toBe(cell(due.photos.map(({ name }) => name).join('; ')))
    expect(String(row['Number'])).toBe('0448213')
    expect(row['Date']).toBe(new Date(due.at).toISOString())
  })
  const cells = Object.values(sheet.Sheets[sheet.SheetNames[0] ?? ''] ?? {}) as { f?: string }[]
  expect(cells.filter(({ f }) => f !== undefined)).toEqual([])
})

describe('ZIP', () => {
  it('by unzip: whole, with names that are safe and told apart', async () => {
    const hard = ['CON', '../../etc/passwd', 'a/b\\c', 'same', 'SAME', 'same', '', 'x'.repeat(300), '日本語 José', '.hidden', 'trailing. ', '\u202egnp.exe', 'nul.txt']
    const messages = hard.map((about, index) => message(index, about, `Text ${index}`, { at: Date.UTC(2026, 0, 1), direction: 'sent' }))
    const path = await write('zip', messages)
    expect(runTool('unzip', ['-t', path])).toContain('No errors detected')
    const names = runTool('python3', ['-c', 'import json, sys, zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))', path])
    const list = JSON.parse(names) as readonly string[]
    const files = list.filter((name) => name.endsWith('.eml'))
    expect(files.length).toBe(hard.length)
    expect(new Set(files.map((name) => name.toLowerCase())).size, 'no two differ in case alone').toBe(files.length)
    for (const name of files) expect(name).toMatch(/^letters\/[^/\\:*?"<>|]+\/[^/\\:*?"<>|]+\.eml$/)
    expect(list.filter((name) => !name.startsWith('letters/')).sort()).toEqual(['README.txt', 'letters.csv', 'letters.txt'])
    const text = runTool('unzip', ['-p', path, 'letters.txt'])
    for (const one of messages) expect(text).toContain(one.body)
  })
  it('has each photo in its letter and beside it, stored as it is', async () => {
    const messages = [
      message(0, 'Chapel', 'Text 0', { direction: 'sent', photos: named(['chapel', 'candle', 'CANDLE']) }),
      message(1, 'x'.repeat(300), 'Text 1', { direction: 'sent', at: Date.UTC(2026, 0, 1), photos: named(['y'.repeat(300), 'CON', '../../etc/passwd']) }),
      message(2, 'Chapel', 'Text 2', { direction: 'sent', at: Date.UTC(2026, 0, 1), photos: named(['chapel']) })
    ]
    const path = await write('zip', messages)
    expect(runTool('unzip', ['-t', path])).toContain('No errors detected')
    const script = `
import json, sys, zipfile, hashlib, email, email.policy
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([{'name': i.filename, 'stored': i.compress_type == zipfile.ZIP_STORED, 'hash': hashlib.sha256(z.read(i)).hexdigest(), 'files': [hashlib.sha256(a.get_content()).hexdigest() for a in email.message_from_bytes(z.read(i), policy=email.policy.default).iter_attachments()] if i.filename.endswith('.eml') else []} for i in z.infolist()]))`
    const entries = JSON.parse(runTool('python3', ['-c', script, path])) as readonly { name: string; stored: boolean; hash: string; files: string[] }[]
    const pictures = entries.filter(({ name }) => /\.(jpg|png)$/.test(name))
    expect(pictures.map(({ hash }) => hash)).toEqual(messages.flatMap(({ photos }) => photos.map(({ photoId }) => photoId)))
    expect(entries.filter(({ name }) => name.endsWith('.eml')).map(({ files }) => files)).toEqual(messages.map(({ photos }) => photos.map(({ photoId }) => photoId)))
    expect(entries.filter(({ stored }) => stored).map(({ name }) => name)).toEqual(pictures.map(({ name }) => name))
    const [chapel, candle, again] = pictures.map(({ name }) => name.slice(name.lastIndexOf('/') + 1))
    expect([chapel, candle, again]).toEqual(['2026-01-01 to Chapel - chapel.jpg', '2026-01-01 to Chapel - candle.png', '2026-01-01 to Chapel - CANDLE (2).png'])
    expect(new Set(entries.map(({ name }) => name.toLowerCase())).size).toBe(entries.length)
    for (const { name } of pictures) expect(name).toMatch(/^letters\/[^/\\:*?"<>|]+\/[^/\\:*?"<>|]{1,110}\.(jpg|png)$/)
    expect(runTool('unzip', ['-p', path, 'letters.txt'])).toContain('Photos: chapel, candle, CANDLE\r\n')
  })
  it('is written while it is made: what is taken is never more than a little ahead', async () => {
    let longest = 0
    let taken = 0
    const messages = Array.from({ length: 400 }, (_, index) => message(index, `Letter ${index}`, 'word '.repeat(1_000)))
    let given = 0
    await writeLetters('zip', {
      author,
      photo,
      messages: function* () {
        for (const one of messages) {
          given += one.body.length
          yield one
        }
      },
      take: async (chunk) => {
        taken += chunk.length
        longest = Math.max(longest, chunk.length)
      },
      next: async () => undefined
    })
    expect(given).toBe(3 * 400 * 5_000)
    expect(longest).toBeLessThan(300_000)
    expect(taken).toBeGreaterThan(10_000)
  })
})
