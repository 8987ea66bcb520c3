import type { DataPlace } from './contract/surroundings'
import type { Pause } from './storage/patient-files'
import type { Scratch } from './storage/read-only-files'

/** What the core is told about the PC it runs on. */
export type ThisPc = {
  /** Who is signed in to this PC, as its system calls them: said to another user who finds the letters open. */
  readonly owner: string
  /** The system and its version, for the support bundle. */
  readonly system: string
  readonly place: DataPlace
  readonly pause: Pause
  readonly scratch: Scratch
  /** Room on the disk that a folder lies on; null when the system does not say. */
  readonly freeBytes: (folder: string) => number | null
}

/** A PC of which nothing is known, and which waits for nothing. */
export const quietPc: ThisPc = {
  owner: '',
  system: 'unknown',
  place: { kind: 'local' },
  pause: () => undefined,
  scratch: {
    make: () => {
      throw new Error('there is no folder for a copy')
    },
    remove: () => undefined
  },
  freeBytes: () => null
}
