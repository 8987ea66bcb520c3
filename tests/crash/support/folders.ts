import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder in memory where there is one: for programs that ask what is answered, not what survives, so that they need
 * not wait for a disk.
 */
export const folderInMemory = (name: string): string => mkdtempSync(join(memoryOrTemp(), `epistle-${name}-`))

/** A new folder on the disk. */
export const folderOnDisk = (name: string): string => mkdtempSync(join(tmpdir(), `epistle-${name}-`))

const memoryOrTemp = (): string => {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
