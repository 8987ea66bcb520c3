import type { StatementSource } from '../statements'

/**
 * Brings the index of words up to date: entries from before there was one, and names that changed.
 * @param transaction all of its work is on disk afterwards, or none of it
 */
export const archiveIndex = (connection: StatementSource, transaction: <T>(work: () => T) => T) => {
  const any = connection.prepare('SELECT EXISTS (SELECT 1 FROM archive_due)').pluck()
  const newest = connection.prepare('SELECT id FROM archive_due ORDER BY id DESC LIMIT ?').pluck()
  const forget = connection.prepare('DELETE FROM archive_text WHERE rowid = ?')
  const words = connection.prepare(`SELECT subject || char(10) || body || char(10) || name || char(10) || note || ' ' || tags FROM archive_words WHERE id = ?`).pluck()
  // Read first and given by value: an INSERT … SELECT makes the index write out what it gathered, for every entry.
  const add = connection.prepare('INSERT INTO archive_text (rowid, words) VALUES (?, ?)')
  const done = connection.prepare('DELETE FROM archive_due WHERE id = ?')
  return {
    isDue: (): boolean => any.get() === 1,
    /** One slice, newest first, in a transaction of its own. @returns how many entries it brought in */
    step: (most: number): number =>
      transaction(() => {
        // The index takes entries fastest from the oldest to the newest.
        const ids = (newest.all(most) as number[]).reverse()
        for (const id of ids) forget.run(id)
        for (const id of ids) add.run(id, words.get(id))
        for (const id of ids) done.run(id)
        return ids.length
      })
  }
}
