import type { StatementSource } from '../statements'

export type DraftRecord = {
  readonly draftId: string
  readonly state: 'open' | 'sent' | 'discarded'
  readonly copyOf: string | null
  readonly createdAt: number
  readonly slot: number
  readonly revision: number
  readonly contactId: string | null
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
  readonly slotStartedAt: number
  readonly savedAt: number
}

export type DraftText = {
  readonly contactId: string | null
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
}

/** One version of a draft's text, as it was saved. */
export type VersionRecord = {
  readonly slot: number
  readonly subject: string
  readonly body: string
  readonly savedAt: number
  readonly pinned: boolean
}

type Row = Omit<DraftRecord, 'prepaidReply'> & { readonly prepaidReply: number }

const columns = `d.id AS draftId, d.state, d.copy_of AS copyOf, d.created_at AS createdAt, t.slot, t.revision, t.contact_id AS contactId,
  t.subject, t.body, t.prepaid_reply AS prepaidReply, t.started_at AS slotStartedAt, t.saved_at AS savedAt`
const newest = 'draft d JOIN draft_text t ON t.draft_id = d.id AND t.slot = (SELECT max(slot) FROM draft_text WHERE draft_id = d.id)'

const toDraft = (row: Row): DraftRecord => ({ ...row, prepaidReply: row.prepaidReply === 1 })

