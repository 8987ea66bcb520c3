import type { Failure } from './result'

/** Long work that a person waits for, one at a time: what it is. */
export type JobKind = 'export' | 'pdf' | 'print' | 'readImport' | 'import' | 'undoImport'

/** Where long work stands, as the windows see it. */
export type JobView = {
  readonly jobId: string
  readonly kind: JobKind
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  /** Done so far, and in all; `total` is null while nobody knows. Counted in letters, or what the kind says. */
  readonly done: number
  readonly total: number | null
  /** The chosen file without its folder; null for a printer. `done` is said only after it is on the disk. */
  readonly fileName: string | null
  /** Why it failed; then nothing of it is left behind. */
  readonly failure: Failure | null
}

/** What a person may be asked to choose a file for; decides the ending and the words of the system's dialog. */
export const saveKinds = ['pdf', 'eml', 'mbox', 'csv', 'txt', 'zip'] as const
export type SaveKind = (typeof saveKinds)[number]
export const openKinds = ['archive', 'document'] as const
export type OpenKind = (typeof openKinds)[number]

/** A file the person chose in the system's own dialog. The windows know its name, never where it lies. */
export type ChosenPlace = { readonly placeId: string; readonly fileName: string }

/** The same, as the shell hands it to the core. */
export type Grant = { readonly placeId: string; readonly purpose: 'save' | 'open'; readonly path: string }
