/**
 * An amount as it is shown, e.g. `$5.00` or `$1,234.50`.
 * @param cents whole US cents; a refund is negative
 * @returns text
 * Source: S0 step 11 ("20 Stamps Package $5"); ecosystem: integer cents, no floats.
 */
export const formatCents = (cents: number): string => {
  const whole = Math.round(Math.abs(cents))
  const dollars = String(Math.floor(whole / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${cents < 0 && whole > 0 ? '-' : ''}$${dollars}.${String(whole % 100).padStart(2, '0')}`
}
