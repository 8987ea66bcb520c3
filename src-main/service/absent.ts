import { LineError } from '../wire/remote-service'
import type { Service } from './index'

const calm = { dropRequest: 0, dropResponse: 0, error500: 0, error429: 0, duplicateResponse: 0, malformedResponse: 0 }

/**
 * The service where its own file cannot be used: out of reach, and saying so.
 * @param why thrown to whoever wants to change it all the same
 */
export const absentService = (now: () => number, why: Error): Service => {
  const notHere = (): never => {
    throw why
  }
  const state = () => ({ offline: true, latencyMs: [0, 0] as const, faults: calm, serviceTime: now() })
  return {
    remote: {
      exchange: async () => {
        throw new LineError('offline')
      }
    },
    practice: { state, set: notHere, fastForward: notHere, prepareAccount: notHere, firedFaults: notHere },
    post: { list: () => [], onArrived: () => () => undefined },
    close: async () => undefined
  }
}
