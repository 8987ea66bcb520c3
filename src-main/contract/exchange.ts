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
}

/** Whose letters these are: stands in the files. */
export type Author = { readonly name: string; readonly email: string }
