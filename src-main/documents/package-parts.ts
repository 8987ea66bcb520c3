import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { documentLimits as limits } from './limits'
import { Refused } from './outcome'

/** The directory of a package (a ZIP), and the parts that were asked for, unpacked. */
export type PackageParts = { readonly names: readonly string[]; readonly parts: ReadonlyMap<string, Uint8Array> }

const zip64Field = 0x0001
const symbolicLink = 0o120000
const fileKind = 0o170000
const packed = /\.(zip|7z|rar|gz|bz2|xz|jar)$/i

/**
 * Reads a package's directory, refuses it whole when anything in it is not as in an honest document, and unpacks the
 * wanted parts under the limits. Nothing is ever written anywhere, so names cannot lead out of a folder; that they try is
 * reason enough to refuse.
 * @param wanted which parts to unpack, by name
 * @throws Refused `unsafe`: not a ZIP, cut, encrypted, Zip64, a part too large for its size or with a false size, twice the same
 * name, a path out of the package, a link, a package inside the package, too many parts
 */
export const readPackage = async (bytes: Buffer, wanted: (name: string) => boolean): Promise<PackageParts> => {
  const zip = await open(bytes)
  if (zip.entryCount > limits.parts) throw new Refused('unsafe')
  const entries = await listEntries(zip)
  entries.forEach(inspect)
  const names = entries.map(({ fileName }) => fileName)
  if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) throw new Refused('unsafe')
  const chosen = entries.filter(({ fileName }) => !fileName.endsWith('/') && wanted(fileName))
  if (chosen.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > limits.unpackedBytes) throw new Refused('unsafe')
  const parts = new Map<string, Uint8Array>()
  for (const entry of chosen) parts.set(entry.fileName, await unpack(zip, entry))
  return { names, parts }
}

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => (error ? reject(new Refused('unsafe')) : resolve(zip)))
  })

const listEntries = (zip: ZipFile): Promise<readonly Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    // A name that is absolute or climbs out with `..` ends here as well.
    zip.on('error', () => reject(new Refused('unsafe')))
    zip.readEntry()
  })

const inspect = (entry: Entry): void => {
  const { uncompressedSize, compressedSize } = entry
  const ratio = uncompressedSize / Math.max(1, compressedSize)
  const isBomb = (ratio > limits.ratio && uncompressedSize > limits.ratioFrom) || (ratio > limits.ratioAlways && uncompressedSize > limits.ratioAlwaysFrom)
  const isLink = ((entry.externalFileAttributes >>> 16) & fileKind) === symbolicLink
  const isZip64 = entry.extraFields.some(({ id }) => id === zip64Field)
  if (isBomb || isLink || isZip64 || entry.isEncrypted() || packed.test(entry.fileName)) throw new Refused('unsafe')
}

/** The size in the directory is held to: a part that unpacks to more or less is refused before more of it is read. */
const unpack = (zip: ZipFile, entry: Entry): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const refuse = (): void => reject(new Refused('unsafe'))
    zip.openReadStream(entry, (error, stream) => {
      if (error) return refuse()
      const chunks: Buffer[] = []
      let size = 0
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > entry.uncompressedSize) stream.destroy(new Refused('unsafe'))
        else chunks.push(chunk)
      })
      stream.on('error', refuse)
      stream.on('end', () => (size === entry.uncompressedSize ? resolve(Buffer.concat(chunks)) : refuse()))
    })
  })

const deepestXml = 500

/**
 * Refuses XML that no word processor writes: with definitions of its own (entities that grow or lead out), or nested so deep that
 * a parser would spend its stack on it. One pass over the bytes.
 * @throws Refused `unsafe`
 */
export const refuseStrangeXml = (xml: Uint8Array): void => {
  const head = Buffer.from(xml.buffer, xml.byteOffset, Math.min(xml.length, 64 * 1024)).toString('latin1')
  if (/<!(DOCTYPE|ENTITY)/i.test(head)) throw new Refused('unsafe')
  let depth = 0
  for (let at = xml.indexOf(opens); at >= 0; at = xml.indexOf(opens, at + 1)) {
    const next = xml[at + 1]
    if (next === slash) depth -= 1
    else if (next !== undefined && next !== question && next !== exclamation) {
      const end = xml.indexOf(closes, at)
      if (end > 0 && xml[end - 1] !== slash) depth += 1
    }
    if (depth > deepestXml) throw new Refused('unsafe')
  }
}

const [opens, closes, slash, question, exclamation] = [0x3c, 0x3e, 0x2f, 0x3f, 0x21] as const
