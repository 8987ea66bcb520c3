/** What a document can have that a letter cannot carry. */
export const leftOutKinds = [
  'pictures',
  'links',
  'tables',
  'formatting',
  'comments',
  'headersAndFooters',
  'shapes',
  'embedded',
  'macros',
  'deletedText',
  'attachments'
] as const
export type LeftOutKind = (typeof leftOutKinds)[number]
/** How many of each were left out; what is not named was not there. */
export type LeftOut = Readonly<Partial<Record<LeftOutKind, number>>>

/** A document as plain text, before it becomes part of a letter. */
export type ImportedDocument = {
  readonly fileName: string
  /** The subject of an e-mail; empty for everything else. */
  readonly subject: string
  readonly text: string
  readonly leftOut: LeftOut
  /** The document parts its paragraphs by spacing alone: as plain text they would run together. */
  readonly paragraphsTouch: boolean
}

/** Why a document gave no text; a closed list, worded in src-renderer/words/errors.ts as parameter `why` of DOCUMENT_NOT_READ. */
export const documentRefusals = ['unsafe', 'kind', 'tooComplex', 'tooLarge', 'tooLong', 'empty', 'unreadable', 'mailbox'] as const
export type DocumentRefusal = (typeof documentRefusals)[number]
