/** How a payload is written down: as what it would do if it were let. */

/**
 * @param run a line of JavaScript that springs the trap. @param away an address on this machine where somebody listens
 * @returns the text as a stranger would send it
 */
export type Maker = (run: string, away: string) => string

export type Family = { readonly name: string; readonly makers: readonly Maker[] }

/** The same text as character references, decimal, hexadecimal or hexadecimal with leading zeros. */
export const references = (text: string, form: 'decimal' | 'hex' | 'padded' = 'decimal'): string =>
  [...text].map((sign) => (form === 'decimal' ? `&#${sign.codePointAt(0)};` : `&#x${(sign.codePointAt(0) ?? 0).toString(16).padStart(form === 'hex' ? 2 : 7, '0')};`)).join('')

/** The same text for a string of JavaScript. */
export const escapes = (text: string): string => [...text].map((sign) => `\\x${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join('')

export const base64 = (text: string): string => Buffer.from(text).toString('base64')
