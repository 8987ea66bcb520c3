/** A facility's rules as the service publishes them (domain.md, Simulated facilities; resources/service/README.md for each key). */
export type FacilityRules = {
  readonly id: string
  readonly name: string
  /** Two-letter USPS code. */
  readonly state: string
  readonly idMask: { readonly pattern: string; readonly example: string; readonly words: string }
  /** Characters one stamp pays for; null where the price is flat. */
  readonly charsPerStamp: number | null
  /** Messages cost nothing here. */
  readonly freeMessages: boolean
  readonly maxChars: number
  readonly maxLines: number | null
  readonly packages: readonly { readonly id: string; readonly stamps: number; readonly cents: number; readonly label: string }[]
  readonly media: { readonly photos: number; readonly video: boolean }
  readonly prepaidReply: boolean
  readonly walletScope: 'state' | 'facility'
  readonly unitWord: 'stamp' | 'credit'
  readonly delay: { readonly hours: number; readonly workingDays: boolean }
  readonly invitationFirst: boolean
  readonly replyByPostOnly: boolean
  /** Days a letter in Spanish waits longer; absent where rules were kept before it was published. */
  readonly spanishExtraDays?: number
  /** The most working days somebody takes to look at photos, 0 where they wait no longer than the letter; absent where rules were kept before it was published. */
  readonly holdPhotosWorkingDays?: number
  /** Two to four short sentences for the side panel of Compose. */
  readonly rulesText: string
}
