import type { Author, ExportFormat, Message } from '../contract/exchange'
import { createNames, safeFileName } from '../rules/file-names'
import { csvHead, csvRow } from './csv'
import { toEml } from './eml'
import { mboxEntry } from './mbox'
import { photoEnding, type PhotoFile } from './photo-files'
import { plainText } from './plain-text'
import { writeZip, type ZipEntry } from './zip'

/** Letters on their way into a file. */
export type Writing = {
  readonly author: Author
  /** Goes through all of them, oldest first; asked more than once for an archive with several lists. */
  readonly messages: () => Iterable<Message>
  /** The bytes of a photo; asked for one letter's at a time. */
  readonly photo: (photoId: string) => Uint8Array | null
  readonly take: (chunk: Uint8Array | string) => Promise<void>
  /** One more letter is written; may wait, and may throw to stop. */
  readonly next: (written: Message) => Promise<void>
}

/** How often one message is counted when it is written in this format. */
export const passesOf: { readonly [F in ExportFormat]: number } = { eml: 1, mbox: 1, csv: 1, txt: 1, zip: 3 }

/** Writes letters as one file of this format, a letter at a time. */
export const writeLetters = async (format: ExportFormat, writing: Writing): Promise<void> => {
  if (format === 'zip') return writeZip(archive(writing), writing.take)
  for await (const chunk of chunksOf[format](writing)) await writing.take(chunk)
}

type Chunks = AsyncGenerator<Uint8Array | string>

const each = async function* (writing: Writing, write: (message: Message) => Promise<Uint8Array> | string): Chunks {
  for (const message of writing.messages()) {
    yield await write(message)
    await writing.next(message)
  }
}

const photosOf = (message: Message, { photo }: Writing): readonly PhotoFile[] =>
  message.photos.flatMap(({ photoId, name, type }) => {
    const bytes = photo(photoId)
    return bytes === null ? [] : [{ name, type, bytes }]
  })
const emlOf = (message: Message, writing: Writing): Promise<Buffer> => toEml(message, writing.author, photosOf(message, writing))

const chunksOf: { readonly [F in Exclude<ExportFormat, 'zip'>]: (writing: Writing) => Chunks } = {
  eml: (writing) => each(writing, (message) => emlOf(message, writing)),
  mbox: (writing) => each(writing, async (message) => mboxEntry(await emlOf(message, writing), message.at)),
  csv: async function* (writing) {
    yield csvHead()
    yield* each(writing, csvRow)
  },
  txt: async function* (writing) {
    // So that an old program, too, reads accents as they are.
    yield '\ufeff'
    yield* each(writing, (message) => plainText(message, writing.author))
  }
}

const about = [
  'Letters kept by Epistle.',
  '',
  'letters/      each letter and answer as an e-mail file, a folder for each person; mail programs open them.',
  '              Its photos are in it, and beside it as files of their own',
  'letters.csv   the same as a table for a spreadsheet',
  'letters.txt   the same to read in any program',
  '',
  'Epistle reads the e-mail files of letters/ back with their photos, and the table without (Settings, Export and import).',
  ''
].join('\r\n')

/** A photo lies beside its letter under the beginning of its name, and both names together are no longer than one. @param letter its file */
const besideLetter = (letter: string, photo: PhotoFile): string => `${safeFileName(letter.replace(/\.eml$/, ''), 'letter', 60)} - ${safeFileName(photo.name, 'photo', 37)}`

/** Everything: three lists of the same letters. */
const archive = async function* (writing: Writing): AsyncGenerator<ZipEntry> {
  // Names begin with their day and days come in order: only those of one day can be the same.
  const dayOf = new Map<string, { readonly day: string; readonly names: ReturnType<typeof createNames> }>()
  const people = createNames()
  const folders = new Map<string, string>()
  let newest = 0
  for (const message of writing.messages()) {
    newest = Math.max(newest, message.at)
    const who = JSON.stringify([message.facilityId, message.number, message.number === '' ? message.personName : ''])
    const folder = folders.get(who) ?? people(safeFileName(`${message.personName} ${message.number}`, 'unknown'), 'd').slice(0, -2)
    folders.set(who, folder)
    const day = new Date(message.at).toISOString().slice(0, 10)
    const last = dayOf.get(folder)
    const names = last?.day === day ? last.names : createNames()
    dayOf.set(folder, { day, names })
    const name = names(safeFileName(`${day} ${message.direction === 'sent' ? 'to' : 'from'} ${message.subject}`), 'eml')
    const photos = photosOf(message, writing)
    yield { name: `letters/${folder}/${name}`, at: message.at, content: await toEml(message, writing.author, photos) }
    for (const photo of photos) yield { name: `letters/${folder}/${names(besideLetter(name, photo), photoEnding[photo.type])}`, at: message.at, content: photo.bytes, stored: true }
    await writing.next(message)
  }
  yield { name: 'letters.csv', at: newest, content: () => chunksOf.csv(writing) }
  yield { name: 'letters.txt', at: newest, content: () => chunksOf.txt(writing) }
  yield { name: 'README.txt', at: newest, content: Buffer.from(about, 'utf8') }
}
