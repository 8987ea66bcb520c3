/** Pieces of SQL that the figures are kept with, in the step that made them and in those that make a trigger of theirs anew. Never changed: released steps use them. */

/** The month of a moment, counted from the year 0: 2026-11 is 2026 * 12 + 10. UTC, like every time in the mailbox. */
export const monthOf = (ms: string): string =>
  `(CAST(strftime('%Y', ${ms} / 1000, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', ${ms} / 1000, 'unixepoch') AS INTEGER) - 1)`

/** Whole days between two moments. */
export const days = (from: string, to: string): string => `max(0, (${to} - ${from}) / 86400000)`

/** What was counted there already stays; these columns grow. */
export const addTo = (...columns: readonly string[]): string =>
  `ON CONFLICT (month, facility_id, number) DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`
