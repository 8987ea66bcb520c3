import type { Statement, StatementSource } from '../statements'

/** Beginnings up to this length have an index of their own (migration 006) and are quick for it. */
export const indexedBeginning = 3
/** A beginning of more words than this is left to the index itself. */
const mostEndings = 200
/** Sorts before every letter and digit, so a word with it behind is followed by the next word. */
const afterWord = '\u0001'

/**
 * The words that stand in letters, as the index of words has them. For the beginning of a word the index gathers every letter with such a word before it
 * gives the first (110 ms for "your" among 1,000,000); asked for each of the few words that begin so, it gives the newest letters at once (1 ms).
 */
export const archiveVocabulary = (connection: StatementSource) => {
  let statement: Statement | null = null
  const nextWord = (): Statement => {
    if (statement === null) {
      // A view of the index, in no file: it goes with the connection.
      connection.prepare(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.archive_vocabulary USING fts5vocab('main', 'archive_text', 'instance')`).run()
      statement = connection.prepare('SELECT term FROM temp.archive_vocabulary WHERE term >= ? LIMIT 1').pluck()
    }
    return statement
  }
  return {
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
