/** Where a stranger's text gets to, and how it is told there from the same text elsewhere. */
import { asFileName, asShown } from './as-shown'

/** The places of the plan (reply, subject, contact, file name, search hit; print and log have files of their own), and what the app has besides. */
export const places = ['reply', 'subject', 'contact', 'file name', 'search hit', 'letter', 'draft', 'note', 'prayer', 'e-mail'] as const
export type Place = (typeof places)[number]

/** Stands before each text in the body of its letter, so that one search finds all of them. */
export const lantern = 'lantern'

const words: { readonly [P in Place]: (text: string) => string } = {
  reply: (text) => `${text} in a reply`,
  subject: (text) => text,
  contact: (text) => text,
  'file name': (text) => asFileName(`${text} as a file`),
  'search hit': (text) => `${lantern} ${text}`,
  letter: (text) => `${text} in a letter`,
  draft: (text) => `${text} in a draft`,
  note: (text) => `${text} in a note`,
  prayer: (text) => `${text} in a prayer`,
  'e-mail': (text) => `${text} in an e-mail`
}

/** @returns the text as it is written into this place */
export const writtenIn = (place: Place, text: string): string => words[place](text)

/** A hit shows only so much of a letter, in signs. */
const ofAHit = 60

/** @returns what of it has to be read there, on one line */
export const readIn = (place: Place, text: string): string => {
  const whole = asShown(writtenIn(place, text))
  return place === 'search hit' ? [...whole].slice(0, ofAHit).join('').trimEnd() : whole
}
