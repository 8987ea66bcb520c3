/** A small picture for a letter: hills under an evening sky, another one for every letter, the same for the same seed. */
import { pngOf } from '../../tests/support/png'
import type { Dice } from './random'

type Colour = readonly [red: number, green: number, blue: number]

const width = 96
const height = 72

const between = (from: Colour, to: Colour, share: number): Colour => {
  const mix = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share)
  return [mix(0), mix(1), mix(2)]
}
const colour = (dice: Dice, red: number, green: number, blue: number): Colour => [red + dice.upTo(50), green + dice.upTo(50), blue + dice.upTo(50)]

/** @returns a PNG with nothing in it but the picture, as the app itself makes photos small and bare */
export const drawPicture = (dice: Dice): { readonly type: 'png'; readonly width: number; readonly height: number; readonly bytes: Buffer } => {
  const [above, below, hill] = [colour(dice, 40, 90, 170), colour(dice, 200, 150, 90), colour(dice, 20, 80, 30)]
  const [crest, rise, bend] = [34 + dice.upTo(16), 4 + dice.upTo(9), 8 + dice.upTo(16)]
  const skyline = Array.from({ length: width }, (_, x) => crest + rise * Math.sin(x / bend))
  const rows = Buffer.alloc(height * (1 + 3 * width))
  for (let y = 0; y < height; y += 1) {
    const sky = between(above, below, y / height)
    // The first byte of a row says that nothing was done to it.
    const row = y * (1 + 3 * width) + 1
    for (let x = 0; x < width; x += 1) rows.set(y > (skyline[x] ?? height) ? hill : sky, row + 3 * x)
  }
  return { type: 'png', width, height, bytes: pngOf(width, height, rows) }
}
