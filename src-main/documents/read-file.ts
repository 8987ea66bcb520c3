import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { documentLimits as limits } from './limits'
import { Refused } from './outcome'

/**
 * The bytes of one ordinary file. A folder, a device, a pipe, or a link to one of these is not read, whatever it is called.
 * @param most bytes
 * @throws Refused `unreadable` (gone, locked, no right to it, no ordinary file), `tooLarge`
 */
export const readOrdinaryFile = async (path: string, most: number = limits.fileBytes): Promise<Buffer> => {
  // Not waiting for the other end of a pipe.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => {
    throw new Refused('unreadable')
  })
  try {
    const { size } = await file.stat().then((found) => {
      if (!found.isFile()) throw new Refused('unreadable')
      return found
    })
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
