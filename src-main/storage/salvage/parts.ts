import { activityHash, noActivityBefore } from '../mailbox/activity'
import { exists, insertRow } from './insert'
import { by, type Row } from './rows'
import type { Salvage } from './salvage'

/** Rows that the sound mailbox lacks, as they were; one that does not fit is left out. */
export const bringPlain = ({ target, rowsOf, attempt }: Salvage, table: string): number => {
  let brought = 0
  for (const row of rowsOf(table)) attempt(() => void (brought += insertRow(target, table, row) ? 1 : 0))
  return brought
}

/**
 * Purchases as they ended. One whose stamps do not come (their line of the ledger is lost) waits again: the service is asked by its key and answers what it answered then.
 * The ledger's own lines are there already.
 */
export const bringPurchases = ({ target, rowsOf, attempt }: Salvage): void => {
  const stamps = target.prepare(`SELECT 1 FROM ledger WHERE reason = 'purchase' AND reference = ?`)
  const settle = target.prepare(`UPDATE purchase SET state = ?, receipt = ?, settled_at = ? WHERE key = ? AND state = 'pending'`)
  for (const row of rowsOf('purchase')) {
    attempt(() => {
      const isKnown = row['state'] !== 'added' || stamps.get(row['key']) !== undefined
      const isNew = insertRow(target, 'purchase', row, isKnown ? {} : { state: 'pending', receipt: null, settled_at: null })
      if (!isNew && isKnown && row['state'] !== 'pending') settle.run(row['state'], row['receipt'], row['settled_at'], row['key'])
    })
  }
}

export const bringContacts = ({ target, rowsOf, attempt }: Salvage): number => {
  const newer = target.prepare('UPDATE contact SET first_name = ?, last_name = ?, status = ?, standing = ?, removed_at = ? WHERE id = ?')
  let brought = 0
  for (const row of rowsOf('contact')) {
    attempt(() => {
      if (insertRow(target, 'contact', row)) brought += 1
      else newer.run(row['first_name'], row['last_name'], row['status'], row['standing'], row['removed_at'], row['id'])
    })
  }
  return brought
}

/** Drafts with all their versions; where the sound mailbox has the draft, its newer words. @returns drafts that gained something and are open */
export const bringDrafts = ({ target, rowsOf, attempt }: Salvage, now: number): number => {
  const texts = by(rowsOf('draft_text'), 'draft_id')
  const drafts = new Map([...rowsOf('draft')].map((row) => [row['id'], row]))
  let brought = 0
  const isOpen = (id: unknown): boolean => target.prepare(`SELECT 1 FROM draft WHERE id = ? AND state = 'open'`).get(id) !== undefined
  for (const [id, own] of texts) {
    const draft = drafts.get(id)
    const done = attempt(() => {
      if (!exists(target, 'draft', 'id', id)) {
        // Its copy may not be here (yet); words matter more than where they came from. One that was sent without its letter is open again.
        const discarded = draft?.['state'] === 'discarded'
        target
          .prepare('INSERT INTO draft (id, state, copy_of, created_at, closed_at) VALUES (?, ?, NULL, ?, ?)')
          .run(id, discarded ? 'discarded' : 'open', draft?.['created_at'] ?? now, discarded ? (draft['closed_at'] ?? now) : null)
      } else if (draft?.['state'] === 'discarded' && isOpen(id)) {
        target.prepare(`UPDATE draft SET state = 'discarded', closed_at = ? WHERE id = ?`).run(draft['closed_at'] ?? now, id)
      }
      const before = changesOf(target)
      for (const text of own) bringText(target, text)
      if (changesOf(target) === before) throw new Error('nothing newer')
    })
    if (done && isOpen(id)) brought += 1
  }
  return brought
}

const changesOf = (target: Salvage['target']): number => target.prepare('SELECT total_changes()').pluck().get() as number

const bringText = (target: Salvage['target'], text: Row): void => {
  const contact = text['contact_id'] === null || exists(target, 'contact', 'id', text['contact_id']) ? text['contact_id'] : null
  if (insertRow(target, 'draft_text', text, { contact_id: contact ?? null })) return
  target
    .prepare(
      `UPDATE draft_text SET revision = @revision, contact_id = @contact, subject = @subject, body = @body, prepaid_reply = @prepaid, saved_at = @saved
       WHERE draft_id = @draft AND slot = @slot AND revision < @revision`
    )
    .run({
      revision: text['revision'],
      contact,
      subject: text['subject'],
      body: text['body'],
      prepaid: text['prepaid_reply'],
      saved: text['saved_at'],
      draft: text['draft_id'],
      slot: text['slot']
    })
}

export const bringReplies = ({ target, rowsOf, attempt }: Salvage): number => {
  let brought = 0
  for (const row of rowsOf('reply')) {
    attempt(() => {
      const known = (table: string, value: Row[string] | undefined): string | null => (typeof value === 'string' && exists(target, table, 'id', value) ? value : null)
      const links = { seq: undefined, letter_id: known('letter', row['letter_id']), contact_id: known('contact', row['contact_id']) }
      if (insertRow(target, 'reply', row, links)) brought += 1
      else target.prepare('UPDATE reply SET read_at = coalesce(read_at, ?) WHERE id = ?').run(row['read_at'], row['id'])
    })
  }
  return brought
}

/** The log goes on as long as its chain is whole; behind a gap nothing can be vouched for. */
export const bringActivity = ({ target, rowsOf, attempt }: Salvage): void => {
  const last = target.prepare('SELECT seq, hash FROM activity ORDER BY seq DESC LIMIT 1').get() as { seq: number; hash: string } | undefined
  let seq = last?.seq ?? 0
  let hash = last?.hash ?? noActivityBefore
  for (const row of rowsOf('activity')) {
    if (Number(row['seq']) <= seq) continue
    const chained = Number(row['seq']) === seq + 1 && row['previous'] === hash && row['hash'] === activityHash(row as Parameters<typeof activityHash>[0])
    if (!chained || !attempt(() => void insertRow(target, 'activity', row))) return
    seq += 1
    hash = String(row['hash'])
  }
}
