/** A zip reader that holds one entry's stream in memory, never the archive: the fallback runtime's zip is 200 MB. */
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open, stat, symlink } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_SIZE = 22
const LONGEST_COMMENT = 65_535
const SYMLINK = 0o120000
const FILE_TYPE = 0o170000

async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

async function readDirectory(file, size) {
  const tailLength = Math.min(size, END_SIZE + LONGEST_COMMENT)
  const tail = await readAt(file, size - tailLength, tailLength)
  let end = tail.length - END_SIZE
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) throw new Error('not a zip file, or cut short')
  const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))

  const entries = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY;) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      deflated: directory.readUInt16LE(at + 10) === 8,
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt16LE(at + 40),
      offset: directory.readUInt32LE(at + 42)
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function dataStart(file, entry) {
  const header = await readAt(file, entry.offset, 30)
  return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/**
 * Unpacks the entries for which `rename(name)` gives a path (relative to `target`); others are left out.
 * `onBytes(done, total)` is called after each file.
 */
export async function unzip(archive, target, rename, onBytes = () => {}) {
  const { size } = await stat(archive)
  const file = await open(archive, 'r')
  try {
    const wanted = (await readDirectory(file, size))
      .map((entry) => ({ ...entry, path: rename(entry.name) }))
      .filter((entry) => entry.path && !entry.name.endsWith('/'))
    const total = wanted.reduce((sum, entry) => sum + entry.size, 0)
    let done = 0
    for (const entry of wanted) {
      const path = resolve(target, entry.path)
      if (!path.startsWith(resolve(target) + sep)) throw new Error(`${entry.name} points outside the folder`)
      await mkdir(dirname(path), { recursive: true })
      const start = await dataStart(file, entry)
      if (((entry.mode & FILE_TYPE) === SYMLINK) && entry.packedSize > 0) {
        await symlink((await readAt(file, start, entry.packedSize)).toString(), path)
        continue
      }
      const packed = entry.packedSize > 0
        ? createReadStream(archive, { start, end: start + entry.packedSize - 1, highWaterMark: 1 << 20 })
        : []
      const stages = entry.deflated && entry.packedSize > 0 ? [createInflateRaw({ chunkSize: 1 << 18 })] : []
      await pipeline([packed, ...stages, createWriteStream(path)])
      if ((await stat(path)).size !== entry.size) throw new Error(`${join(entry.path)} has the wrong size`)
      await chmod(path, entry.mode & 0o111 ? 0o755 : 0o644)
      done += entry.size
      onBytes(done, total)
    }
  } finally {
    await file.close()
  }
}
