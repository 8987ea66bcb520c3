import type { Connection } from '../open'

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

type Row = Omit<DraftRecord, 'prepaidReply'> & { readonly prepaidReply: number }

const columns = `d.id AS draftId, d.state, d.copy_of AS copyOf, d.created_at AS createdAt, t.slot, t.revision, t.contact_id AS contactId,
  t.subject, t.body, t.prepaid_reply AS prepaidReply, t.started_at AS slotStartedAt, t.saved_at AS savedAt`
const newest = 'draft d JOIN draft_text t ON t.draft_id = d.id AND t.slot = (SELECT max(slot) FROM draft_text WHERE draft_id = d.id)'

const toDraft = (row: Row): DraftRecord => ({ ...row, prepaidReply: row.prepaidReply === 1 })

export const draftTable = (connection: Connection) => {
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
  const history = connection.prepare(
    'SELECT revision, subject, body, saved_at AS savedAt FROM draft_text WHERE draft_id = ? ORDER BY slot DESC LIMIT 200'
  )
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
    history: (draftId: string): readonly { revision: number; subject: string; body: string; savedAt: number }[] =>
      history.all(draftId) as { revision: number; subject: string; body: string; savedAt: number }[]
  }
}
