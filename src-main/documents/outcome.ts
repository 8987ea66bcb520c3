import { leftOutKinds, type DocumentRefusal, type ImportedDocument, type LeftOut, type LeftOutKind } from '../contract/documents'

export type { DocumentRefusal, LeftOut, LeftOutKind } from '../contract/documents'

export type DocumentText = Omit<ImportedDocument, 'fileName' | 'subject'> & { readonly subject?: string }

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
    /** How many of one kind so far. */
    count: (kind: LeftOutKind): number => counts.get(kind) ?? 0,
    counts: (): LeftOut => Object.fromEntries(leftOutKinds.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind)]] : [])))
  }
}
export type LeftOutCount = ReturnType<typeof countLeftOut>
