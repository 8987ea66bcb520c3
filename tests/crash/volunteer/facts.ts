/** What a volunteer in a child process tells the program that will kill it: one line of JSON each, written with one system call. */
import { writeSync } from 'node:fs'

/**
 * `saving`, `changingPassword`, `choosing`: begun, and allowed to be on disk or not. Everything else is told only after the core has
 * answered, so from then on it must be on disk whatever happens.
 */
export type Fact =
  | { readonly t: 'saving' | 'saved'; readonly draftId: string; readonly revision: number; readonly sha: string }
  | { readonly t: 'confirmed'; readonly letterId: string; readonly draftId: string; readonly sha: string; readonly photos: readonly string[]; readonly stamps: number }
  /** The photos a draft has now, by their ids. */
  | { readonly t: 'photos'; readonly draftId: string; readonly photos: readonly string[] }
  | { readonly t: 'cancelled' | 'sent' | 'refused'; readonly letterId: string }
  | { readonly t: 'added'; readonly purchaseId: string; readonly receiptNumber: string; readonly stamps: number }
  | { readonly t: 'changingPassword' | 'changedPassword'; readonly password: string }
  | { readonly t: 'choosing' | 'chosen'; readonly width: number }
  /** How often each kind of trouble came before this line. */
  | { readonly t: 'count'; readonly what: string }
  | { readonly t: 'mark'; readonly name: string }
  | { readonly t: 'bug'; readonly text: string }

/** Writes one fact to the parent. Straight to the pipe: a line that was written is read even when this process dies in the next instant. */
export const tell = (fact: Fact): void => {
  writeSync(1, `${JSON.stringify(fact)}\n`)
}

/** Reads what a child wrote; a last line that was cut is left out. */
export const readFacts = (text: string): readonly Fact[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Fact)
