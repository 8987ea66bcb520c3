import { randomBytes } from 'node:crypto'
import { lstat, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isGone } from './open'

/** Why a file of the person's own could not be written or read. `gone`: its folder or medium is not there (any more). */
export type FileTrouble = 'full' | 'readOnly' | 'gone' | 'other'

/** Expected trouble with a file outside our own folder; the app turns it into a failure. */
export class FileError extends Error {
  readonly trouble: FileTrouble
  constructor(trouble: FileTrouble, cause?: unknown) {
    super(`a file of the person's own: ${trouble}`, { cause })
    this.name = 'FileError'
    this.trouble = trouble
  }
}

const meaning: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  EBUSY: 'readOnly',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  ENODEV: 'gone',
  ENXIO: 'gone',
  EIO: 'gone'
}

/** @returns what an error of the system means for a chosen file */
export const fileTrouble = (error: unknown): FileError => {
  if (error instanceof FileError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new FileError(meaning[code] ?? 'other', error)
}

/** A file that comes into being: under another name beside its place, and in its place only when it is whole and on the disk. */
export type NewFile = {
  /** @throws FileError */
  readonly write: (chunk: Uint8Array | string) => Promise<void>
  /** Puts it on the disk and then in its place. @throws FileError */
  readonly finish: () => Promise<void>
  /** Leaves nothing of it behind; the file that was in its place before is as it was. */
  readonly discard: () => Promise<void>
}

/** Files the person chose in the system's dialog, outside our own folder. */
export type OutsideFiles = {
  /**
   * @param begins hears the name it has until it is whole, before there is anything of it: to be written down, so that what a crash leaves can be found again
   * @throws FileError
   */
  readonly create: (path: string, begins?: (part: string) => void) => Promise<NewFile>
  /**
   * Takes away what a crash left of a file that never became whole. Nothing but an ordinary file with a name that only `create` gives is touched.
   * @param part what `begins` heard
   * @returns whether nothing of it is left; false while its folder cannot be reached (a stick that is not in) or another program holds it
   */
  readonly sweep: (part: string) => Promise<boolean>
  /** The name of a file without its folder. */
  readonly nameOf: (path: string) => string
}

/** Small writes are put together, so that a letter is not a trip to the disk. */
const gatherBytes = 256 * 1024

/** Hidden, beside its place: a rename there cannot be half done, which a move from another disk could. */
const partOf = (path: string): string => join(dirname(path), `.${basename(path).slice(0, 80)}.${randomBytes(8).toString('hex')}.part`)
const isPart = (path: string): boolean => /^\..+\.[0-9a-f]{16}\.part$/s.test(basename(path))

/** The person's own disks. */
export const outsideFiles: OutsideFiles = {
  nameOf: (path) => basename(path),
  sweep: async (part) => {
    if (!isPart(part)) return true
    try {
      if (!(await stat(dirname(part))).isDirectory()) return true
    } catch {
      return false
    }
    try {
      if ((await lstat(part)).isFile()) await rm(part)
      return true
    } catch (error) {
      return isGone(error)
    }
  },
  create: async (path, begins = () => undefined) => {
    const part = partOf(path)
    begins(part)
    let handle: FileHandle | null = await open(part, 'wx', 0o600).catch((error: unknown) => Promise.reject(fileTrouble(error)))
    let gathered: Buffer[] = []
    let size = 0
    const close = async (): Promise<void> => {
      const open = handle
      handle = null
      await open?.close()
    }
    const flush = async (): Promise<void> => {
      const chunk = Buffer.concat(gathered)
      gathered = []
      size = 0
      for (let at = 0; at < chunk.length; ) at += (await (handle as FileHandle).write(chunk, at)).bytesWritten
    }
    return {
      write: async (chunk) => {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        gathered.push(bytes)
        size += bytes.length
        if (size >= gatherBytes) await flush().catch((error: unknown) => Promise.reject(fileTrouble(error)))
      },
      finish: async () => {
        try {
          await flush()
          await (handle as FileHandle).sync()
          await close()
          await rename(part, path)
          await flushFolder(dirname(path))
        } catch (error) {
          throw fileTrouble(error)
        }
      },
      discard: async () => {
        await close().catch(() => undefined)
        await rm(part, { force: true }).catch(() => undefined)
      }
    }
  }
}

/** A new name is on the disk only when its folder is. Not every medium can do that (a share, some sticks), and then nothing more can be done. */
const flushFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
