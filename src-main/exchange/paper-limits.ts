import type { Message } from '../contract/exchange'

/** How much one print holds: Chromium needs the whole page at once. */
export const paperLimits = {
  /** More than a year of letters to everybody; a book of more pages is laid out too slowly to wait for. */
  letters: 2_000,
  characters: 4_000_000,
  /** Of all its photos together, each counted once: the page, the PDF and what lays it out hold them at the same time, five times as much in all. */
  photoBytes: 100 * 1024 * 1024
} as const

/** What there is too much of. */
export type TooMuch = 'letters' | 'photos'

/** @returns counts one letter after the other, and tells what is too much from there on; null: all of them fit so far */
export const countForPaper = (): ((message: Message) => TooMuch | null) => {
  const photos = new Set<string>()
  let letters = 0
  let characters = 0
  let photoBytes = 0
  return (message) => {
    letters += 1
    characters += message.body.length
    for (const { photoId, bytes } of message.photos) {
      if (!photos.has(photoId)) photoBytes += bytes
      photos.add(photoId)
    }
    if (letters > paperLimits.letters || characters > paperLimits.characters) return 'letters'
    return photoBytes > paperLimits.photoBytes ? 'photos' : null
  }
}
