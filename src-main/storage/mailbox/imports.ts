import type { ImportFormat, ImportRecord, Message } from '../../contract/exchange'
import type { StatementSource } from '../statements'

/** A message on its way into the mailbox. */
export type NewImported = Omit<Message, 'kind'> & { readonly fingerprint: string }

/** Rows taken out in one transaction: a few milliseconds. */
const undoRows = 400

/** Imports of older archives and their messages (migration 003): seen whole, or not at all. */
export const importTable = (connection: StatementSource) => {
  const begin = connection.prepare(`INSERT INTO import (id, file_name, format, state, begun_at) VALUES (?, ?, ?, 'running', ?) RETURNING seq`).pluck()
  const insert = connection.prepare(`
    INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, state, stamps, unit, receipt,
      answers, origin_id, fingerprint)
    VALUES (@id, @importSeq, @direction, @contactId, @personName, @number, @facilityId, @facilityName, @subject, @body, @at, @state, @stamps, @unit, @receipt,
      @answers, @originId, @fingerprint)
    ON CONFLICT DO NOTHING`)
  const known = connection
    .prepare(`SELECT EXISTS (SELECT 1 FROM letter WHERE id = @originId) OR EXISTS (SELECT 1 FROM reply WHERE id = @originId)
      OR EXISTS (SELECT 1 FROM imported WHERE origin_id = @originId) OR EXISTS (SELECT 1 FROM imported WHERE fingerprint = @fingerprint)`)
    .pluck()
  const finish = connection.prepare(`UPDATE import SET state = 'done', ended_at = ?, messages = (SELECT count(*) FROM imported_message WHERE import_seq = import.seq) WHERE seq = ?`)
  const undo = connection.prepare(`UPDATE import SET state = 'undoing' WHERE id = ? AND state = 'done' RETURNING seq`).pluck()
  const removeSome = connection.prepare('DELETE FROM imported_message WHERE seq IN (SELECT seq FROM imported_message WHERE import_seq = ? LIMIT ?)')
  const drop = connection.prepare('DELETE FROM import WHERE seq = ?')
  const unfinished = connection.prepare(`SELECT seq FROM import WHERE state <> 'done' ORDER BY seq`).pluck()
  const list = connection.prepare(`SELECT id AS importId, file_name AS fileName, messages, ended_at AS at FROM import WHERE state = 'done' ORDER BY seq DESC LIMIT 200`)
  const one = connection.prepare(`SELECT id AS importId, file_name AS fileName, messages, ended_at AS at FROM import WHERE state = 'done' AND id = ?`)
  return {
    /** @returns its number, which its messages carry */
    begin: (importId: string, fileName: string, format: ImportFormat, at: number): number => begin.get(importId, fileName, format, at) as number,
    /** @returns false when the same message is here already */
    insert: (importSeq: number, message: NewImported): boolean => known.get(message) === 0 && insert.run({ ...message, importSeq }).changes === 1,
    /** Whether a message of ours or of a finished import is the same. */
    isKnown: (message: { readonly originId: string | null; readonly fingerprint: string }): boolean => known.get(message) === 1,
    finish: (importSeq: number, at: number): void => {
      finish.run(at, importSeq)
    },
    /** From here on nothing of it is seen. @returns its number, or null when there is no such import */
    beginUndo: (importId: string): number | null => (undo.get(importId) as number | undefined) ?? null,
    /** Takes some of its messages out, and at last itself. @returns how many; 0 when it is gone */
    removeSome: (importSeq: number): number => {
      const { changes } = removeSome.run(importSeq, undoRows)
      if (changes === 0) drop.run(importSeq)
      return changes
    },
    /** Imports that were cut off, or are on their way out. */
    unfinished: (): readonly number[] => unfinished.all() as number[],
    list: (): readonly ImportRecord[] => list.all() as ImportRecord[],
    get: (importId: string): ImportRecord | null => (one.get(importId) as ImportRecord | undefined) ?? null
  }
}
