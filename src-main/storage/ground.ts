import { join } from 'node:path'
import type { Files } from './files'
import { isGone, StorageError, storageCode } from './open'
import { isFree, readOnlyFiles, type Scratch } from './read-only-files'

/** What a start needs at least: the service's and the mailbox's journals for one sitting. In bytes. */
const roomNeeded = 256 * 1024

export type Ground = {
  /** The files to work with from here on. */
  readonly files: Files
  /** How the folder was found. */
  readonly standing: 'ok' | 'readOnly' | 'noRoom'
}

/** Two starts in the same moment keep each other from looking, and neither would go on: each lets a moment of its own length pass and looks once more. */
const isFreeAfterAll = (disk: Files, file: string, letPass: () => void): boolean => {
  try {
    return isFree(disk, file)
  } catch (error) {
    if (storageCode(error) !== 'ALREADY_OPEN') throw error
    letPass()
    return isFree(disk, file)
  }
}

/**
 * Finds out whether the data folder can be written, before anything is opened in it. Where somebody else holds it, nothing is
 * written, not even to find out.
 * @param letPass waits a moment of random length
 * @throws StorageError ALREADY_OPEN when somebody else holds it, DISK_FAULT when the disk is in trouble
 */
export const findGround = (disk: Files, profileDir: string, scratch: Scratch, letPass: () => void): Ground => {
  const desk = join(profileDir, 'desk.db')
  if (disk.size(desk) !== null && !isFreeAfterAll(disk, desk, letPass)) return { files: readOnlyFiles(disk, scratch, false), standing: 'readOnly' }
  const refused = tryRoom(disk, profileDir)
  if (refused === null) return { files: disk, standing: 'ok' }
  if (refused === 'READ_ONLY') return { files: readOnlyFiles(disk, scratch, false), standing: 'readOnly' }
  if (refused === 'DISK_FULL') return { files: readOnlyFiles(disk, scratch, true), standing: 'noRoom' }
  throw new StorageError(refused, 'the data folder could not be tried')
}

/** Writes as much as a sitting needs and takes it away again. @returns why that failed, or null */
export const tryRoom = (disk: Files, profileDir: string): StorageError['code'] | null => {
  const file = join(profileDir, 'room.tmp')
  let written = false
  try {
    disk.makeFolder(profileDir)
    disk.write(file, 'x'.repeat(roomNeeded))
    written = true
    disk.flush(file)
    return null
  } catch (error) {
    // A second start in the same moment has taken the file away: it found room, and which of the two goes on is decided at the lock.
    if (written && isGone(error)) return null
    return storageCode(error) ?? 'INTERNAL'
  } finally {
    try {
      disk.remove(file)
    } catch {
      // A folder that does not let us remove what we could not write has been understood by then.
    }
  }
}
