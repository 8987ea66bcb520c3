import type { Connection } from '../open'

/** Letters that want a second look, by the short indexes kept for them. Ids only: what is shown of a letter is read one by one. */
export const followupReader = (connection: Connection) => {
  const onTheirWay = connection.prepare(`SELECT letter_id FROM letter_status INDEXED BY letter_on_its_way
    WHERE state IN ('submitted', 'screening', 'held', 'approved') ORDER BY since LIMIT ?`).pluck()
  const isSettled = `(s.dismissed_at IS NOT NULL OR EXISTS (SELECT 1 FROM draft_origin o JOIN letter l ON l.draft_id = o.draft_id
    JOIN letter_status n ON n.letter_id = l.id WHERE o.resends_letter = s.letter_id AND n.state <> 'cancelled'))`
  const cameBack = (settled: boolean) =>
    `FROM letter_status s INDEXED BY letter_came_back WHERE s.state IN ('rejected', 'undeliverable') AND ${settled ? '' : 'NOT '}${isSettled}`
  const open = connection.prepare(`SELECT s.letter_id ${cameBack(false)} ORDER BY s.since DESC LIMIT ? OFFSET ?`).pluck()
  const settled = connection.prepare(`SELECT s.letter_id ${cameBack(true)} ORDER BY s.since DESC LIMIT ? OFFSET ?`).pluck()
  const countOpen = connection.prepare(`SELECT count(*) ${cameBack(false)}`).pluck()
  const countSettled = connection.prepare(`SELECT count(*) ${cameBack(true)}`).pluck()
  const setDismissed = connection.prepare('UPDATE letter_status SET dismissed_at = ? WHERE letter_id = ?')
  return {
    /** The service has them and the person does not yet; longest in their state first. */
    onTheirWay: (limit: number): readonly string[] => onTheirWay.all(limit) as string[],
    /** Rejected and undeliverable letters, newest first. @param isSettled written again or put away */
    cameBack: (isSettledNow: boolean, limit: number, offset: number): readonly string[] => (isSettledNow ? settled : open).all(limit, offset) as string[],
    countCameBack: (isSettledNow: boolean): number => (isSettledNow ? countSettled : countOpen).get() as number,
    setDismissed: (letterId: string, at: number | null): void => {
      setDismissed.run(at, letterId)
    }
  }
}
