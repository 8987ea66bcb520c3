import { foldLetters, plainWidth } from '../../rules/text'

const words = (text: string): readonly string[] => foldLetters(plainWidth(text)).replace(/ß/g, 'ss').match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * What a person is found by: every part of the name and the number, and each once more without its hyphens and
 * apostrophes (`O'Brien` is found as `brien`, `o brien` and `obrien`). Each word begins after a space.
 */
export const foldPerson = (person: { readonly firstName: string; readonly lastName: string; readonly number: string }): string => {
  const whole = [...person.firstName.split(/\s+/u), ...person.lastName.split(/\s+/u), person.number]
  const found = new Set(whole.flatMap((part) => [...words(part), words(part).join('')]).filter((word) => word !== ''))
  return ` ${[...found].join(' ')}`
}

/** A search in the same words; null when it can match nobody (odd characters only, or more words than any name has). */
export const foldQuery = (query: string): readonly string[] | null => {
  const found = [...new Set(words(query))]
  if (found.length === 0) return query.trim() === '' ? [] : null
  return found.length > 12 || found.some((word) => word.length > 60) ? null : found
}

export const sortKey = (person: { readonly firstName: string; readonly lastName: string }): string =>
  `${words(person.lastName).join(' ')}, ${words(person.firstName).join(' ')}`
