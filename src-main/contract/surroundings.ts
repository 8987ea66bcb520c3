/** What surrounds the app on this PC (disk, clock, place of the folder), and what lately went wrong. No secret and no word of a letter appears here. */
import type { ErrorCode } from './error-codes'

/** Where the data folder lies, as far as that can hurt it. */
export type DataPlace =
  | { readonly kind: 'local' }
  /** Inside a folder that another program copies to the internet, and may copy back. `product` is its name. */
  | { readonly kind: 'synced'; readonly product: 'OneDrive' | 'Dropbox' | 'Google Drive' | 'iCloud' }
  /** On another computer. `product` says how it is reached. */
  | { readonly kind: 'network'; readonly product: string }

/**
 * Whether letters can be saved now. `full` and `unwritable` began while the app ran, are tried again by themselves and end by
 * themselves. `readOnly` and `noRoom` were found at the start: reading and printing work. `noRoom` ends by itself once there is room and nobody is signed in.
 */
export type Saving = 'ok' | 'full' | 'unwritable' | 'readOnly' | 'noRoom'

export type Surroundings = {
  readonly saving: Saving
  /** Only with `noRoom`: there is room again, and writing works as soon as whoever is signed in has signed out. */
  readonly roomAgain: boolean
  /** The simulated service's own file was damaged at the start: nothing can be sent or fetched until it is brought back. */
  readonly serviceDamaged: boolean
  /** Set while this PC's clock is behind the last time Epistle was used. Both in ms UTC. */
  readonly clock: { readonly now: number; readonly lastSeen: number } | null
  /** A place that can hurt the letters, until the person has put the warning away. */
  readonly placeWarning: DataPlace | null
}

export const troubleKinds = ['command', 'background', 'service', 'start', 'window', 'settings'] as const
export type TroubleKind = (typeof troubleKinds)[number]

/** Things of the shell that can go wrong, beside the error codes. */
export const shellTroubles = ['WINDOW_CRASHED', 'WINDOW_KEEPS_FAILING', 'WINDOW_STOPPED_ANSWERING', 'GRAPHICS_CRASHED', 'SETTINGS_RESET', 'SETTINGS_UNSAVED'] as const
export type ShellTrouble = (typeof shellTroubles)[number]

export type TroubleCode = ErrorCode | ShellTrouble

/** One thing that went wrong. `where` is the name of a command or of a part of the app, never anything a person wrote. */
export type Trouble = {
  readonly kind: TroubleKind
  readonly code: TroubleCode
  readonly where: string
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
}

/** The "What went wrong" page. */
export type TroubleReport = {
  readonly madeAt: number
  /** Newest first. */
  readonly troubles: readonly Trouble[]
  readonly versions: { readonly app: string; readonly node: string; readonly sqlite: string; readonly system: string }
  readonly folder: { readonly path: string; readonly place: DataPlace; readonly freeBytes: number | null }
  readonly surroundings: Surroundings
  /** What a look through this PC's own file said. */
  readonly deskCheck: 'ok' | 'damaged'
  /** How many mailboxes lie here; never whose. */
  readonly mailboxes: number
  /** Counts of whoever is signed in; null when nobody is. */
  readonly queue: { readonly drafts: number; readonly waiting: number; readonly purchasesPending: number; readonly lastCopyAt: number | null } | null
}
