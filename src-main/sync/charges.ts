import type { AccountService } from '../app/ports'

/** The purchases that a window is waiting for just now. */
export const createCharges = (service: Pick<AccountService, 'charge'>) => {
  const underWay = new Set<string>()
  let count = 0
  return {
    charge: (async (order) => {
      underWay.add(order.key)
      count += 1
      try {
        return await service.charge(order)
      } finally {
        underWay.delete(order.key)
        count += 1
      }
    }) satisfies AccountService['charge'],
    underWay: (key: string): boolean => underWay.has(key),
    /** Rises whenever one begins or ends. */
    count: (): number => count
  }
}
