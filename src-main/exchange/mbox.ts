/** mbox in its "rd" form: every line that begins like a separator, quoted or not, gets one more `>`; so it can be undone exactly. */

const needsQuote = /^(>*From )/gm
const hasQuote = /^>(>*From )/gm

/** @param text with line feeds alone */
export const quoteFromLines = (text: string): string => text.replace(needsQuote, '>$1')

/** What {@link quoteFromLines} did, undone. */
export const unquoteFromLines = (text: string): string => text.replace(hasQuote, '$1')

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The time as separators have it (asctime, UTC): "Thu Jan  1 00:00:00 1970". */
const asctime = (at: number): string => {
  const date = new Date(at)
  const day = String(date.getUTCDate()).padStart(2, ' ')
  return `${days[date.getUTCDay()] ?? ''} ${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()}`
}

/** One e-mail as its part of an mbox, with the line before it and the empty line after it. */
export const mboxEntry = (eml: Buffer, at: number): Buffer => {
  const text = quoteFromLines(eml.toString('latin1').replace(/\r\n/g, '\n'))
  return Buffer.from(`From epistle@epistle.invalid ${asctime(at)}\n${text}${text.endsWith('\n') ? '' : '\n'}\n`, 'latin1')
}
