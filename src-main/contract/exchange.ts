import type { Photo } from './photos'
import type { LetterState } from './views'

/** Letters to files and back. */

/** What letters can be saved as. `eml`: one letter; `zip`: everything, each letter as a file of its own, with the lists. */
export const exportFormats = ['eml', 'mbox', 'csv', 'txt', 'zip'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const messageKinds = ['letter', 'reply', 'imported'] as const
export type MessageKind = (typeof messageKinds)[number]

/** One message with a person, whichever way it went and wherever it came from. */
export type Message = {
  readonly kind: MessageKind
  readonly id: string
  readonly direction: 'sent' | 'received'
  readonly contactId: string | null
  readonly personName: string
  readonly number: string
  readonly facilityId: string
  readonly facilityName: string
  readonly subject: string
  readonly body: string
  /** When it was confirmed, received, or written (imported ones), ms UTC. */
  readonly at: number
  readonly state: LetterState | null
  readonly stamps: number | null
  readonly unit: 'stamp' | 'credit' | null
  readonly receipt: string | null
  /** The id of the letter this answers. */
  readonly answers: string | null
  /** What the message was called where it came from; null for our own. */
  readonly originId: string | null
  readonly photos: readonly Pick<Photo, 'photoId' | 'name' | 'type' | 'bytes'>[]
}

/** Whose letters these are: stands in the files. */
export type Author = { readonly name: string; readonly email: string }

/** Why one message of a file cannot be taken in. */
export const importProblemCodes = ['NO_DATE', 'BAD_DATE', 'NO_TEXT', 'NO_PERSON', 'TOO_COMPLEX', 'TOO_LARGE', 'NOT_READABLE'] as const
export type ImportProblemCode = (typeof importProblemCodes)[number]
/** `row`: its line in a table's numbering (the head is row 1), or its place among the e-mails of a file. */
export type ImportProblem = { readonly row: number; readonly code: ImportProblemCode }

export type ImportFormat = 'eml' | 'mbox' | 'csv'

/** What a file holds, before anything of it is saved. */
export type ImportPreview = {
  readonly previewId: string
  readonly fileName: string
  readonly format: ImportFormat
  /** New messages that would be saved. */
  readonly messages: number
  /** Already here, or twice in the file. */
  readonly alreadyHere: number
  readonly notReadable: number
  /** The first of those that cannot be read. */
  readonly problems: readonly ImportProblem[]
  /** New messages with somebody of the contact list. */
  readonly withContacts: number
  /** Photos that come along with the new messages. */
  readonly photos: number
  /** New messages of which something is left out: attachments that are no photos, or more photos than are taken. */
  readonly withAttachments: number
  readonly oldest: number | null
  readonly newest: number | null
  /** The first few, to see whether they were understood. */
  readonly samples: readonly { readonly direction: 'sent' | 'received'; readonly personName: string; readonly subject: string; readonly at: number }[]
}

/** An import that is done. */
export type ImportRecord = { readonly importId: string; readonly fileName: string; readonly messages: number; readonly at: number }
