/** Files that are either whole or absent: hashes, manifests and atomic replacement. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Hash of a file, read as a stream so that size does not matter. */
export async function hashFile(path, algorithm = 'sha256', encoding = 'hex') {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest(encoding)
}

/** Short hash of texts, for names of cache entries. */
export function shortHash(...texts) {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text).update('\0')
  return hash.digest('hex').slice(0, 12)
}

/** A sibling name nobody else uses. */
export const temporaryName = (path) => `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`

/** Writes a file so that readers see the old or the new one, never half. */
export async function writeWhole(path, text) {
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryName(path)
  await writeFile(temporary, text)
  await rename(temporary, path)
}

/** Copies a file so that readers see the old or the new one, never half (a program that has the old one open keeps it). */
export async function copyWhole(from, to) {
  await mkdir(dirname(to), { recursive: true })
  const temporary = temporaryName(to)
  await copyFile(from, temporary)
  await chmod(temporary, 0o644)
  await rename(temporary, to)
}

const MANIFEST = 'manifest.json'

async function* filesBelow(folder, prefix = '') {
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name
    if (entry.isDirectory()) yield* filesBelow(folder, path)
    else if (path !== MANIFEST) yield path
  }
}

/** Seals a folder: notes size and hash of every file in it. */
export async function sealFolder(folder) {
  const files = {}
  for await (const path of filesBelow(folder)) {
    const full = join(folder, path)
    files[path] = { size: (await stat(full)).size, sha256: await hashFile(full) }
  }
  await writeWhole(join(folder, MANIFEST), JSON.stringify({ files }, null, 1))
}

/** Whether a sealed folder is still exactly what was sealed. */
export async function isSealIntact(folder) {
  try {
    const { files } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'))
    for (const [path, { size, sha256 }] of Object.entries(files)) {
      const full = join(folder, path)
      if ((await stat(full)).size !== size || (await hashFile(full)) !== sha256) return false
    }
    return true
  } catch {
    return false
  }
}

/**
 * Makes a cache entry appear whole: `fill(folder)` works in a temporary folder, which is sealed and then renamed.
 * When another run was faster its entry is kept, provided it is intact.
 */
export async function createSealedFolder(folder, fill) {
  await mkdir(dirname(folder), { recursive: true })
  await removeLeftovers(folder)
  const temporary = temporaryName(folder)
  await mkdir(temporary)
  try {
    await fill(temporary)
    await sealFolder(temporary)
    if (await isSealIntact(folder)) return
    await rm(folder, { recursive: true, force: true })
    await rename(temporary, folder)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

const LEFTOVER_AGE_MS = 60 * 60 * 1000

/** Half-made entries of runs that were killed: anything an hour old can belong to nobody alive. */
async function removeLeftovers(folder) {
  for (const name of await readdir(dirname(folder))) {
    if (!name.endsWith('.tmp')) continue
    const path = join(dirname(folder), name)
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age > LEFTOVER_AGE_MS) await rm(path, { recursive: true, force: true })
  }
}
