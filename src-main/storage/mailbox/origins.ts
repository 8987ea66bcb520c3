import type { StatementSource } from '../statements'

export type OriginRecord = { readonly answersReply: string | null; readonly resendsLetter: string | null }

/** Why a draft was begun, and what became of it. */
export const originTable = (connection: StatementSource) => {
  const insert = connection.prepare('INSERT INTO draft_origin (draft_id, answers_reply, resends_letter) VALUES (@draftId, @answersReply, @resendsLetter)')
  const of = connection.prepare('SELECT answers_reply AS answersReply, resends_letter AS resendsLetter FROM draft_origin WHERE draft_id = ?')
  const openAnswer = connection.prepare(`SELECT d.id FROM draft_origin o JOIN draft d ON d.id = o.draft_id
    WHERE o.answers_reply = ? AND d.state = 'open' ORDER BY d.created_at DESC LIMIT 1`).pluck()
  const openResend = connection.prepare(`SELECT d.id FROM draft_origin o JOIN draft d ON d.id = o.draft_id
    WHERE o.resends_letter = ? AND d.state = 'open' ORDER BY d.created_at DESC LIMIT 1`).pluck()
  // A letter taken back is no letter that goes: its draft is open again.
  const lettersFrom = (column: string) =>
    connection.prepare(`SELECT l.id FROM draft_origin o JOIN letter l ON l.draft_id = o.draft_id JOIN letter_status s ON s.letter_id = l.id
      WHERE o.${column} = ? AND s.state <> 'cancelled' ORDER BY l.seq DESC LIMIT 1`).pluck()
  const answeredBy = lettersFrom('answers_reply')
  const resentAs = lettersFrom('resends_letter')
  return {
    insert: (draftId: string, origin: OriginRecord): void => {
      insert.run({ draftId, ...origin })
    },
    of: (draftId: string): OriginRecord | null => (of.get(draftId) as OriginRecord | undefined) ?? null,
    openAnswerTo: (messageId: string): string | null => (openAnswer.get(messageId) as string | undefined) ?? null,
    openResendOf: (letterId: string): string | null => (openResend.get(letterId) as string | undefined) ?? null,
    /** The newest letter that answers this reply. */
    answeredBy: (messageId: string): string | null => (answeredBy.get(messageId) as string | undefined) ?? null,
    /** The newest letter sent instead of this one. */
    resentAs: (letterId: string): string | null => (resentAs.get(letterId) as string | undefined) ?? null
  }
}
