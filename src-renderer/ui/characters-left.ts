const number = new Intl.NumberFormat('en-US')

export interface CharactersLeft {
  readonly words: string
  readonly over: boolean
}

/** Silent until the end is near (the last fifth); counts what a person sees as characters. */
export function charactersLeft(text: string, limit: number): CharactersLeft | undefined {
  const left = limit - [...text].length
  if (left > limit / 5) return undefined
  const amount = number.format(Math.abs(left))
  const noun = Math.abs(left) === 1 ? 'character' : 'characters'
  return left < 0 ? { words: `${amount} ${noun} too many`, over: true } : { words: `${amount} ${noun} left`, over: false }
}
