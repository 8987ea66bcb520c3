/**
 * The month of a moment, counted from the year 0 in UTC: November 2026 is 2026 * 12 + 10.
 * @param epochMs milliseconds UTC
 */
export const monthOf = (epochMs: number): number => {
  const date = new Date(epochMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Year and month (1 to 12) of such a number. */
export const yearAndMonth = (month: number): { readonly year: number; readonly month: number } => ({ year: Math.floor(month / 12), month: (month % 12) + 1 })

/**
 * The middle of a heap of whole days: half of the letters took at most so long.
 * @param heap days, and how many letters took them; in any order
 * @returns the lower middle, a day that really occurred; null of an empty heap
 */
export const medianDays = (heap: readonly { readonly days: number; readonly letters: number }[]): number | null => {
  const all = heap.reduce((sum, { letters }) => sum + letters, 0)
  if (all === 0) return null
  let passed = 0
  for (const { days, letters } of [...heap].sort((a, b) => a.days - b.days)) {
    passed += letters
    if (passed * 2 >= all) return days
  }
  return null
}
