const number = new Intl.NumberFormat('en-US')

export type StampUnit = 'stamp' | 'credit'

export const stampWords = (stamps: number, unit: StampUnit = 'stamp'): string => `${number.format(stamps)} ${unit}${stamps === 1 ? '' : 's'}`

/** "1,388 characters left, 1 stamp"; below zero the letter is too long whatever it costs. */
export function costWords(charactersLeft: number, stamps: number, unit: StampUnit = 'stamp'): string {
  const count = Math.abs(charactersLeft)
  const characters = `${number.format(count)} ${count === 1 ? 'character' : 'characters'}`
  return charactersLeft < 0 ? `${characters} too many` : `${characters} left, ${stampWords(stamps, unit)}`
}