export const draftTable = (connection: StatementSource) => {
  const list = connection.prepare(`SELECT ${columns} FROM ${newest} WHERE d.state = 'open' ORDER BY t.saved_at DESC, d.id DESC`)
  const one = connection.prepare(`SELECT ${columns} FROM ${newest} WHERE d.id = ?`)
  const count = connection.prepare(`SELECT count(*) FROM draft WHERE state = 'open'`).pluck()
  const insert = connection.prepare(`INSERT INTO draft (id, state, copy_of, created_at) VALUES (?, 'open', ?, ?)`)
  const addSlot = connection.prepare(`
    INSERT INTO draft_text (draft_id, slot, revision, contact_id, subject, body, prepaid_reply, started_at, saved_at)
    VALUES (@draftId, @slot, @revision, @contactId, @subject, @body, @prepaidReply, @at, @at)`)
  const replaceSlot = connection.prepare(`
    UPDATE draft_text SET revision = @revision, contact_id = @contactId, subject = @subject, body = @body, prepaid_reply = @prepaidReply,
      saved_at = @at WHERE draft_id = @draftId AND slot = @slot`)
  const close = connection.prepare('UPDATE draft SET state = ?, closed_at = ? WHERE id = ?')
  const reopen = connection.prepare(`UPDATE draft SET state = 'open', closed_at = NULL WHERE id = ?`)
  const changedSince = connection.prepare(
    `SELECT count(DISTINCT d.id) FROM draft d JOIN draft_text t ON t.draft_id = d.id WHERE d.state = 'open' AND t.saved_at > ?`
  ).pluck()
  const version = 'SELECT slot, subject, body, saved_at AS savedAt, pinned FROM draft_text WHERE draft_id = ?'
  const versions = connection.prepare(`${version} ORDER BY slot DESC LIMIT 500`)
  const oneVersion = connection.prepare(`${version} AND slot = ?`)
  const times = connection.prepare('SELECT slot, saved_at AS savedAt, pinned FROM draft_text WHERE draft_id = ? ORDER BY slot')
  const longest = connection.prepare(`${version} AND saved_at > ?
    AND slot > coalesce((SELECT max(slot) FROM draft_text WHERE draft_id = ? AND pinned = 1), 0) ORDER BY length(body) DESC, slot DESC LIMIT 1`)
  const pin = connection.prepare('UPDATE draft_text SET pinned = 1 WHERE draft_id = ? AND slot = ?')
  const remove = connection.prepare('DELETE FROM draft_text WHERE draft_id = ? AND slot = ?')
  const withVersions = connection.prepare('SELECT draft_id FROM draft_text WHERE draft_id > ? GROUP BY draft_id HAVING count(*) > 2 ORDER BY draft_id LIMIT ?').pluck()
  const asideOf = connection.prepare(`SELECT contact_id AS contactId, subject, body, prepaid_reply AS prepaidReply, saved_at AS savedAt
    FROM draft_aside WHERE draft_id = ?`)
  const setAside = connection.prepare(`INSERT INTO draft_aside (draft_id, contact_id, subject, body, prepaid_reply, saved_at)
    VALUES (@draftId, @contactId, @subject, @body, @prepaidReply, @at) ON CONFLICT (draft_id) DO UPDATE SET contact_id = excluded.contact_id,
    subject = excluded.subject, body = excluded.body, prepaid_reply = excluded.prepaid_reply, saved_at = excluded.saved_at`)
  const clearAside = connection.prepare('DELETE FROM draft_aside WHERE draft_id = ?')
  const toVersion = (row: unknown): VersionRecord => {
    const found = row as Omit<VersionRecord, 'pinned'> & { readonly pinned: number }
    return { ...found, pinned: found.pinned === 1 }
  }
  const bind = (text: DraftText) => ({ ...text, prepaidReply: text.prepaidReply ? 1 : 0 })
  return {
    listOpen: (): readonly DraftRecord[] => (list.all() as Row[]).map(toDraft),
    get: (draftId: string): DraftRecord | null => {
      const row = one.get(draftId) as Row | undefined
      return row ? toDraft(row) : null
    },
    /** Open drafts with words saved after a point in time. */
    countChangedSince: (at: number): number => changedSince.get(at) as number,
    countOpen: (): number => count.get() as number,
    create: (draftId: string, text: DraftText, copyOf: string | null, at: number): void => {
      insert.run(draftId, copyOf, at)
      addSlot.run({ draftId, slot: 1, revision: 0, ...bind(text), at })
    },
    /** Keeps the text before this one in the history. */
    saveInNewSlot: (draftId: string, slot: number, revision: number, text: DraftText, at: number): void => {
      addSlot.run({ draftId, slot, revision, ...bind(text), at })
    },
    saveInSlot: (draftId: string, slot: number, revision: number, text: DraftText, at: number): void => {
      replaceSlot.run({ draftId, slot, revision, ...bind(text), at })
    },
    close: (draftId: string, state: 'sent' | 'discarded', at: number): void => {
      close.run(state, at, draftId)
    },
    reopen: (draftId: string): void => {
      reopen.run(draftId)
    },
    /** Newest first, at most 500. */
    versions: (draftId: string): readonly VersionRecord[] => versions.all(draftId).map(toVersion),
    version: (draftId: string, slot: number): VersionRecord | null => {
      const row = oneVersion.get(draftId, slot)
      return row === undefined ? null : toVersion(row)
    },
    /** When each version was saved, oldest first, without its text. */
    versionTimes: (draftId: string): readonly Pick<VersionRecord, 'slot' | 'savedAt' | 'pinned'>[] =>
      times.all(draftId).map((row) => {
        const found = row as { readonly slot: number; readonly savedAt: number; readonly pinned: number }
        return { slot: found.slot, savedAt: found.savedAt, pinned: found.pinned === 1 }
      }),
    /** The longest text saved after `since` that is newer than every pinned one; the present text if there is none. */
    longestSince: (draftId: string, since: number): VersionRecord | null => {
      const row = longest.get(draftId, since, draftId)
      return row === undefined ? null : toVersion(row)
    },
    /** From now on this version is never thinned. */
    pin: (draftId: string, slot: number): void => {
      pin.run(draftId, slot)
    },
    removeVersion: (draftId: string, slot: number): void => {
      remove.run(draftId, slot)
    },
    /** Drafts, sent and discarded ones too, that have something to thin: `limit` of them behind `after`, by id. */
    idsWithVersions: (after: string, limit: number): readonly string[] => withVersions.all(after, limit) as string[],
    aside: (draftId: string): (DraftText & { readonly savedAt: number }) | null => {
      const row = asideOf.get(draftId) as (Omit<DraftText, 'prepaidReply'> & { readonly prepaidReply: number; readonly savedAt: number }) | undefined
      return row === undefined ? null : { ...row, prepaidReply: row.prepaidReply === 1 }
    },
    setAside: (draftId: string, text: DraftText, at: number): void => {
      setAside.run({ draftId, ...bind(text), at })
    },
    clearAside: (draftId: string): void => {
      clearAside.run(draftId)
    }
  }
}
