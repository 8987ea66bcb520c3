/** When the edit buffer saves, and what it needs from the outside to do so. */
import type { Photo } from '@contract/photos'
import type { Result } from '@contract/result'
import type { Draft, DraftSaved } from '@contract/views'
import type { DraftFields } from './draft-fields'

/** After the last keystroke of a burst. */
export const idleMs = 500
/** While somebody types without a pause. With the time a save takes, a power cut costs less than a second of typing. */
export const atMostMs = 700
/** An emptied letter is a question, asked when the typing has stopped for good. */
export const askEmptyAfterMs = 3_000
/** A letter that lost most of its words: long enough not to fall into somebody's typing. The text is set aside on disk meanwhile. */
export const askLossAfterMs = 2_000
export const firstRetryMs = 1_000
/** Never longer: text must be safe soon after the disk has room again. */
export const lastRetryMs = 4_500

export type SaveCall = {
  readonly draftId: string
  readonly baseRevision: number
  readonly patch: Partial<DraftFields>
  readonly allowEmpty: boolean
  /** The person was asked about the words that go, and chose this text. */
  readonly lossAnswered: boolean
  readonly keepEarlier: boolean
}

export type EditorPorts = {
  readonly create: (contactId: string | null) => Promise<Result<Draft>>
  readonly save: (call: SaveCall) => Promise<Result<DraftSaved>>
  /** Puts a photo of another draft into this one. @returns all it has then */
  readonly copyPhoto: (draftId: string, photo: Photo) => Promise<Result<readonly Photo[]>>
  /** Monotonic milliseconds: a PC clock that is set back must not stop the autosave. */
  readonly clock: () => number
  readonly setTimer: (run: () => void, ms: number) => number
  readonly clearTimer: (timer: number) => void
}

/** `unsaved`: nothing to save, or an emptied or much shortened letter that waits for an answer. */
export type SaveStatus = 'unsaved' | 'saving' | 'saved' | 'failed'
