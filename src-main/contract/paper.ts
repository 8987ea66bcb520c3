import type { Photo } from './photos'

/** Letters on paper. */
export const textSizes = ['12', '14', '18'] as const
export type TextSize = (typeof textSizes)[number]
/** What a person chooses before letters go onto paper. */
export type PaperChoice = { readonly textSize: TextSize; readonly withAddress: boolean }
export const paperKinds = ['letters', 'yearBook'] as const
export type PaperKind = (typeof paperKinds)[number]

/** A page for the printer or a PDF, as the core hands it to the shell: text that is markup already, made by us. */
export type Sheet = {
  readonly title: string
  readonly textSize: TextSize
  readonly body: string
  /** Stands at the top of every page; null for none. */
  readonly header: string | null
  readonly to: 'pdf' | 'printer'
  /** What the pictures in it show, by their address in the page. */
  readonly photos: ReadonlyMap<string, SheetPhoto>
}
export type SheetPhoto = { readonly type: Photo['type']; readonly bytes: Uint8Array }

/** What became of it. `slow`: nothing came within the time; `noPrinter`: the system has none, or it refused. */
export type PaperOutcome =
  | { readonly outcome: 'pdf'; readonly bytes: Uint8Array }
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly reason: 'slow' | 'noPrinter' | 'other' }

/** One sheet under way. */
export type PaperRun = { readonly ended: Promise<PaperOutcome>; readonly stop: () => void }
