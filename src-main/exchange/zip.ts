import { Readable } from 'node:stream'
import { ZipFile, type ReadStreamOptions } from 'yazl'

/** A file of an archive: its name with folders, when it was written, its bytes as they come. */
export type ZipEntry = { readonly name: string; readonly at: number; readonly content: () => AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> }

/** The earliest time a ZIP can hold (MS-DOS time). */
const earliest = Date.UTC(1980, 0, 2)

/**
 * An archive, written while it is made: one entry at a time, never the whole. Names are UTF-8; more than 65,535 entries make it Zip64.
 * @param take waits until the bytes were taken
 */
export const writeZip = async (entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, take: (chunk: Uint8Array) => Promise<void>): Promise<void> => {
  const zip = new ZipFile()
  let failed: (error: unknown) => void = () => undefined
  const failure = new Promise<never>((_resolve, reject) => (failed = reject))
  failure.catch(() => undefined)
  zip.on('error', failed)
  const written = (async () => {
    for await (const chunk of zip.outputStream as unknown as AsyncIterable<Uint8Array>) await take(chunk)
  })()
  written.catch(failed)
  const add = (entry: ZipEntry): Promise<void> =>
    new Promise((done) => {
      const options: Partial<ReadStreamOptions> = { mtime: new Date(Math.max(entry.at, earliest)), mode: 0o100600 }
      // Asked for only when its turn has come; the next one is offered after it was read.
      zip.addReadStreamLazy(entry.name, options, (give) => {
        const stream = Readable.from(entry.content(), { objectMode: false })
        stream.once('error', failed)
        stream.once('end', () => done())
        give(null, stream)
      })
    })
  for await (const entry of entries) await Promise.race([add(entry), failure])
  zip.end()
  await Promise.race([written, failure])
}
