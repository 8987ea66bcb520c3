import { faultNames, type FaultName, type Faults } from '../config'
import type { Prng } from '../prng'

/** What goes wrong with one exchange: which fault, and whether the service has acted by then. */
export type Mishap = { readonly fault: FaultName; readonly moment: 'before' | 'after' }
export type FiredFaults = Readonly<Record<FaultName, { readonly before: number; readonly after: number }>>

export type FaultDice = {
  /** Decides about one exchange and counts what it decided; at most one fault fires. */
  readonly roll: (faults: Faults) => Mishap | null
  readonly fired: () => FiredFaults
}

/** A lost request never reaches the service, a lost or doubled answer always comes from it; the others may be either. */
const momentOf = (fault: FaultName, prng: Prng): Mishap['moment'] => {
  const coin = prng.chance(0.5)
  if (fault === 'dropRequest') return 'before'
  if (fault === 'dropResponse' || fault === 'duplicateResponse') return 'after'
  return coin ? 'before' : 'after'
}

export const createFaultDice = (prng: Prng): FaultDice => {
  const counts = new Map<string, number>()
  return {
    roll: (faults) => {
      const hits = faultNames.filter((name) => prng.chance(faults[name]))
      const fault = hits[0]
      if (fault === undefined) return null
      const moment = momentOf(fault, prng)
      counts.set(`${fault} ${moment}`, (counts.get(`${fault} ${moment}`) ?? 0) + 1)
      return { fault, moment }
    },
    fired: () => {
      const count = (name: FaultName): FiredFaults[FaultName] => ({ before: counts.get(`${name} before`) ?? 0, after: counts.get(`${name} after`) ?? 0 })
      return {
        dropRequest: count('dropRequest'),
        dropResponse: count('dropResponse'),
        error500: count('error500'),
        error429: count('error429'),
        duplicateResponse: count('duplicateResponse'),
        malformedResponse: count('malformedResponse')
      }
    }
  }
}
