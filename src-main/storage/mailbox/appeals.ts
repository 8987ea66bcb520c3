import type { StatementSource } from '../statements'

export type AppealRecord = {
  readonly revision: number
  readonly text: string
  readonly savedAt: number
  /** When the person said it is written (printed, handed in); null while it is worked on. */
  readonly writtenAt: number | null
}

/** Letters of appeal to a facility, at most one for each letter of ours. */
export const appealTable = (connection: StatementSource) => {
  const one = connection.prepare('SELECT revision, text, saved_at AS savedAt, written_at AS writtenAt FROM appeal WHERE letter_id = ?')
  const put = connection.prepare(`INSERT INTO appeal (letter_id, revision, text, saved_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (letter_id) DO UPDATE SET revision = excluded.revision, text = excluded.text, saved_at = excluded.saved_at`)
  const written = connection.prepare('UPDATE appeal SET written_at = ? WHERE letter_id = ?')
  return {
    get: (letterId: string): AppealRecord | null => (one.get(letterId) as AppealRecord | undefined) ?? null,
    put: (letterId: string, appeal: Omit<AppealRecord, 'writtenAt'>): void => {
      put.run(letterId, appeal.revision, appeal.text, appeal.savedAt)
    },
    setWritten: (letterId: string, at: number): void => {
      written.run(at, letterId)
    }
  }
}
