/**
 * The diary for somebody else's eyes. Our own lines hold nothing that a person wrote, but the message of an error may quote
 * what it stumbled over; so only what is known to be ours comes through, and the rest is said to have been left out.
 */

const leftOut = '(words left out)'

/** Errors whose messages are written by us. */
const ourErrors = /^(StorageError|LineError): [a-z ,.'’-]+$/iu
/** What SQLite says about a rule of ours: names of tables and columns, never their content. */
const constraint = /^SqliteError: (UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(: [\w., ]+)?$/u
const ourSentences = [/^refused, (the payload does not fit|not one of our own pages)$/u, /^the page's process is gone: [a-z-]+$/u]

const entry = /^(\[[\d\- :.]+\] \[\w+\])\s+(?:\([\w ]+\)\s+)?(.*)$/u
const place = /^((?:core thread|[a-z][A-Za-z]*(?:\.[A-Za-z]+)?)):?\s+(.*)$/u
const frame = /^\s+at (?:async )?(?:([\w.$<> [\]]+) \()?(?:.*[\\/])?([\w.-]+:\d+:\d+)\)?$/u

const scrubWords = (words: string): string => {
  if (ourErrors.test(words) || constraint.test(words) || ourSentences.some((sentence) => sentence.test(words))) return words
  const name = /^((?:[A-Z]\w*)?Error)\b/u.exec(words)?.[1]
  return name === undefined ? leftOut : `${name} ${leftOut}`
}

const scrubLine = (line: string): string | null => {
  if (line.trim() === '') return null
  const at = frame.exec(line)
  if (at !== null) return `    at ${at[1] ?? ''} ${at[2] ?? ''}`
  const found = entry.exec(line)
  if (found === null) return `  ${leftOut}`
  const [, head = '', rest = ''] = found
  const named = place.exec(rest)
  return named === null ? `${head} ${scrubWords(rest)}` : `${head} ${named[1] ?? ''}: ${scrubWords(named[2] ?? '')}`
}

/** @param text of a diary file @returns the same entries with nothing in them but times, parts, names of errors and places in our code */
export const scrubLog = (text: string): string =>
  text
    .split('\n')
    .map(scrubLine)
    .filter((line) => line !== null)
    .filter((line, index, lines) => !(line.trim() === leftOut && lines[index - 1]?.trim() === leftOut))
    .join('\n')
