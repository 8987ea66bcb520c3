import type { ImportFormat, ImportRecord, Message } from '../../contract/exchange'
import type { StatementSource } from '../statements'

/** Archives that are listed, the newest first: somebody who brings in every e-mail by itself still finds each of them to take it out. */
const mostListed = 1_000

/**
 * SQL: what this entry, or this count, of the archive stands for is in the lists. False from the moment its import is to be taken out, however long its rows take to go.
 * @param row the name of a row of `archive` or `archive_month` in the statement
 */
export const stays = (row: string): string => `${row}.import_seq NOT IN (SELECT seq FROM import WHERE state = 'undoing')`

/** A message on its way into the mailbox. */
export type NewImported = Omit<Message, 'kind' | 'photos'> & { readonly fingerprint: string }

/** A message of a finished import, as it is read. */
export type ImportedRecord = {
  readonly seq: number
  readonly messageId: string
  readonly direction: Message['direction']
  readonly contactId: string | null
  /** As on the contact list, else as the file says. */
  readonly personName: string
  /** As the file says. */
  readonly number: string
  readonly facilityName: string
  readonly subject: string
  readonly body: string
  readonly at: number
  readonly state: Message['state']
  readonly stamps: number | null
  readonly unit: Message['unit']
  readonly fileName: string
  readonly broughtInAt: number
  readonly photoCount: number
  /** Somebody said whom it is with: the file knew no more than a name. */
  readonly saidByHand: boolean
}
type ImportedRow = Omit<ImportedRecord, 'saidByHand'> & { readonly saidByHand: number }

const columns = (body: string): string => `m.seq, m.id AS messageId, m.direction, m.contact_id AS contactId, coalesce(c.first_name || ' ' || c.last_name, nullif(m.person_name, ''), m.number) AS personName,
  m.number, m.facility_name AS facilityName, m.subject, ${body} AS body, m.at, m.state, m.stamps, m.unit, i.file_name AS fileName, i.ended_at AS broughtInAt,
  (SELECT count(*) FROM imported_photo h WHERE h.message_seq = m.seq) AS photoCount,
  m.contact_id IS NOT NULL AND m.number = '' AS saidByHand`
const toRecord = (row: ImportedRow): ImportedRecord => ({ ...row, saidByHand: row.saidByHand === 1 })

/** Rows taken out, or given to a person, in one transaction: a few milliseconds, with their places in the lists and in the index of words. */
const sliceRows = 100
/** And so many bytes of photos, which take longer to go than all the rest: 15 ms or so a megabyte. */
const sliceBytes = 2 * 1024 * 1024

