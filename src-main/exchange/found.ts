import type { ImportFormat, ImportProblem, Message } from '../contract/exchange'
import type { Photo } from '../contract/photos'

/** A photo as it lay in the file, and what it says of itself. */
export type FoundPhoto = Pick<Photo, 'name' | 'type' | 'width' | 'height'> & { readonly bytes: Uint8Array }

/** One message as a file tells it; whom it is with is looked up later, where the contacts are. */
export type Found = Omit<Message, 'kind' | 'id' | 'contactId' | 'photos'> & {
  /** As in `ImportProblem`. */
  readonly row: number
  readonly photos: readonly FoundPhoto[]
  /** Something of it is left out: a file that is no photo, or more photos than are taken. */
  readonly leftOut: boolean
}

/** What the worker hands over on its way. */
export type FoundBatch = { readonly found: readonly Found[]; readonly problems: readonly ImportProblem[] }

/** What it is given: the file, whose archive it is, and whether the person of every message is known from elsewhere. */
export type ArchiveInput = { readonly path: string; readonly ownAddress: string; readonly personGiven: boolean }

/** How the reading ended. `hash`: of the whole file, to know it again; `row`: where a table stops being one, counted as in `ImportProblem`. */
export type ArchiveAnswer =
  | { readonly ok: true; readonly format: ImportFormat; readonly hash: string }
  | { readonly ok: false; readonly why: 'gone' | 'readOnly' | 'notLetters' | 'tooComplex' | 'noColumn' | 'endlessCell'; readonly column?: 'Date' | 'Message' | 'Person'; readonly row?: number }
