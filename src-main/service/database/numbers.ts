import type { Tx } from '../context'
import { countUp } from './meta'

/** @returns the next number of a series, like "R-20261123-000042": the day, then a count that never repeats */
export const nextNumber = async (tx: Tx, series: 'R' | 'M' | 'A'): Promise<string> => {
  const count = await countUp(tx.db, `last-${series}`)
  const day = new Date(tx.now).toISOString().slice(0, 10).replaceAll('-', '')
  return `${series}-${day}-${String(count).padStart(6, '0')}`
}