/** Imports of older archives and their messages (migration 003): seen whole, or not at all. */
export const importTable = (connection: StatementSource) => {
  const begin = connection.prepare(`INSERT INTO import (id, file_name, format, state, begun_at) VALUES (?, ?, ?, 'running', ?) RETURNING seq`).pluck()
  const insert = connection.prepare(`
    INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, state, stamps, unit, receipt,
      answers, origin_id, fingerprint)
    VALUES (@id, @importSeq, @direction, @contactId, @personName, @number, @facilityId, @facilityName, @subject, @body, @at, @state, @stamps, @unit, @receipt,
      @answers, @originId, @fingerprint)
    ON CONFLICT DO NOTHING RETURNING seq`).pluck()
  const known = connection
    .prepare(`SELECT EXISTS (SELECT 1 FROM letter WHERE id = @originId) OR EXISTS (SELECT 1 FROM reply WHERE id = @originId)
      OR EXISTS (SELECT 1 FROM imported WHERE origin_id = @originId) OR EXISTS (SELECT 1 FROM imported WHERE fingerprint = @fingerprint)`)
    .pluck()
  const finish = connection.prepare(`UPDATE import SET state = 'done', ended_at = ?, messages = (SELECT count(*) FROM imported_message WHERE import_seq = import.seq) WHERE seq = ?`)
  const undo = connection.prepare(`UPDATE import SET state = 'undoing' WHERE id = ? AND state = 'done' RETURNING seq`).pluck()
  const removeSome = connection.prepare(`
    WITH next AS (
      SELECT m.seq, (SELECT coalesce(sum(length(p.bytes)), 0) FROM imported_photo h JOIN photo p ON p.id = h.photo_id WHERE h.message_seq = m.seq) AS bytes
      FROM imported_message m WHERE m.import_seq = ? LIMIT ${sliceRows}
    ), counted AS (SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM next)
    DELETE FROM imported_message WHERE seq IN (SELECT seq FROM counted WHERE before < ${sliceBytes})`)
  const drop = connection.prepare('DELETE FROM import WHERE seq = ?')
  const unfinished = connection.prepare(`SELECT seq FROM import WHERE state <> 'done' ORDER BY seq`).pluck()
  const list = connection.prepare(`SELECT id AS importId, file_name AS fileName, messages, ended_at AS at FROM import WHERE state = 'done' ORDER BY seq DESC LIMIT ${mostListed}`)
  const one = connection.prepare(`SELECT id AS importId, file_name AS fileName, messages, ended_at AS at FROM import WHERE state = 'done' AND id = ?`)
  const several = connection.prepare(`SELECT ${columns('substr(m.body, 1, 300)')} FROM json_each(?) j CROSS JOIN imported_message m ON m.seq = j.value
    JOIN import i ON i.seq = m.import_seq LEFT JOIN contact c ON c.id = m.contact_id ORDER BY j.key`)
  const message = connection.prepare(`SELECT ${columns('m.body')} FROM imported m JOIN import i ON i.seq = m.import_seq LEFT JOIN contact c ON c.id = m.contact_id WHERE m.id = ?`)
  const give = connection.prepare(`UPDATE imported_message SET contact_id = @contactId WHERE seq IN (
    SELECT o.seq FROM imported_message m JOIN imported_message o INDEXED BY imported_by_name
      ON o.person_name = m.person_name AND o.number = m.number AND o.facility_id = m.facility_id AND o.contact_id IS @from
    WHERE m.id = @messageId AND m.number = '' LIMIT ${sliceRows})`)
  return {
    /** These messages, in this order, with their first words. */
    several: (seqs: readonly number[]): readonly ImportedRecord[] => (several.all(JSON.stringify(seqs)) as ImportedRow[]).map(toRecord),
    message: (messageId: string): ImportedRecord | null => {
      const row = message.get(messageId) as ImportedRow | undefined
      return row === undefined ? null : toRecord(row)
    },
    /**
     * Says whom some messages are with: of those with the same name in their file, and no more than a name.
     * @param from whom they have been with until now; null: nobody on the list
     * @returns how many; 0 when all are
     */
    giveSome: (messageId: string, from: string | null, contactId: string | null): number => give.run({ messageId, from, contactId }).changes,
    /** @returns its number, which its messages carry */
    begin: (importId: string, fileName: string, format: ImportFormat, at: number): number => begin.get(importId, fileName, format, at) as number,
    /** @returns its number, or null when the same message is here already */
    insert: (importSeq: number, message: NewImported): number | null => (known.get(message) === 1 ? null : ((insert.get({ ...message, importSeq }) as number | undefined) ?? null)),
    /** Whether a message of ours or of a finished import is the same. */
    isKnown: (message: { readonly originId: string | null; readonly fingerprint: string }): boolean => known.get(message) === 1,
    finish: (importSeq: number, at: number): void => {
      finish.run(at, importSeq)
    },
    /** From here on nothing of it is seen. @returns its number, or null when there is no such import */
    beginUndo: (importId: string): number | null => (undo.get(importId) as number | undefined) ?? null,
    /** Takes some of its messages out, and at last itself. @returns how many; 0 when it is gone */
    removeSome: (importSeq: number): number => {
      const { changes } = removeSome.run(importSeq)
      if (changes === 0) drop.run(importSeq)
      return changes
    },
    /** Imports that were cut off, or are on their way out. */
    unfinished: (): readonly number[] => unfinished.all() as number[],
    list: (): readonly ImportRecord[] => list.all() as ImportRecord[],
    get: (importId: string): ImportRecord | null => (one.get(importId) as ImportRecord | undefined) ?? null
  }
}
