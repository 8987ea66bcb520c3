/** What Windows-1252 has where Latin-1 has controls, from 0x80 on (WHATWG Encoding, index-windows-1252). */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/**
 * Bytes of an old code page as text.
 * @param page name of the encoding; for Windows-1252 the table above is used, because TextDecoder of some Node 20 releases
 * takes it for Latin-1 and turns quotation marks into controls
 */
export const decodeBytes = (bytes: Uint8Array, page: string): string =>
  page === 'windows-1252'
    ? Buffer.from(bytes).toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => windows1252.charAt(sign.charCodeAt(0) - 0x80))
    : new TextDecoder(page).decode(bytes)
