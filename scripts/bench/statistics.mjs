/** The middle of a list of numbers: one run that met a busy moment of the machine does not move it. */
export const median = (values) => quantile(values, 0.5)

/** The value that a share `q` of the list does not exceed (nearest rank; between the two middle ones for a median of an even list). */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  if (q === 0.5 && sorted.length % 2 === 0) return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]
}
