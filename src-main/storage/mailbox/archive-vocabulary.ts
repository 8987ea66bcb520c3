import type { Statement, StatementSource } from '../statements'

/** Beginnings up to this length have an index of their own (migration 006) and are quick for it. */
export const indexedBeginning = 3
/** A beginning of more words than this is left to the index itself. */
const mostEndings = 200
/**
 * What the index keeps apart, though a search takes it for the same (`rules/search-query`, `foldWords`): unicode61 with remove_diacritics 2 takes accents from Latin letters alone.
 * Folded first, then as it is written.
 */
export const writtenOtherwise: readonly (readonly [folded: string, written: string])[] = [
  ['ss', 'ß'], ['ae', 'æ'], ['oe', 'œ'], ['o', 'ø'], ['l', 'ł'], ['d', 'đ'], ['i', 'ı'],
  ['ff', 'ﬀ'], ['fi', 'ﬁ'], ['fl', 'ﬂ'], ['ffi', 'ﬃ'], ['ffl', 'ﬄ'], ['st', 'ﬅ'], ['st', 'ﬆ'],
  ...[...'йёїўѓќѐѝӂӑӓӗӝӟӣӥӧӭӯӱӳӵӹ'].map((written) => [written.normalize('NFD').charAt(0), written] as const)
]
/** More ways to write one word are not tried. */
const mostSpellings = 16
/** Sorts before every letter and digit, so a word with it behind is followed by the next word. */
const afterWord = '\u0001'

/**
 * The words that stand in letters, as the index of words has them. For the beginning of a word the index gathers every letter with such a word before it
 * gives the first (110 ms for "your" among 1,000,000); asked for each of the few words that begin so, it gives the newest letters at once (1 ms).
 */
export const archiveVocabulary = (connection: StatementSource, index: 'archive_text' | 'person_text' = 'archive_text') => {
  let statement: Statement | null = null
  const nextWord = (): Statement => {
    if (statement === null) {
      // A view of the index, in no file: it goes with the connection.
      connection.prepare(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.${index}_vocabulary USING fts5vocab('main', '${index}', 'instance')`).run()
      statement = connection.prepare(`SELECT term FROM temp.${index}_vocabulary WHERE term >= ? LIMIT 1`).pluck()
    }
    return statement
  }
  const begins = (beginning: string): boolean => (nextWord().get(beginning) as string | undefined)?.startsWith(beginning) ?? false
  return {
    /**
     * The ways a folded word, or its beginning, may be written in the index (wojtyla: also wojtyła); only those that some word there begins with, and always itself.
     * Costs a look for each letter that could be another one.
     */
    spellings: (word: string): readonly string[] => {
      const found = [word]
      const grow = (begun: string, rest: string): void => {
        for (let at = 0; at < rest.length; at += 1)
          for (const [folded, written] of writtenOtherwise) {
            if (!rest.startsWith(folded, at) || found.length === mostSpellings) continue
            const other = `${begun}${rest.slice(0, at)}${written}`
            if (!begins(other)) continue
            const left = rest.slice(at + folded.length)
            found.push(`${other}${left}`)
            grow(other, left)
          }
      }
      grow('', word)
      return found
    },
    /** @param beginning folded letters @returns the words of the index that begin so; null: not known here, or too many to name */
    beginningWith: (beginning: string): readonly string[] | null => {
      if (beginning.length <= indexedBeginning) return null
      const words: string[] = []
      for (let from = beginning; ; from = `${words.at(-1)}${afterWord}`) {
        const word = nextWord().get(from) as string | undefined
        if (word === undefined || !word.startsWith(beginning)) break
        if (words.length === mostEndings) return null
        words.push(word)
      }
      return words.length === 0 ? null : words
    }
  }
}
