import type { Files } from './files'

/** Waits on this thread. The core's own thread may; the one that draws may not. */
export type Pause = (ms: number) => void

/** Virus scanners and indexers hold a new file for some milliseconds, seldom for a second. Two seconds in all, in growing steps. */
export const patienceSteps: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 730]

const passing: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY']

/** Whether the system refused because somebody else may hold the file just now. */
export const mayPass = (error: unknown): boolean => error instanceof Error && 'code' in error && passing.includes(error.code)

/**
 * Tries again while another program holds a file, for two seconds at most.
 * @throws what the last try threw
 */
export const withPatience = <T>(pause: Pause, work: () => T): T => {
  for (const step of patienceSteps) {
    try {
      return work()
    } catch (error) {
      if (!mayPass(error)) throw error
      pause(step)
    }
  }
  return work()
}

/**
 * The same files, but what another program holds for a moment (a virus scanner, a backup) is asked for again. Databases are
 * not opened this way: SQLite waits for its lock by itself.
 */
export const patientFiles = (files: Files, pause: Pause): Files => {
  const patient =
    <A extends readonly unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R =>
      withPatience(pause, () => work(...args))
  return {
    ...files,
    read: patient(files.read),
    readStart: patient(files.readStart),
    write: patient(files.write),
    wipe: patient(files.wipe),
    copy: patient(files.copy),
    rename: patient(files.rename),
    remove: patient(files.remove),
    flush: patient(files.flush)
  }
}
