import { createHash } from 'node:crypto'
import type { ActivityKind } from '../../contract/views'
import type { StatementSource } from '../statements'

export type ActivityRecord = {
  readonly entryId: string
  readonly at: number
  readonly kind: ActivityKind
  readonly event: string
  readonly details: Readonly<Record<string, string | number>>
}
export type StoredActivity = ActivityRecord & { readonly seq: number }

type Row = { seq: number; id: string; at: number; kind: ActivityKind; event: string; details: string; previous: string; hash: string }

/** What the first line stands on. */
export const noActivityBefore = '0'.repeat(64)

/** The link of the chain: over everything in a line and the link before it. */
export const activityHash = (row: Omit<Row, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([row.seq, row.id, row.at, row.kind, row.event, row.details, row.previous]))
    .digest('hex')

const toRecord = (row: Row): StoredActivity => ({
  entryId: row.id,
  seq: row.seq,
  at: row.at,
  kind: row.kind,
  event: row.event,
  details: JSON.parse(row.details) as StoredActivity['details']
})

/** The activity log: lines are added and read, never changed; the chain shows any that were. */
export const activityTable = (connection: StatementSource) => {
  const last = connection.prepare('SELECT * FROM activity ORDER BY seq DESC LIMIT 1')
  const insert = connection.prepare(`INSERT INTO activity (seq, id, at, kind, event, details, previous, hash)
    VALUES (@seq, @id, @at, @kind, @event, @details, @previous, @hash)`)
  const page = connection.prepare('SELECT * FROM activity ORDER BY seq DESC LIMIT ? OFFSET ?')
  const pageOfKind = connection.prepare('SELECT * FROM activity WHERE kind = ? ORDER BY seq DESC LIMIT ? OFFSET ?')
  const count = connection.prepare('SELECT count(*) FROM activity').pluck()
  const countOfKind = connection.prepare('SELECT count(*) FROM activity WHERE kind = ?').pluck()
  const one = connection.prepare('SELECT * FROM activity WHERE id = ?')
  const all = connection.prepare('SELECT * FROM activity ORDER BY seq')
  const after = connection.prepare('SELECT * FROM activity WHERE seq > ? ORDER BY seq LIMIT ?')
  const hashAt = connection.prepare('SELECT hash FROM activity WHERE seq = ?').pluck()
  return {
    append: (record: ActivityRecord): void => {
      const before = last.get() as Row | undefined
      const row = {
        seq: (before?.seq ?? 0) + 1,
        id: record.entryId,
        at: record.at,
        kind: record.kind,
        event: record.event,
        details: JSON.stringify(record.details),
        previous: before?.hash ?? noActivityBefore
      }
      insert.run({ ...row, hash: activityHash(row) })
    },
    page: (kind: ActivityKind | 'all', limit: number, offset: number): readonly StoredActivity[] =>
      ((kind === 'all' ? page.all(limit, offset) : pageOfKind.all(kind, limit, offset)) as Row[]).map(toRecord),
    count: (kind: ActivityKind | 'all'): number => (kind === 'all' ? count.get() : countOfKind.get(kind)) as number,
    get: (entryId: string): StoredActivity | null => {
      const row = one.get(entryId) as Row | undefined
      return row ? toRecord(row) : null
    },
    /**
     * Walks the whole chain.
     * @param atLeast how many lines there were when they were last counted elsewhere: fewer means that the end was cut off
     * @returns whether no line was changed, taken out, moved or cut off
     */
    isWhole: (atLeast: number): boolean => {
      let previous = noActivityBefore
      let seq = 0
      for (const row of all.iterate() as IterableIterator<Row>) {
        seq += 1
        if (row.seq !== seq || row.previous !== previous || row.hash !== activityHash(row)) return false
        previous = row.hash
      }
      return seq >= atLeast
    },
    /**
     * Follows the chain a little way on.
     * @param hash of the line it goes on from; null: as that line says itself
     * @returns how far it holds, or null where it is broken
     */
    follow: (seq: number, hash: string | null, limit: number): { readonly seq: number; readonly hash: string | null } | null => {
      let at = { seq, hash: hash ?? (seq === 0 ? noActivityBefore : ((hashAt.get(seq) as string | undefined) ?? null)) }
      if (at.hash === null) return null
      for (const row of after.all(seq, limit) as Row[]) {
        if (row.seq !== at.seq + 1 || row.previous !== at.hash || row.hash !== activityHash(row)) return null
        at = { seq: row.seq, hash: row.hash }
      }
      return at
    },
    all: (): readonly StoredActivity[] => (all.all() as Row[]).map(toRecord)
  }
}
