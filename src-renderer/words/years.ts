/**
 * The years letters may have been written in, newest first: from this one back to that of the oldest letter.
 * @param oldest the month of the oldest letter as the archive counts it (UTC, 1 to 12); null while there is none @param now ms, for tests
 */
export const years = (oldest: { readonly year: number; readonly month: number } | null, now = Date.now()): readonly number[] => {
  const newest = new Date(now).getFullYear()
  // A January in Greenwich begins in the year before where the sun rises later.
  const first = oldest === null ? newest : new Date(Date.UTC(oldest.year, oldest.month - 1, 1)).getFullYear()
  return Array.from({ length: Math.max(0, newest - first) + 1 }, (_, back) => newest - back)
}
