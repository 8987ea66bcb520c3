import type { StatementSource } from '../statements'
import type { Marked } from './marks'

export type NoteRecord = {
  readonly revision: number
  readonly text: string
  /** What stood there before most of it was deleted. */
  readonly before: string | null
  readonly savedAt: number
}

/** Private notes: one beside each letter, answer or contact. They never leave this mailbox. */
export const noteTable = (connection: StatementSource) => {
  const one = connection.prepare('SELECT revision, text, before, saved_at AS savedAt FROM note WHERE kind = ? AND item_id = ?')
  const put = connection.prepare(`INSERT INTO note (kind, item_id, revision, text, before, saved_at) VALUES (@kind, @id, @revision, @text, @before, @savedAt)
    ON CONFLICT (kind, item_id) DO UPDATE SET revision = excluded.revision, text = excluded.text, before = excluded.before, saved_at = excluded.saved_at`)
  return {
    get: ({ kind, id }: Marked): NoteRecord | null => (one.get(kind, id) as NoteRecord | undefined) ?? null,
    put: (item: Marked, note: NoteRecord): void => {
      put.run({ ...item, ...note })
    }
  }
}
