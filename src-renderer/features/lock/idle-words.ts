/** How long is left, as one says it; changes only a few times, so that nothing ticks before one's eyes. */
export const leftInWords = (leftMs: number): string => {
  if (leftMs > 45_000) return 'One minute is left.'
  if (leftMs > 25_000) return 'Half a minute is left.'
  if (leftMs > 8_000) return 'Fifteen seconds are left.'
  return 'A few seconds are left.'
}
