/** What a document had that a letter cannot carry, and how often. */
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
export type LeftOut = Readonly<Partial<Record<LeftOutKind, number>>>

/** `paragraphsTouch`: the document parts its paragraphs by spacing alone, so that as plain text they would run together. */
export type DocumentText = { readonly text: string; readonly leftOut: LeftOut; readonly paragraphsTouch: boolean }

/**
 * Why a file gave no text. `unsafe`: damaged, or made to harm. `kind`: not a kind we read. `tooComplex`: an e-mail of too many parts.
 * `unreadable`: the disk would not hand it over. `mailbox`: many e-mails in one file.
 */
export type DocumentRefusal = 'unsafe' | 'kind' | 'tooComplex' | 'tooLarge' | 'tooLong' | 'empty' | 'unreadable' | 'mailbox'

export type DocumentRead = { readonly ok: true; readonly document: DocumentText } | { readonly ok: false; readonly why: DocumentRefusal }

/** Ends the reading of a file with its reason; only `readDocument` catches it. */
export class Refused extends Error {
  readonly why: DocumentRefusal
  constructor(why: DocumentRefusal) {
    super(why)
    this.name = 'Refused'
    this.why = why
  }
}

/** Counts what is left out on the way through a document. */
export const countLeftOut = () => {
  const counts = new Map<LeftOutKind, number>()
  return {
    add: (kind: LeftOutKind, count = 1): void => {
      if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count)
    },
    counts: (): LeftOut => Object.fromEntries(leftOutKinds.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind)]] : [])))
  }
}
export type LeftOutCount = ReturnType<typeof countLeftOut>
