/**
 * The letters of the verification picture as strokes on a grid 4 wide and 6 high, our own: each string is one line that
 * is drawn without lifting the pen, two digits a point (column, row).
 */
const strokes: Readonly<Record<string, readonly string[]>> = {
  A: ['062046', '1434'],
  B: ['0333424130000636454433'],
  C: ['4130100105163645'],
  D: ['00063644423000'],
  E: ['40000646', '0333'],
  F: ['400006', '0333'],
  G: ['41301001051636454323'],
  H: ['0006', '4046', '0343'],
  I: ['1030', '2026', '1636'],
  J: ['2040', '3035261605'],
  K: ['0006', '400346'],
  L: ['000646'],
  M: ['0600234046'],
  N: ['06004640'],
  O: ['103041453616050110'],
  P: ['06003041423303'],
  Q: ['103041453616050110', '2446'],
  R: ['06003041423303', '2346'],
  S: ['413010010213334445361605'],
  T: ['0040', '2026'],
  U: ['000516364540'],
  V: ['002640'],
  W: ['0016233640'],
  X: ['0046', '4006'],
  Y: ['002340', '2326'],
  Z: ['00400646']
}

export type Point = { readonly x: number; readonly y: number }
export const gridWidth = 4
export const gridHeight = 6

/** @returns the letter's lines in grid coordinates; nothing for anything that is not A to Z */
export const letterStrokes = (letter: string): readonly (readonly Point[])[] =>
  (strokes[letter] ?? []).map((line) =>
    Array.from({ length: line.length / 2 }, (_, index) => ({ x: Number(line.charAt(index * 2)), y: Number(line.charAt(index * 2 + 1)) }))
  )

/** The words each letter is said with, so that M and N cannot be mistaken for each other. */
export const spokenNames: Readonly<Record<string, string>> = {
  A: 'Anna', B: 'Ben', C: 'Carol', D: 'David', E: 'Emma', F: 'Frank', G: 'George', H: 'Helen', I: 'Isaac', J: 'John', K: 'Karen', L: 'Linda', M: 'Mary',
  N: 'Nancy', O: 'Oscar', P: 'Peter', Q: 'Queen', R: 'Robert', S: 'Sam', T: 'Thomas', U: 'Uncle', V: 'Victor', W: 'Walter', X: 'X-ray', Y: 'Yellow', Z: 'Zebra'
}
