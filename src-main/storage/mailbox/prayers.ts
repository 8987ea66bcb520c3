import type { MarkedKind } from '../../contract/correspondence'
import type { StatementSource } from '../statements'
import type { Marked } from './marks'

export type PrayerRecord = {
  readonly prayerId: string
  readonly kind: MarkedKind
  readonly id: string
  readonly words: string
  readonly openedAt: number
  readonly prayedAt: number | null
  readonly times: number
  readonly closedAt: number | null
}

const columns = `id AS prayerId, kind, item_id AS id, words, opened_at AS openedAt, prayed_at AS prayedAt, times, closed_at AS closedAt`

/** What it was made beside is there to be seen: not a letter of an older archive that is being taken out again. */
const seen = `(kind <> 'imported' OR EXISTS (SELECT 1 FROM imported WHERE imported.id = prayer.item_id))`

/** Prayer intentions, at most one open for each letter, answer or contact. */
export const prayerTable = (connection: StatementSource) => {
  const one = connection.prepare(`SELECT ${columns} FROM prayer WHERE id = ? AND ${seen}`)
  const openOf = connection.prepare(`SELECT ${columns} FROM prayer WHERE kind = ? AND item_id = ? AND closed_at IS NULL`)
  const open = connection.prepare(`SELECT ${columns} FROM prayer WHERE closed_at IS NULL AND ${seen} ORDER BY seq DESC LIMIT ? OFFSET ?`)
  const closed = connection.prepare(`SELECT ${columns} FROM prayer WHERE closed_at IS NOT NULL AND ${seen} ORDER BY closed_at DESC, seq DESC LIMIT ? OFFSET ?`)
  const countOpen = connection.prepare(`SELECT count(*) FROM prayer WHERE closed_at IS NULL AND ${seen}`).pluck()
  const countClosed = connection.prepare(`SELECT count(*) FROM prayer WHERE closed_at IS NOT NULL AND ${seen}`).pluck()
  const insert = connection.prepare('INSERT INTO prayer (id, kind, item_id, words, opened_at) VALUES (?, ?, ?, ?, ?)')
  const reword = connection.prepare('UPDATE prayer SET words = ? WHERE id = ?')
  const prayed = connection.prepare('UPDATE prayer SET prayed_at = ?, times = times + 1 WHERE id = ?')
  const close = connection.prepare('UPDATE prayer SET closed_at = ? WHERE id = ?')
  return {
    get: (prayerId: string): PrayerRecord | null => (one.get(prayerId) as PrayerRecord | undefined) ?? null,
    openOf: ({ kind, id }: Marked): PrayerRecord | null => (openOf.get(kind, id) as PrayerRecord | undefined) ?? null,
    page: (isClosed: boolean, limit: number, offset: number): readonly PrayerRecord[] => (isClosed ? closed : open).all(limit, offset) as PrayerRecord[],
    count: (isClosed: boolean): number => (isClosed ? countClosed : countOpen).get() as number,
    insert: (prayerId: string, { kind, id }: Marked, words: string, at: number): void => {
      insert.run(prayerId, kind, id, words, at)
    },
    reword: (prayerId: string, words: string): void => {
      reword.run(words, prayerId)
    },
    markPrayed: (prayerId: string, at: number): void => {
      prayed.run(at, prayerId)
    },
    setClosed: (prayerId: string, at: number | null): void => {
      close.run(at, prayerId)
    }
  }
}
