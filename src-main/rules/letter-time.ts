/** Nobody brings in an archive from before the nineteenth century; a date before it, or beyond this one, is a slip (an empty date is often the year 1). */
const earliest = Date.UTC(1800, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/**
 * When a letter of an older archive was written. Letters from before 1970 are dates like any other: their milliseconds are negative.
 * @param at ms UTC, as it was read from a file
 * @returns whole ms UTC, or null when no letter can be from then
 */
export const asLetterTime = (at: number): number | null => (Number.isFinite(at) && at >= earliest && at < latest ? Math.floor(at) : null)
