const number = new Intl.NumberFormat('en-US')

export const stampWords = (stamps: number): string => `${number.format(stamps)} ${stamps === 1 ? 'stamp' : 'stamps'}`

/** "1,388 characters left, 1 stamp"; below zero the letter is too long whatever it costs. */
export function costWords(charactersLeft: number, stamps: number): string {
  const count = Math.abs(charactersLeft)
  const characters = `${number.format(count)} ${count === 1 ? 'character' : 'characters'}`
  return charactersLeft < 0 ? `${characters} too many` : `${characters} left, ${stampWords(stamps)}`
}
