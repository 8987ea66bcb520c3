import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib'
import { centralRecord, descriptor, endOfDirectory, localHeader, type WrittenEntry } from './zip-records'

type Bytes = Uint8Array | string
/**
 * A file of an archive: its name with folders, when it was written, and its bytes, whole (a letter) or as they come (a list of all of them).
 * `stored`: a whole one's bytes are packed already (a photo), and packing them again would only take time.
 */
export type ZipEntry = { readonly name: string; readonly at: number; readonly content: Uint8Array | (() => AsyncIterable<Bytes> | Iterable<Bytes>); readonly stored?: boolean }

type Take = (chunk: Uint8Array) => Promise<void>

/** Of a file whose length nobody knows before it is written: from here on its sizes are given eight bytes. No list of letters is four times as long as they are. */
const mayBecomeHuge = 2 ** 30

/**
 * An archive, written while it is made: one entry at a time, never the whole. Names are UTF-8; more than 65,535 entries, or more than 4 GiB, make it Zip64.
 * What is kept until the end is the list of names, 100 bytes or so for each (README.md says why this is not left to a library).
 * @param take waits until the bytes were taken
 */
export const writeZip = async (entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, take: Take): Promise<void> => {
  const directory: Uint8Array[] = []
  let records: Uint8Array[] = []
  let count = 0
  let offset = 0
  let plain = 0
  const give: Take = async (chunk) => {
    offset += chunk.length
    await take(chunk)
  }
  for await (const { name, at, content, stored = false } of entries) {
    const begun = { name, at, offset }
    const written =
      content instanceof Uint8Array ? await writeWhole({ ...begun, stored }, content, give) : await writeStream({ ...begun, stored: false, huge: plain > mayBecomeHuge }, content, give)
    records.push(centralRecord(written))
    count += 1
    plain += written.size
    if (records.length < joinedAt) continue
    directory.push(Buffer.concat(records))
    records = []
  }
  const start = offset
  for (const part of [...directory, ...records]) await give(part)
  await give(endOfDirectory({ count, start, bytes: offset - start }))
}

/** Small pieces cost more than they hold: so many are put together. */
const joinedAt = 512

/** A letter is packed at once; one with photos in it on a thread of Node's own, so that nobody waits for it. */
const packedAside = 256 * 1024
const packAside = promisify(deflateRaw)

type Begun = Pick<WrittenEntry, 'name' | 'at' | 'offset' | 'stored'>

const writeWhole = async (begun: Begun, content: Uint8Array, give: Take): Promise<WrittenEntry> => {
  const packed = begun.stored ? content : content.length < packedAside ? deflateRawSync(content) : await packAside(content)
  const written = { ...begun, crc: crc32(content), size: content.length, packed: packed.length, sizesFollow: false, huge: false }
  await give(Buffer.concat([localHeader(written), packed]))
  return written
}

const writeStream = async (begun: Begun & Pick<WrittenEntry, 'huge'>, content: () => AsyncIterable<Bytes> | Iterable<Bytes>, give: Take): Promise<WrittenEntry> => {
  const sums = { crc: 0, size: 0, packed: 0 }
  await give(localHeader({ ...begun, ...sums, sizesFollow: true }))
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of content()) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
      sums.crc = crc32(bytes, sums.crc)
      sums.size += bytes.length
      yield bytes
    }
  }
  await pipeline(Readable.from(counted()), createDeflateRaw(), async (packed: AsyncIterable<Uint8Array>) => {
    for await (const chunk of packed) {
      sums.packed += chunk.length
      await give(chunk)
    }
  })
  const written = { ...begun, ...sums, sizesFollow: true }
  await give(descriptor(written))
  return written
}
