/** Letters and digits that cannot be misread on paper (Crockford's base 32: no I, L, O or U). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A new code to print: 20 signs of 5 bits, 100 random bits, in groups of four.
 * @param random bytes from the system's own source
 */
export const newRecoveryCode = (random: (count: number) => Uint8Array): string => {
  const signs = [...random(20)].map((byte) => alphabet[byte % 32] ?? '0')
  return [0, 4, 8, 12, 16].map((start) => signs.slice(start, start + 4).join('')).join('-')
}

/**
 * Reads a code as somebody typed it from paper: case, spaces and dashes do not matter, and O, I and L mean 0, 1 and 1.
 * @returns the bytes that open the wrap, or null when it cannot be such a code
 */
export const readRecoveryCode = (text: string): Uint8Array | null => {
  const signs = text
    .toUpperCase()
    .replace(/[\s-]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1')
  if (signs.length !== 20 || [...signs].some((sign) => !alphabet.includes(sign))) return null
  return new TextEncoder().encode(signs)
}
