import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { ImportFormat, ImportProblem, ImportProblemCode } from '../contract/exchange'
import type { ArchiveAnswer, ArchiveInput, Found, FoundBatch } from './found'
import { archiveLimits as limits } from './limits'
import { delimiterOf, readCsv } from './read-csv'
import { readEmail } from './read-email'
import { splitMbox } from './read-mbox'

/** What a task has of its host (src-main/worker-protocol.ts). */
type Host = { readonly give: (batch: FoundBatch) => Promise<void>; readonly alive: () => void }

const startBytes = 64 * 1024
/** Messages, and characters, handed over at once. */
const batchMessages = 100
const batchCharacters = 500_000
/** Small steps, so that a large file says often that it is being read. */
const chunkBytes = 256 * 1024

/** The beginning of a file, or why it cannot be read. A folder, a device or a pipe is no file. */
const readStart = async (path: string): Promise<Buffer | 'gone' | 'readOnly' | 'notLetters'> => {
  try {
    if (!(await stat(path)).isFile()) return 'notLetters'
    const handle = await open(path, 'r')
    try {
      const start = Buffer.alloc(startBytes)
      return start.subarray(0, (await handle.read(start, 0, startBytes, 0)).bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return code === 'EACCES' || code === 'EPERM' || code === 'EBUSY' ? 'readOnly' : 'gone'
  }
}

/** How the bytes of a table are to be read: by its mark, UTF-16 by its empty bytes, UTF-8 when it is valid, else as old Windows programs wrote. */
export const encodingOf = (start: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const sample = start.subarray(0, 400)
  const zeros = [0, 1].map((odd) => sample.filter((byte, index) => byte === 0 && index % 2 === odd).length)
  if ((zeros[1] ?? 0) > sample.length / 5 && zeros[0] === 0) return 'utf-16le'
  if ((zeros[0] ?? 0) > sample.length / 5 && zeros[1] === 0) return 'utf-16be'
  try {
    // The sample may end in the middle of a sign.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** By what is in it, never by its name. null: no kind we read. */
const formatOf = (start: Buffer): ImportFormat | null => {
  const text = start.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  if (text.startsWith('From ')) return 'mbox'
  const encoding = encodingOf(start)
  const utf16 = encoding === 'utf-16le' || encoding === 'utf-16be'
  const sample = start.subarray(0, 4_096)
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length
  if (!utf16 && controls * 50 > sample.length) return null
  if (/^(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+/.test(text) && /^(?:from|to|date|subject|message-id|received|return-path|mime-version|x-[!-9;-~]+):/im.test(text.slice(0, 8_000))) return 'eml'
  return text.trim() === '' ? null : 'csv'
}

/**
 * Reads an archive of letters: an e-mail, an mbox, or a table. Runs in a worker of its own and opens nothing but the file it was given.
 * @returns how it ended; the messages come in batches
 */
export const readArchive = async (input: ArchiveInput, host: Host): Promise<ArchiveAnswer> => {
  const start = await readStart(input.path)
  if (typeof start === 'string') return { ok: false, why: start }
  const format = formatOf(start)
  if (format === null) return { ok: false, why: 'notLetters' }
  const hash = createHash('sha256')
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(input.path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      host.alive()
      yield chunk
    }
  }
  let found: Found[] = []
  let problems: ImportProblem[] = []
  let characters = 0
  const flush = async (): Promise<void> => {
    if (found.length === 0 && problems.length === 0) return
    const batch = { found, problems }
    found = []
    problems = []
    characters = 0
    await host.give(batch)
  }
  const take = async (row: number, one: Found | ImportProblemCode): Promise<void> => {
    if (typeof one === 'string') problems.push({ row, code: one })
    else {
      found.push(one)
      characters += one.body.length
    }
    if (found.length + problems.length >= batchMessages || characters >= batchCharacters) await flush()
  }
  const refused = await readers[format](chunks(), start, input, host, take)
  if (refused !== null) return refused
  await flush()
  return { ok: true, format, hash: hash.digest('hex') }
}

type Take = (row: number, one: Found | ImportProblemCode) => Promise<void>
type Refusal = Extract<ArchiveAnswer, { ok: false }> | null
type Reader = (chunks: AsyncIterable<Buffer>, start: Buffer, input: ArchiveInput, host: Host, take: Take) => Promise<Refusal>

const readers: { readonly [F in ImportFormat]: Reader } = {
  eml: async (chunks, _start, input, _host, take) => {
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
  mbox: async (chunks, _start, input, host, take) => {
    let row = 0
    for await (const part of splitMbox(chunks)) {
      row += 1
      host.alive()
      await take(row, part === null ? 'TOO_LARGE' : await readEmail(part, row, input.ownAddress, input.personGiven))
    }
    return row === 0 ? { ok: false, why: 'notLetters' } : null
  },
  csv: async (chunks, start, input, _host, take) => {
    const decoder = new TextDecoder(encodingOf(start))
    const text = async function* (): AsyncGenerator<string> {
      for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '')
      yield decoder.decode()
    }
    const head = new TextDecoder(encodingOf(start)).decode(start, { stream: true }).split(/\r\n|\r|\n/)[0] ?? ''
    let refusal: Refusal = null
    for await (const { row, found } of readCsv(text(), delimiterOf(head), input.personGiven, (answer) => (refusal = answer))) await take(row, found)
    return refusal
  }
}
