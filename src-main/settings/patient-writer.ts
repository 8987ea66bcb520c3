import * as disk from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a writer needs of the disk; as node:fs/promises has it. */
export type WriterFiles = Pick<typeof disk, 'open' | 'rename' | 'rm'>

/** Virus scanners hold a new file for some milliseconds, seldom for a second: two seconds in all, in growing steps. */
const waits: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 730]

const passing: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY']
const mayPass = (error: unknown): boolean => error instanceof Error && 'code' in error && passing.includes(error.code)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const writeOnce = async (files: WriterFiles, file: string, text: string): Promise<void> => {
  const fresh = `${file}.new`
  try {
    const handle = await files.open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await files.rename(fresh, file)
    await flushFolderOf(files, file)
  } catch (error) {
    await files.rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A new name outlives a power cut only once its folder is flushed. Windows does that by itself and refuses to open a folder. */
const flushFolderOf = async (files: WriterFiles, file: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await files.open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const patiently = async (work: () => Promise<void>): Promise<void> => {
  for (const wait of waits) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error)) throw error
      await pause(wait)
    }
  }
  return work()
}

/**
 * Writes one small file whole, one write after the other, without ever holding up the thread that draws. A write that is
 * overtaken by a newer one is left out. A kill or a power cut at any moment leaves the old file or the new one.
 */
export const createPatientWriter = (file: string, files: WriterFiles = disk) => {
  let queue: Promise<unknown> = Promise.resolve()
  let newest = 0
  const next = (work: () => Promise<void>): Promise<boolean> => {
    const done = queue.then(work).then(
      () => true,
      () => false
    )
    queue = done
    return done
  }
  return {
    /** @returns whether the text, or a newer one, is on disk */
    write: (text: string): Promise<boolean> => {
      newest += 1
      const mine = newest
      return next(async () => {
        if (mine === newest) await patiently(() => writeOnce(files, file, text))
      })
    },
    /** Puts what lies there aside under another name. @returns whether it is away */
    setAside: (name: string): Promise<boolean> => next(() => patiently(() => files.rename(file, name))),
    /** Resolves when everything asked for is done, or given up. */
    settled: async (): Promise<void> => void (await queue)
  }
}
