/** What a person at the desk was told, and may rely on from then on. */
export type Shown = { readonly subject: string; readonly body: string; /** By their ids, in their order. */ readonly photos: readonly string[]; readonly stamps: number }

export type Told = {
  /** letterId: what was shown when it was confirmed, and for how many stamps. */
  readonly confirmed: Map<string, Shown>
  readonly takenBack: Set<string>
  /** letterId: receipt, once it was shown. */
  readonly receipts: Map<string, string>
  /** draftId: the newest text that was called saved. */
  readonly saved: Map<string, { readonly revision: number; readonly body: string }>
  /** draftId: photos that were called added, and that nobody has asked to take out since. */
  readonly photos: Map<string, Set<string>>
  /** Receipts of purchases that were called added. */
  readonly added: Set<string>
  /** Confirmations and purchases that were tried, whether or not an answer came: there may never be more. */
  sends: number
  buys: number
}

export const nothingTold = (): Told => ({
  confirmed: new Map(),
  takenBack: new Set(),
  receipts: new Map(),
  saved: new Map(),
  photos: new Map(),
  added: new Set(),
  sends: 0,
  buys: 0
})
