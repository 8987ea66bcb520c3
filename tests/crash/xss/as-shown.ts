/**
 * What the app may do with the signs of a text, written down a second time, on purpose: controls and halves of surrogate pairs go, line ends become
 * line feeds, letters are composed (rules/text.ts). Nothing that can be seen is taken away.
 */
export const asKept = (text: string): string =>
  text
    .replace(/\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
    .normalize('NFC')

/** White space counts once: a page wraps its lines where it likes. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** As the page shows it, on one line. */
export const asShown = (text: string): string => onOneLine(asKept(text))

/** The nearest that a file can be called: no separator, no NUL, and not longer than file systems take. */
export const asFileName = (text: string): string => asKept(text).replaceAll('/', '\u2215').replaceAll('\n', ' ')
