import type { MarkedKind } from '../../contract/correspondence'
import type { StatementSource } from '../statements'

/** What can carry a mark: a letter, a reply, a letter of an older archive or a contact, by its id. */
export type Marked = { readonly kind: MarkedKind; readonly id: string }

type Row = { readonly flagged: number | null; readonly archived: number | null }

const existing: Readonly<Record<MarkedKind, string>> = {
  letter: 'SELECT 1 FROM letter WHERE id = ?',
  reply: 'SELECT 1 FROM reply WHERE id = ?',
  contact: 'SELECT 1 FROM contact WHERE id = ?',
  imported: 'SELECT 1 FROM imported WHERE id = ?'
}

/** Flag and archive: own rows beside letters and answers, which never change. */
export const markTable = (connection: StatementSource) => {
  const exists = {
    letter: connection.prepare(existing.letter).pluck(),
    reply: connection.prepare(existing.reply).pluck(),
    contact: connection.prepare(existing.contact).pluck(),
    imported: connection.prepare(existing.imported).pluck()
  }
  const one = connection.prepare('SELECT flagged_at AS flagged, archived_at AS archived FROM mark WHERE kind = ? AND item_id = ?')
  const put = connection.prepare(`INSERT INTO mark (kind, item_id, flagged_at, archived_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, item_id) DO UPDATE SET flagged_at = excluded.flagged_at, archived_at = excluded.archived_at`)
  const clear = connection.prepare('DELETE FROM mark WHERE kind = ? AND item_id = ?')
  const archiveLetters = connection.prepare(`INSERT INTO mark (kind, item_id, archived_at)
    SELECT 'letter', l.id, @at FROM letter l WHERE l.contact_id IN (SELECT contact_id FROM contact_person WHERE person_id = @personId)
    ON CONFLICT (kind, item_id) DO UPDATE SET archived_at = coalesce(archived_at, excluded.archived_at)`)
  const archiveReplies = connection.prepare(`INSERT INTO mark (kind, item_id, archived_at)
    SELECT 'reply', r.id, @at FROM contact c JOIN reply r ON r.facility_id = c.facility_id AND r.number = c.number
    WHERE c.id IN (SELECT contact_id FROM contact_person WHERE person_id = @personId)
    ON CONFLICT (kind, item_id) DO UPDATE SET archived_at = coalesce(archived_at, excluded.archived_at)`)
  const archiveImported = connection.prepare(`INSERT INTO mark (kind, item_id, archived_at)
    SELECT 'imported', m.id, @at FROM imported m WHERE m.contact_id IN (SELECT contact_id FROM contact_person WHERE person_id = @personId)
    ON CONFLICT (kind, item_id) DO UPDATE SET archived_at = coalesce(archived_at, excluded.archived_at)`)
  const itemsOf = `((kind = 'letter' AND item_id IN (SELECT l.id FROM letter l JOIN contact_person p ON p.contact_id = l.contact_id WHERE p.person_id = @personId))
    OR (kind = 'reply' AND item_id IN (SELECT r.id FROM contact_person p JOIN contact c ON c.id = p.contact_id
      JOIN reply r ON r.facility_id = c.facility_id AND r.number = c.number WHERE p.person_id = @personId))
    OR (kind = 'imported' AND item_id IN (SELECT m.id FROM imported m JOIN contact_person p ON p.contact_id = m.contact_id WHERE p.person_id = @personId)))`
  const forgetArchived = connection.prepare(`DELETE FROM mark WHERE flagged_at IS NULL AND ${itemsOf}`)
  const keepFlagged = connection.prepare(`UPDATE mark SET archived_at = NULL WHERE flagged_at IS NOT NULL AND ${itemsOf}`)
  const get = ({ kind, id }: Marked): Row => (one.get(kind, id) as Row | undefined) ?? { flagged: null, archived: null }
  const write = ({ kind, id }: Marked, { flagged, archived }: Row): void => {
    if (flagged === null && archived === null) clear.run(kind, id)
    else put.run(kind, id, flagged, archived)
  }
  return {
    exists: ({ kind, id }: Marked): boolean => exists[kind].get(id) !== undefined,
    get,
    setFlagged: (item: Marked, at: number | null): void => {
      write(item, { ...get(item), flagged: at })
    },
    setArchived: (item: Marked, at: number | null): void => {
      write(item, { ...get(item), archived: at })
    },
    /** Puts away (`at`), or takes out again (null), everything one person wrote and got. */
    setArchivedAll: (personId: string, at: number | null): void => {
      if (at === null) {
        forgetArchived.run({ personId })
        keepFlagged.run({ personId })
      } else {
        archiveLetters.run({ personId, at })
        archiveReplies.run({ personId, at })
        archiveImported.run({ personId, at })
      }
    }
  }
}
