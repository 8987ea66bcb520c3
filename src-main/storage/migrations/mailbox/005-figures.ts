import type { Migration } from '../../migrate'
import { addTo, countsADelivery, days, monthOf, taken } from './figures-by-month'


/**
 * Figures kept by the month, beside the letters: triggers add each letter, answer and delivery once, so that the figures of
 * a million letters are a few thousand small rows.
 */
export const figures: Migration = {
  number: 5,
  name: 'figures',
  up: (connection) => {
    connection.exec(`
      -- letters, stamps, answered, delivered: of the letters confirmed in this month; replies: received in it.
      CREATE TABLE figure_month (
        month INTEGER NOT NULL,
        facility_id TEXT NOT NULL,
        number TEXT NOT NULL,
        letters INTEGER NOT NULL DEFAULT 0,
        stamps INTEGER NOT NULL DEFAULT 0,
        answered INTEGER NOT NULL DEFAULT 0,
        delivered INTEGER NOT NULL DEFAULT 0,
        replies INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (month, facility_id, number)
      ) STRICT, WITHOUT ROWID;
      -- How many of them arrived after so many whole days.
      CREATE TABLE figure_days (
        month INTEGER NOT NULL,
        facility_id TEXT NOT NULL,
        number TEXT NOT NULL,
        days INTEGER NOT NULL,
        letters INTEGER NOT NULL,
        PRIMARY KEY (month, facility_id, number, days)
      ) STRICT, WITHOUT ROWID;

      INSERT INTO figure_month (month, facility_id, number, letters, stamps)
        SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, count(*), sum(d.stamps)
        FROM letter l JOIN delivery d ON d.letter_id = l.id WHERE d.state = 'SENT' GROUP BY 1, 2, 3;
      INSERT INTO figure_month (month, facility_id, number, stamps)
        SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, sum(CASE g.from_account WHEN 'outside' THEN -g.amount ELSE g.amount END)
        FROM ledger g JOIN delivery d ON d.key = g.reference JOIN letter l ON l.id = d.letter_id WHERE g.reason = 'adjust' GROUP BY 1, 2, 3
        ${addTo('stamps')};
      INSERT INTO figure_month (month, facility_id, number, delivered)
        SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, count(DISTINCT l.id)
        FROM letter_event e JOIN letter l ON l.id = e.letter_id WHERE e.state = 'delivered' GROUP BY 1, 2, 3
        ${addTo('delivered')};
      INSERT INTO figure_month (month, facility_id, number, answered)
        SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, count(DISTINCT l.id)
        FROM reply r JOIN letter l ON l.id = r.letter_id WHERE true GROUP BY 1, 2, 3
        ${addTo('answered')};
      INSERT INTO figure_month (month, facility_id, number, replies)
        SELECT ${monthOf('received_at')}, facility_id, number, count(*) FROM reply WHERE true GROUP BY 1, 2, 3
        ${addTo('replies')};
      INSERT INTO figure_days (month, facility_id, number, days, letters)
        SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, ${days(taken('id'), 'e.at')}, count(*)
        FROM (SELECT letter_id, min(at) AS at FROM letter_event WHERE state = 'delivered' GROUP BY letter_id) e JOIN letter l ON l.id = e.letter_id GROUP BY 1, 2, 3, 4;

      CREATE TRIGGER figures_of_a_letter AFTER UPDATE OF state ON delivery WHEN NEW.state = 'SENT' AND OLD.state <> 'SENT' BEGIN
        INSERT INTO figure_month (month, facility_id, number, letters, stamps)
          SELECT ${monthOf('confirmed_at')}, facility_id, number, 1, NEW.stamps FROM letter WHERE id = NEW.letter_id
          ${addTo('letters', 'stamps')};
      END;
      CREATE TRIGGER figures_of_an_adjustment AFTER INSERT ON ledger WHEN NEW.reason = 'adjust' BEGIN
        INSERT INTO figure_month (month, facility_id, number, stamps)
          SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, CASE NEW.from_account WHEN 'outside' THEN -NEW.amount ELSE NEW.amount END
          FROM delivery d JOIN letter l ON l.id = d.letter_id WHERE d.key = NEW.reference
          ${addTo('stamps')};
      END;
      ${countsADelivery('id')}
      CREATE TRIGGER figures_of_a_reply AFTER INSERT ON reply BEGIN
        INSERT INTO figure_month (month, facility_id, number, replies)
          SELECT ${monthOf('NEW.received_at')}, NEW.facility_id, NEW.number, 1 WHERE true
          ${addTo('replies')};
        INSERT INTO figure_month (month, facility_id, number, answered)
          SELECT ${monthOf('confirmed_at')}, facility_id, number, 1 FROM letter
          WHERE id = NEW.letter_id AND NOT EXISTS (SELECT 1 FROM reply WHERE letter_id = NEW.letter_id AND seq < NEW.seq)
          ${addTo('answered')};
      END;
    `)
  }
}
