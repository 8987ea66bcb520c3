/** Pieces of SQL that the figures are kept with, in the step that made them and in those that make a trigger of theirs anew. Never changed: released steps use them. */

/** The month of a moment, counted from the year 0: 2026-11 is 2026 * 12 + 10. UTC, like every time in the mailbox. */
export const monthOf = (ms: string): string =>
  `(CAST(strftime('%Y', ${ms} / 1000, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', ${ms} / 1000, 'unixepoch') AS INTEGER) - 1)`

/** Whole days between two moments. */
export const days = (from: string, to: string): string => `max(0, (${to} - ${from}) / 86400000)`

/** What was counted there already stays; these columns grow. */
export const addTo = (...columns: readonly string[]): string =>
  `ON CONFLICT (month, facility_id, number) DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`

/** When the service took a letter `l`, by its history. @param key what the history names its letters by: until `lean-history` their ids, since then their numbers */
export const taken = (key: 'id' | 'seq'): string =>
  `coalesce((SELECT min(at) FROM letter_event WHERE letter_${key} = l.${key} AND state = 'submitted'), l.confirmed_at)`

/** The trigger that counts the first delivery of a letter. @param key as for `taken` */
export const countsADelivery = (key: 'id' | 'seq'): string => `CREATE TRIGGER figures_of_a_delivery AFTER INSERT ON letter_event
        WHEN NEW.state = 'delivered' AND NOT EXISTS (SELECT 1 FROM letter_event WHERE letter_${key} = NEW.letter_${key} AND state = 'delivered' AND seq < NEW.seq) BEGIN
        INSERT INTO figure_month (month, facility_id, number, delivered)
          SELECT ${monthOf('confirmed_at')}, facility_id, number, 1 FROM letter WHERE ${key} = NEW.letter_${key}
          ${addTo('delivered')};
        INSERT INTO figure_days (month, facility_id, number, days, letters)
          SELECT ${monthOf('l.confirmed_at')}, l.facility_id, l.number, ${days(taken(key), 'NEW.at')}, 1 FROM letter l WHERE l.${key} = NEW.letter_${key}
          ON CONFLICT (month, facility_id, number, days) DO UPDATE SET letters = letters + 1;
      END;`
