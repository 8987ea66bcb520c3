import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { ImportFormat, ImportProblem, ImportProblemCode } from '../contract/exchange'
import { openOrdinaryFile } from '../documents/read-file'
import type { ArchiveAnswer, ArchiveInput, Found, FoundBatch } from './found'
import { archiveLimits as limits } from './limits'
import { delimiterOf, readCsv } from './read-csv'
import { streamDecoder, type Encoding } from './stream-decoder'
import { readEmail } from './read-email'
import { splitMbox } from './read-mbox'

/** What a task has of its host (src-main/worker-protocol.ts). */
type Host = { readonly give: (batch: FoundBatch) => Promise<void>; readonly alive: () => void }

const startBytes = 64 * 1024
/** Messages, characters, and bytes of photos handed over at once. */
const batchMessages = 100
const batchCharacters = 500_000
const batchBytes = 2 * 1024 * 1024
/** Small steps, so that a large file says often that it is being read. */
const chunkBytes = 256 * 1024

/** What an error of the system means for the person: the file is not there (any more), or it is not theirs to read. null: no such error. */
const whyNotRead = (error: unknown): 'gone' | 'readOnly' | null => {
  if (!(error instanceof Error) || !('syscall' in error)) return null
  const code = 'code' in error ? String(error.code) : ''
  return code === 'EACCES' || code === 'EPERM' || code === 'EBUSY' ? 'readOnly' : 'gone'
}

/** Goes through the file from its beginning; can be asked again. */
const chunksOf = async function* (file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}

/** Whether every byte of the file fits UTF-8: an accent may first come a thousand letters on. */
const isUtf8 = async (file: FileHandle, host: Host): Promise<boolean> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of chunksOf(file)) {
      host.alive()
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** UTF-16 by its mark, or by every other byte being empty. */
const utf16Of = (start: Buffer): 'utf-16le' | 'utf-16be' | null => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const sample = start.subarray(0, 400)
  const zeros = [0, 1].map((odd) => sample.filter((byte, index) => byte === 0 && index % 2 === odd).length)
  if ((zeros[1] ?? 0) > sample.length / 5 && zeros[0] === 0) return 'utf-16le'
  if ((zeros[0] ?? 0) > sample.length / 5 && zeros[1] === 0) return 'utf-16be'
  return null
}

/** How the bytes of a table are to be read: UTF-16, UTF-8 when all of it is valid, else as old Windows programs wrote. */
const encodingOf = async (start: Buffer, file: FileHandle, host: Host): Promise<Encoding> => utf16Of(start) ?? ((await isUtf8(file, host)) ? 'utf-8' : 'windows-1252')

/** By what is in it, never by its name. null: no kind we read. */
const formatOf = (start: Buffer): ImportFormat | null => {
  const text = start.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  if (text.startsWith('From ')) return 'mbox'
  const sample = start.subarray(0, 4_096)
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length
  if (utf16Of(start) === null && controls * 50 > sample.length) return null
  if (/^(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+/.test(text) && /^(?:from|to|date|subject|message-id|received|return-path|mime-version|x-[!-9;-~]+):/im.test(text.slice(0, 8_000))) return 'eml'
  return text.trim() === '' ? null : 'csv'
}

/**
 * Reads an archive of letters: an e-mail, an mbox, or a table. Runs in a worker of its own and opens nothing but the file it was given.
 * @returns how it ended; the messages come in batches
 */
export const readArchive = async (input: ArchiveInput, host: Host): Promise<ArchiveAnswer> => {
  try {
    const opened = await openOrdinaryFile(input.path)
    if (opened === null) return { ok: false, why: 'notLetters' }
    try {
      return await readOpened(opened.file, input, host)
    } finally {
      await opened.file.close()
    }
  } catch (error) {
    const why = whyNotRead(error)
    if (why === null) throw error
    return { ok: false, why }
  }
}

const readOpened = async (file: FileHandle, input: ArchiveInput, host: Host): Promise<ArchiveAnswer> => {
  const space = Buffer.alloc(startBytes)
  const start = space.subarray(0, (await file.read(space, 0, startBytes, 0)).bytesRead)
  const format = formatOf(start)
  if (format === null) return { ok: false, why: 'notLetters' }
  const hash = createHash('sha256')
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunksOf(file)) {
      hash.update(chunk)
      host.alive()
      yield chunk
    }
  }
  let found: Found[] = []
  let problems: ImportProblem[] = []
  let characters = 0
  let bytes = 0
  const flush = async (): Promise<void> => {
    if (found.length === 0 && problems.length === 0) return
    const batch = { found, problems }
    found = []
    problems = []
    characters = 0
    bytes = 0
    await host.give(batch)
  }
  const take = async (row: number, one: Found | ImportProblemCode): Promise<void> => {
    if (typeof one === 'string') problems.push({ row, code: one })
    else {
      found.push(one)
      characters += one.body.length
      bytes += one.photos.reduce((sum, photo) => sum + photo.bytes.length, 0)
    }
    if (found.length + problems.length >= batchMessages || characters >= batchCharacters || bytes >= batchBytes) await flush()
  }
  const refused = await readers[format]({ file, start, chunks: chunks() }, input, host, take)
  if (refused !== null) return refused
  await flush()
  return { ok: true, format, hash: hash.digest('hex') }
}

type Take = (row: number, one: Found | ImportProblemCode) => Promise<void>
type Refusal = Extract<ArchiveAnswer, { ok: false }> | null
type Opened = { readonly file: FileHandle; readonly start: Buffer; readonly chunks: AsyncIterable<Buffer> }
type Reader = (opened: Opened, input: ArchiveInput, host: Host, take: Take) => Promise<Refusal>

const readers: { readonly [F in ImportFormat]: Reader } = {
  eml: async ({ chunks }, input, _host, take) => {
    const held: Buffer[] = []
    let size = 0
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > limits.messageBytes) return { ok: false, why: 'tooComplex' }
      held.push(chunk)
    }
    const one = await readEmail(Buffer.concat(held), 1, input.ownAddress, input.personGiven)
    if (one === 'TOO_COMPLEX' || one === 'TOO_LARGE') return { ok: false, why: 'tooComplex' }
    await take(1, one)
    return null
  },
  mbox: async ({ chunks }, input, host, take) => {
    let row = 0
    for await (const part of splitMbox(chunks)) {
      row += 1
      host.alive()
      await take(row, part === null ? 'TOO_LARGE' : await readEmail(part, row, input.ownAddress, input.personGiven))
    }
    return row === 0 ? { ok: false, why: 'notLetters' } : null
  },
  csv: async ({ file, start, chunks }, input, host, take) => {
    const encoding = await encodingOf(start, file, host)
    const decode = streamDecoder(encoding)
    const text = async function* (): AsyncGenerator<string> {
      for await (const chunk of chunks) yield decode(chunk).replaceAll('\0', '')
      yield decode(null)
    }
    const head = streamDecoder(encoding)(start).split(/\r\n|\r|\n/)[0] ?? ''
    let refusal: Refusal = null
    for await (const { row, found } of readCsv(text(), delimiterOf(head), input.personGiven, (answer) => (refusal = answer))) await take(row, found)
    return refusal
  }
}
