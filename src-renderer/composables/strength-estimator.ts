/** Loaded only when somebody chooses a password: the word lists are larger than the rest of the app together. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import { parishWords } from './parish-words'

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, parish: [...parishWords] },
  graphs: common.adjacencyGraphs,
  translations: english.translations
})

export type Estimate = { readonly score: number; readonly advice: string }

/** @param own words that belong to this person: name, address, parish */
export const estimate = (password: string, own: readonly string[]): Estimate => {
  const { score, feedback } = estimator.check(password, [...own])
  return { score, advice: feedback.warning ?? feedback.suggestions[0] ?? '' }
}
