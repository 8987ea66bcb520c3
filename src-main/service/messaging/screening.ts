import wordList from '../../../resources/service/screening-words.json'
import { foldLetters } from '../../rules/text'
import type { Verdict } from '../database/schema'
import { isSpanish } from '../../rules/language'

export type Judgement = { readonly verdict: Verdict; readonly finding: string | null; readonly language: 'en' | 'es' }

const fold = (text: string): string => foldLetters(text).replace(/\s+/gu, ' ')
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** One pattern for many phrases, each standing as whole words. */
const anyOf = (phrases: readonly string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.map((phrase) => escape(fold(phrase))).join('|')})(?![\\p{L}\\p{N}])`, 'u')

const entries = wordList.map(({ reason, held, rejected }) => ({ reason, held: anyOf(held), rejected: anyOf(rejected) }))

/**
 * Reads a letter as the word list does (resources/service/README.md): a phrase to refuse wins over one to look at, then
 * the first in the list.
 */
export const judge = ({ subject, body }: { readonly subject: string; readonly body: string }): Judgement => {
  const language = isSpanish(body) ? 'es' : 'en'
  const text = `${fold(subject)} \u0000 ${fold(body)}`
  const refused = entries.find(({ rejected }) => rejected.test(text))
  if (refused !== undefined) return { verdict: 'refuse', finding: refused.reason, language }
  const held = entries.find((entry) => entry.held.test(text))
  return held === undefined ? { verdict: 'pass', finding: null, language } : { verdict: 'hold', finding: held.reason, language }
}
