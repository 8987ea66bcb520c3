import type { FacilityRules } from '../contract/facility'
import { countCharacters } from './text'

/** Extras in stamps (domain.md, Stamps and money). */
const replyStamps = 1
export const photoStamps = 1
const videoStamps = 3

export type LetterParts = {
  readonly body: string
  readonly prepaidReply: boolean
  /** How many photos. */
  readonly photos: number
  readonly video: boolean
}

export type LetterCost = {
  readonly stamps: number
  /** Started pages of `charsPerStamp` characters, at least one; one where the price is flat. */
  readonly pages: number
  /** Characters of the body (code points). */
  readonly characters: number
  /** Characters that still fit before one more stamp is needed or the facility's limit is reached; null where the price is flat. */
  readonly charactersLeftOnPage: number | null
  /** Characters that still fit before the facility's limit. */
  readonly charactersLeft: number
  /** Characters beyond the facility's limit. */
  readonly overLimitBy: number
}

type CostRules = Pick<FacilityRules, 'charsPerStamp' | 'freeMessages' | 'maxChars' | 'prepaidReply'>

/**
 * What a letter costs at a facility and how much room is left: one stamp for each started page, one for a prepaid reply
 * (where the facility offers it), one a photo, three for a video; the text is free where messages are.
 * @param facility the facility's rules; @param letter the parts of the letter
 * @returns stamps and characters
 * Source: S0 step 13 ("one or more stamps"); domain.md, Stamps and money.
 */
export const letterCost = (facility: CostRules, letter: LetterParts): LetterCost => {
  const characters = countCharacters(letter.body)
  const perPage = facility.charsPerStamp
  const pages = perPage === null ? 1 : Math.max(1, Math.ceil(characters / perPage))
  const charactersLeft = Math.max(0, facility.maxChars - characters)
  return {
    stamps:
      (facility.freeMessages ? 0 : pages) +
      (letter.prepaidReply && facility.prepaidReply ? replyStamps : 0) +
      Math.max(0, letter.photos) * photoStamps +
      (letter.video ? videoStamps : 0),
    pages,
    characters,
    charactersLeftOnPage: perPage === null ? null : Math.min(pages * perPage - characters, charactersLeft),
    charactersLeft,
    overLimitBy: Math.max(0, characters - facility.maxChars)
  }
}
