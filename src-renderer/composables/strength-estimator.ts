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

/** Guessed by whoever knows the person or the parish, whatever the arithmetic says. */
const close: ReadonlySet<string> = new Set(['userInputs', 'parish'])
const closeAdvice = 'Names and words from your parish are easy to guess for people nearby.'

/** @param own words that belong to this person: name, address, parish */
export const estimate = (password: string, own: readonly string[]): Estimate => {
  const { score, feedback, sequence } = estimator.check(password, [...own])
  if (sequence.some((part) => close.has(part.dictionaryName ?? ''))) return { score: Math.min(score, 2), advice: closeAdvice }
  return { score, advice: feedback.warning ?? feedback.suggestions[0] ?? '' }
}
