import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { documentLimits as limits } from './limits'
import { Refused } from './outcome'

/**
 * Opens one ordinary file to be read. A folder, a device, a pipe, or a link to one of these is not opened, whatever it is called.
 * @returns null for these; rejects with the system's error when the file is gone, locked, or not ours to read
 */
export const openOrdinaryFile = async (path: string): Promise<{ readonly file: FileHandle; readonly size: number } | null> => {
  // Not waiting for the other end of a pipe.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const found = await file.stat()
    if (found.isFile()) return { file, size: found.size }
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  }
  await file.close()
  return null
}

/**
 * The bytes of one ordinary file.
 * @param most bytes
 * @throws Refused `unreadable` (gone, locked, no right to it, no ordinary file), `tooLarge`
 */
export const readOrdinaryFile = async (path: string, most: number = limits.fileBytes): Promise<Buffer> => {
  const opened = await openOrdinaryFile(path).catch(() => null)
  if (opened === null) throw new Refused('unreadable')
  const { file, size } = opened
  try {
    if (size > most) throw new Refused('tooLarge')
    const bytes = Buffer.alloc(size)
    let read = 0
    while (read < size) {
      const { bytesRead } = await file.read(bytes, read, size - read, read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return bytes.subarray(0, read)
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('unreadable')
  } finally {
    await file.close().catch(() => undefined)
  }
}
