import type { LetterState } from '../../contract/views'
import type { StatementSource } from '../statements'

export type OnItsWay = {
  readonly letterId: string
  readonly facilityId: string
  readonly state: LetterState
  readonly since: number
  /** When the service took it. */
  readonly takenAt: number
  readonly photoCount: number
}

/** Letters that want a second look, by the short indexes kept for them; what is shown of a letter is read one by one. */
export const followupReader = (connection: StatementSource) => {
  const onTheirWay = connection.prepare(`SELECT s.letter_id AS letterId, l.facility_id AS facilityId, s.state, s.since,
      coalesce((SELECT e.at FROM letter_event e WHERE e.letter_seq = l.seq AND e.state = 'submitted' ORDER BY e.seq LIMIT 1), l.confirmed_at) AS takenAt,
      (SELECT count(*) FROM letter_photo h WHERE h.letter_seq = l.seq) AS photoCount
    FROM letter_status s INDEXED BY letter_on_its_way JOIN letter l ON l.id = s.letter_id
    WHERE s.state IN ('submitted', 'screening', 'held', 'approved') AND s.since < ? ORDER BY s.since LIMIT ?`)
  const open = `FROM letter_status INDEXED BY letter_came_back WHERE state IN ('rejected', 'undeliverable') AND dismissed_at IS NULL`
  const settled = `FROM letter_status INDEXED BY letter_settled WHERE state IN ('rejected', 'undeliverable') AND dismissed_at IS NOT NULL`
  const page = (rows: string) => connection.prepare(`SELECT letter_id ${rows} ORDER BY since DESC LIMIT ? OFFSET ?`).pluck()
  const count = (rows: string) => connection.prepare(`SELECT count(*) ${rows}`).pluck()
  const pages = { open: page(open), settled: page(settled) }
  const counts = { open: count(open), settled: count(settled) }
  const setDismissed = connection.prepare('UPDATE letter_status SET dismissed_at = ? WHERE letter_id = ?')
  const settleFirst = connection.prepare(`UPDATE letter_status SET dismissed_at = ?
    WHERE letter_id = (SELECT resends_letter FROM draft_origin WHERE draft_id = ?)`)
  return {
    /** The service has them and the person does not yet, and nothing was heard since that moment; longest in their state first. */
    onTheirWay: (unheardSince: number, limit: number): readonly OnItsWay[] => onTheirWay.all(unheardSince, limit) as OnItsWay[],
    /** Rejected and undeliverable letters, newest first. @param isSettled written again or put away */
    cameBack: (isSettledNow: boolean, limit: number, offset: number): readonly string[] => (isSettledNow ? pages.settled : pages.open).all(limit, offset) as string[],
    countCameBack: (isSettledNow: boolean): number => (isSettledNow ? counts.settled : counts.open).get() as number,
    /** A draft goes instead of an earlier letter, which is settled with it (`at`), or was taken back (null). */
    settleFirst: (draftId: string, at: number | null): void => {
      settleFirst.run(at, draftId)
    },
    setDismissed: (letterId: string, at: number | null): void => {
      setDismissed.run(at, letterId)
    }
  }
}
