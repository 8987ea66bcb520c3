import { foldLetters, oneLine } from './text'

/** Names Windows keeps for devices, whatever ending follows. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/i
// What a system refuses in a name, and marks that turn a name around or hide in it.
const refused = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/gu

/** Bytes: the shortest limit of usual disks is 255 with an ending and a number; archives add their folders. */
const longest = 100

const bytes = (text: string): number => new TextEncoder().encode(text).length

const cut = (text: string, most: number): string => {
  let kept = ''
  let size = 0
  for (const sign of text) {
    size += bytes(sign)
    if (size > most) break
    kept += sign
  }
  return kept
}

/**
 * A name (without an ending) that every system takes: no folder in it, no device's name, no dot or space at its ends, not too long.
 * @param wanted anything, also from a stranger's file
 * @param otherwise what to call it when nothing is left
 * @param most bytes of it
 * @returns the name; making it safe again changes nothing
 * Source: bad-inputs.md (Attachment, names).
 */
export const safeFileName = (wanted: string, otherwise = 'letter', most = longest): string => {
  const plain = cut(oneLine(oneLine(wanted).replace(refused, ' ')), most).replace(/^[\s.~-]+|[\s.]+$/gu, '')
  if (plain === '') return otherwise
  const stem = plain.split('.')[0] ?? ''
  return reserved.test(stem.trim()) ? cut(`${otherwise} ${plain}`, most).replace(/[\s.]+$/gu, '') : plain
}

/**
 * Names in one folder: a name that is there already, in any case or with any accents, gets a number.
 * @returns gives each name out once, with its ending
 */
export const createNames = () => {
  const taken = new Set<string>()
  const numbers = new Map<string, number>()
  return (wanted: string, ending: string): string => {
    const key = foldLetters(wanted)
    for (let number = numbers.get(key) ?? 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted} (${number})`
      if (taken.has(foldLetters(name))) continue
      taken.add(foldLetters(name))
      numbers.set(key, number + 1)
      return `${name}.${ending}`
    }
  }
}
