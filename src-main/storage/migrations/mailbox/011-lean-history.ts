import type { Migration } from '../../migrate'
import { addTo, days, monthOf } from './figures-by-month'

/**
 * A letter's history names its letter by number, not by its 36 letters of id, which stood in every row and once more in the index: of 100,000 letters the
 * history took 55 MB, a seventh of the file, and takes 19. Every step of a letter writes less, too.
 */
export const leanHistory: Migration = {
  number: 11,
  name: 'lean-history',
  up: (connection) => {
    connection.exec(`
      DROP TRIGGER figures_of_a_delivery;
      ALTER TABLE letter_event RENAME TO letter_event_by_id;
      DROP TRIGGER letter_event_fixed;
      DROP TRIGGER letter_event_kept;
      DROP INDEX letter_event_by_letter;
      CREATE TABLE letter_event (
        seq INTEGER PRIMARY KEY,
        letter_seq INTEGER NOT NULL REFERENCES letter (seq),
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        reason TEXT,
        service_seq INTEGER UNIQUE
      ) STRICT;
      INSERT INTO letter_event (seq, letter_seq, state, at, reason, service_seq)
        SELECT e.seq, l.seq, e.state, e.at, e.reason, e.service_seq FROM letter_event_by_id e CROSS JOIN letter l ON l.id = e.letter_id ORDER BY e.seq;
      DROP TABLE letter_event_by_id;
      -- The rows of one letter stand here in the order of their own numbers.
      CREATE INDEX letter_event_by_letter ON letter_event (letter_seq);
      CREATE TRIGGER letter_event_fixed BEFORE UPDATE ON letter_event BEGIN SELECT RAISE(ABORT, 'history cannot change'); END;
      CREATE TRIGGER letter_event_kept BEFORE DELETE ON letter_event BEGIN SELECT RAISE(ABORT, 'history cannot be deleted'); END;
      CREATE TRIGGER figures_of_a_delivery AFTER INSERT ON letter_event
        WHEN NEW.state = 'delivered' AND NOT EXISTS (SELECT 1 FROM letter_event WHERE letter_seq = NEW.letter_seq AND state = 'delivered' AND seq < NEW.seq) BEGIN
        INSERT INTO figure_month (month, facility_id, number, delivered)
          SELECT ${monthOf('confirmed_at')}, facility_id, number, 1 FROM letter WHERE seq = NEW.letter_seq
          ${addTo('delivered')};
        INSERT INTO figure_days (month, facility_id, number, days, letters)
          SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, ${days(taken('l'), 'NEW.at')}, 1 FROM letter l WHERE l.seq = NEW.letter_seq
          ON CONFLICT (month, facility_id, number, days) DO UPDATE SET letters = letters + 1;
      END;
    `)
  }
}

/** When the service took a letter. */
const taken = (letter: string): string =>
  `coalesce((SELECT min(at) FROM letter_event WHERE letter_seq = ${letter}.seq AND state = 'submitted'), ${letter}.confirmed_at)`
