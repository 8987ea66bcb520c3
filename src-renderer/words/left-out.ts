import { leftOutKinds, type LeftOut, type LeftOutKind } from '@contract/documents'
import { counted } from './plural'

const words: Readonly<Record<LeftOutKind, (count: number) => string>> = {
  pictures: (count) => counted(count, 'picture'),
  links: (count) => (count === 1 ? '1 link (its words stay)' : `${counted(count, 'link')} (their words stay)`),
  tables: (count) => (count === 1 ? '1 table (its words stay, line by line)' : `${counted(count, 'table')} (their words stay, line by line)`),
  formatting: () => 'bold, italic, sizes and other formatting',
  comments: (count) => counted(count, 'comment'),
  headersAndFooters: () => 'the lines at the top and bottom of each page',
  shapes: (count) => counted(count, 'text box', 'text boxes'),
  embedded: (count) => counted(count, 'embedded object'),
  macros: () => 'macros (small programs)',
  deletedText: () => 'words that were struck out with “track changes”',
  attachments: (count) => counted(count, 'attached file')
}

/** What a letter could not carry, each in its own words, in a fixed order. */
export const leftOutWords = (leftOut: LeftOut): readonly string[] =>
  leftOutKinds.flatMap((kind) => {
    const count = leftOut[kind] ?? 0
    return count > 0 ? [words[kind](count)] : []
  })

/** One sentence after a paste; null when only words were pasted. */
export const pasteSentence = (leftOut: LeftOut): string => {
  const lost = leftOutWords({ ...leftOut, formatting: 0 })
  return lost.length === 0 ? 'Formatting removed: a letter is plain text.' : `Formatting removed: a letter is plain text. Left out: ${lost.join(', ')}.`
}
