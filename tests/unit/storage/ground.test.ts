import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import { tryRoom } from '../../../src-main/storage/ground'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'epistle-ground-'))
  folders.push(made)
  return made
}
afterEach(() => folders.splice(0).forEach((one) => rmSync(one, { recursive: true, force: true })))

const gone = (): never => {
  throw Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT', syscall: 'open' })
}

describe('the room in the data folder', () => {
  it('is there when a second start takes the trial file away in the same moment', () => {
    const place = folder()
    const files: Files = {
      ...diskFiles,
      flush: (file) => {
        rmSync(file)
        diskFiles.flush(file)
      }
    }
    expect(tryRoom(files, place)).toBeNull()
    expect(diskFiles.list(place)).toEqual([])
  })

  it('is not there when the folder itself cannot be made', () => {
    expect(tryRoom({ ...diskFiles, makeFolder: gone }, join(folder(), 'drive'))).not.toBeNull()
  })
})
