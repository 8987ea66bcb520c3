import type { Migration } from '../../migrate'

/**
 * Letters that came back, in two short indexes: those to be looked at, and those that are settled. Being settled is one
 * fact, `dismissed_at`, set when a letter is put away or another is sent instead of it.
 */
export const followUp: Migration = {
  number: 8,
  name: 'follow-up',
  up: (connection) => {
    connection.exec(`
      UPDATE letter_status SET dismissed_at = since WHERE dismissed_at IS NULL AND EXISTS (
        SELECT 1 FROM draft_origin o JOIN letter l ON l.draft_id = o.draft_id JOIN letter_status n ON n.letter_id = l.id
        WHERE o.resends_letter = letter_status.letter_id AND n.state <> 'cancelled');
      DROP INDEX letter_came_back;
      CREATE INDEX letter_came_back ON letter_status (since) WHERE state IN ('rejected', 'undeliverable') AND dismissed_at IS NULL;
      CREATE INDEX letter_settled ON letter_status (since) WHERE state IN ('rejected', 'undeliverable') AND dismissed_at IS NOT NULL;
    `)
  }
}
