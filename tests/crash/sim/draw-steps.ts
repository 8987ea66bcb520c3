/** The steps of a seed: which kinds there are, how often each comes, and what each draws its own chance from. */
import { seededNumbers } from '../support/seeded-numbers'

/** How often each comes up, of 100. */
const weights = {
  type: 22,
  confirm: 22,
  cancel: 7,
  tick: 18,
  lock: 4,
  'switch user': 2,
  buy: 4,
  'reply arrives': 3,
  crash: 2,
  'power cut': 1.5,
  'clock jump': 4,
  'disk full': 2,
  snapshot: 3,
  restore: 2.5,
  weather: 6.2
} as const
type DrawnKind = keyof typeof weights
export type Step = { readonly kind: DrawnKind | 'photo'; readonly seed: number }

/** So many of the times somebody would type, they add a photo instead, or take one out: the other steps of a seed stay what they were before there were photos. */
const photoOf = 5

/** The steps of a seed, as one list. */
export const drawSteps = (seed: number, count: number): readonly Step[] => {
  const random = seededNumbers(seed)
  const total = Object.values(weights).reduce<number>((sum, weight) => sum + weight, 0)
  return Array.from({ length: count }, () => {
    let left = random.number() * total
    const drawn = (Object.keys(weights) as DrawnKind[]).find((name) => (left -= weights[name]) < 0) ?? 'tick'
    const own = random.below(2 ** 31)
    return { kind: drawn === 'type' && own % photoOf === 0 ? 'photo' : drawn, seed: own }
  })
}
