import type { StatementSource } from '../statements'

type UnlistedRow = {
  readonly seq: number
  readonly at: number
  readonly box: string
  readonly flagged: number
  readonly state: string
  readonly stamps: number
  readonly facilityId: string
  readonly number: string
}

/** The second a message is from, or the next one that no other entry has (migration 006). */
const freeId = `coalesce((SELECT e.id + 1 FROM archive e WHERE EXISTS (SELECT 1 FROM archive WHERE id = @second) AND e.id >= @second
  AND NOT EXISTS (SELECT 1 FROM archive n WHERE n.id = e.id + 1) ORDER BY e.id LIMIT 1), @second)`

/**
 * Brings the lists and the index of words up to date: imports that are done, entries from before there was an index, names that changed.
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
  const unlisted = connection.prepare(`SELECT seq, listed_to AS listedTo FROM import i
    WHERE state = 'done' AND listed_to < (SELECT max(m.seq) FROM imported_message m WHERE m.import_seq = i.seq) ORDER BY seq LIMIT 1`)
  const messages = connection.prepare(`SELECT m.seq, m.at, CASE m.direction WHEN 'sent' THEN 'sent' ELSE 'inbox' END || CASE WHEN k.archived_at IS NULL THEN '' ELSE 'Away' END AS box,
      k.flagged_at IS NOT NULL AS flagged, coalesce(m.state, '') AS state, coalesce(m.stamps, 0) AS stamps,
      coalesce(c.facility_id, CASE m.number WHEN '' THEN '' ELSE m.facility_id END) AS facilityId,
      coalesce(c.number, nullif(m.number, ''), m.person_name) AS number
    FROM imported_message m LEFT JOIN contact c ON c.id = m.contact_id LEFT JOIN mark k ON k.kind = 'imported' AND k.item_id = m.id
    WHERE m.import_seq = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`)
  const addPerson = connection.prepare('INSERT INTO archive_person (facility_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const list = connection.prepare(`INSERT INTO archive (id, kind, source, box, person, state, stamps, unread, flagged, import_seq)
    SELECT ${freeId}, 'imported', @seq, @box, p.id, @state, @stamps, 0, @flagged, @importSeq FROM archive_person p WHERE p.facility_id = @facilityId AND p.number = @number
    ON CONFLICT (kind, source) DO NOTHING`)
  const listedTo = connection.prepare('UPDATE import SET listed_to = ? WHERE seq = ?')
  return {
    /** Takes messages of an import that is done into the lists, oldest import first, one slice in a transaction of its own. @returns how many */
    listImported: (most: number): number =>
      transaction(() => {
        const under = unlisted.get() as { readonly seq: number; readonly listedTo: number } | undefined
        if (under === undefined) return 0
        const rows = messages.all(under.seq, under.listedTo, most) as UnlistedRow[]
        for (const row of rows) {
          addPerson.run(row.facilityId, row.number)
          list.run({ ...row, importSeq: under.seq, second: Math.floor(row.at / 1000) })
        }
        listedTo.run(rows.at(-1)?.seq ?? under.listedTo, under.seq)
        return rows.length
      }),
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
