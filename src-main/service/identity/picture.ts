import type { Prng } from '../prng'
import { gridHeight, gridWidth, letterStrokes, type Point } from './alphabet'

const cell = 60
const height = 90
const scale = 8.5
const round = (value: number): string => value.toFixed(1)

/** A smooth bend across the whole picture: every point is pushed by two slow waves. */
const bend = (prng: Prng): ((point: Point) => Point) => {
  const [pushX, pushY] = [2 + prng.next() * 2.5, 2.5 + prng.next() * 3.5]
  const [startX, startY] = [prng.next() * Math.PI * 2, prng.next() * Math.PI * 2]
  return ({ x, y }) => ({ x: x + pushX * Math.sin(y / 17 + startX), y: y + pushY * Math.sin(x / 31 + startY) })
}

/** Short straight pieces, so that a long stroke can bend. */
const subdivide = (points: readonly Point[]): readonly Point[] =>
  points.flatMap((point, index) => {
    const next = points[index + 1]
    if (next === undefined) return [point]
    return [0, 0.25, 0.5, 0.75].map((part) => ({ x: point.x + (next.x - point.x) * part, y: point.y + (next.y - point.y) * part }))
  })

const path = (points: readonly Point[]): string => points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')

const drawLetter = (letter: string, index: number, prng: Prng): readonly (readonly Point[])[] => {
  const angle = (prng.next() - 0.5) * 0.5
  const size = scale * (0.9 + prng.next() * 0.2)
  const middle = { x: 30 + cell * index + cell / 2 + (prng.next() - 0.5) * 8, y: height / 2 + (prng.next() - 0.5) * 10 }
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return letterStrokes(letter).map((line) =>
    subdivide(line).map(({ x, y }) => {
      const [fromX, fromY] = [(x - gridWidth / 2) * size, (y - gridHeight / 2) * size]
      return { x: middle.x + fromX * cos - fromY * sin, y: middle.y + fromX * sin + fromY * cos }
    })
  )
}

/**
 * Draws the verification code: bent strokes without any text in the file, a few wandering lines and specks of noise.
 * @returns an SVG document, dark ink on its own white ground, so that it is legible in every theme
 */
export const drawCode = (code: string, prng: Prng): string => {
  const width = 60 + cell * code.length
  const bent = bend(prng)
  const letters = Array.from(code).flatMap((letter, index) => drawLetter(letter, index, prng).map((line) => path(line.map(bent))))
  const wandering = Array.from({ length: 3 }, () => {
    const start = { x: prng.between(0, 25), y: prng.between(15, height - 15) }
    const steps = Array.from({ length: 9 }, (_, step) => ({ x: start.x + ((width - 20) / 8) * step, y: start.y + prng.between(-12, 12) }))
    return path(steps.map(bent))
  })
  const specks = Array.from({ length: 40 }, () => {
    const [x, y] = [prng.between(4, width - 4), prng.between(4, height - 4)]
    return `M${x} ${y}l${prng.between(1, 3)} ${prng.between(-2, 2)}`
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="none" stroke="#22262b" stroke-linecap="round" stroke-linejoin="round">` +
    `<rect width="${width}" height="${height}" fill="#ffffff" stroke="none"/>` +
    `<path stroke-width="4.5" d="${letters.join('')}"/>` +
    `<path stroke-width="1.2" opacity="0.55" d="${wandering.join('')}"/>` +
    `<path stroke-width="1.6" opacity="0.6" d="${specks.join('')}"/></svg>`
  )
}
