/** The way between the app and the service, with everything that can go wrong on it. Every fault that happened is counted. */
import type { RemoteService } from '../../../src-main/wire/remote-service'
import { LineError } from '../../../src-main/wire/remote-service'
import type { SeededNumbers } from '../support/seeded-numbers'

export const networkFaults = [
  'offline',
  'latency',
  'timeout before',
  'lost answer',
  '500 before',
  '500 after',
  '429',
  'malformed',
  'duplicate',
  'no receipt',
  'other letter',
  'price change'
] as const
export type NetworkFault = (typeof networkFaults)[number]

export type Weather = {
  /** Chance of a fault at each exchange, 0 to 1. */
  chance: number
  faults: readonly NetworkFault[]
  /** Only exchanges of this name; all of them where it is missing. */
  only?: string
}

type Timers = { readonly after: (ms: number, run: () => void) => () => void }
type Request = { readonly name: string; readonly input: { readonly key?: string } }

const refusal = (status: number, code: string): string => JSON.stringify({ ok: false, status, code })
const never = new Promise<never>(() => undefined)

/** What lasts longer than one life of the app: the weather, the faults that fired, and keys refused for ever. */
export const createSky = () => ({
  weather: { chance: 0, faults: networkFaults } as Weather,
  fired: new Map<NetworkFault, number>(),
  /** Keys the service refused at its own price, for ever (its stored answer). */
  priceRefused: new Set<string>(),
  /** Keys that have reached the service. */
  passed: new Set<string>(),
  exchanges: 0
})
export type Sky = ReturnType<typeof createSky>

/**
 * @param alive false once this life of the app is over: nothing arrives any more
 * @param point called before an exchange leaves, when the service has acted, and when the answer is there
 */
export const createNetwork =
  (sky: Sky, random: SeededNumbers, timers: Timers, alive: () => boolean, point: (where: 'call leaves' | 'service acted' | 'answer came', name: string) => void) =>
  (service: RemoteService): RemoteService => {
    const wait = (ms: number): Promise<void> => new Promise((resolve) => timers.after(ms, () => resolve()))
    const note = (fault: NetworkFault): NetworkFault => {
      sky.fired.set(fault, (sky.fired.get(fault) ?? 0) + 1)
      return fault
    }
    /** The service's own word; nothing of it reaches an app that has died meanwhile. */
    const ask = async (text: string, key: string | null, name: string): Promise<string> => {
      if (key !== null) sky.passed.add(key)
      const answer = await service.exchange(text)
      if (!alive()) return never
      point('service acted', name)
      return answer
    }
    const carry = async (text: string): Promise<string> => {
      const request = JSON.parse(text) as Request
      const key = request.name === 'messaging.submit' || request.name === 'stamps.purchase' ? (request.input.key ?? null) : null
      if (key !== null && sky.priceRefused.has(key)) return refusal(422, 'PRICE_CHANGED')
      const { weather } = sky
      const meant = weather.only === undefined || weather.only === request.name
      const drawn = meant && random.number() < weather.chance ? random.pick(weather.faults) : null
      switch (drawn) {
        case null:
          return ask(text, key, request.name)
        case 'offline':
          note(drawn)
          throw new LineError('offline')
        case 'latency':
          note(drawn)
          await wait(30_000)
          return ask(text, key, request.name)
        case 'timeout before':
          note(drawn)
          await wait(10_000)
          throw new LineError('timeout')
        case 'lost answer':
          note(drawn)
          await ask(text, key, request.name)
          throw new LineError('cut')
        case '500 before':
          note(drawn)
          return refusal(500, 'TROUBLE')
        case '500 after':
          note(drawn)
          await ask(text, key, request.name)
          return refusal(500, 'TROUBLE')
        case '429':
          note(drawn)
          return refusal(429, 'TOO_MANY_REQUESTS')
        case 'malformed': {
          note(drawn)
          const answer = await ask(text, key, request.name)
          return random.pick([answer.slice(0, answer.length >> 1), '', '<html>502</html>', '{"ok":true}', '{"ok":true,"reply":null}'])
        }
        case 'duplicate':
          note(drawn)
          await ask(text, key, request.name)
          return ask(text, key, request.name)
        case 'no receipt': {
          const answer = JSON.parse(await ask(text, key, request.name)) as { ok: boolean; reply?: Record<string, unknown> }
          if (!answer.ok || answer.reply?.['receiptNumber'] === undefined) return JSON.stringify(answer)
          note(drawn)
          const { receiptNumber: _, ...rest } = answer.reply
          return JSON.stringify({ ok: true, reply: rest })
        }
        case 'other letter': {
          const answer = JSON.parse(await ask(text, key, request.name)) as { ok: boolean; reply?: Record<string, unknown> }
          if (!answer.ok || answer.reply?.['payloadHash'] === undefined) return JSON.stringify(answer)
          note(drawn)
          return JSON.stringify({ ok: true, reply: { ...answer.reply, payloadHash: 'f'.repeat(64) } })
        }
        case 'price change': {
          // As the service would: a key it has answered keeps that answer; a new one is refused, and stays refused.
          if (key === null || sky.passed.has(key)) return ask(text, key, request.name)
          note(drawn)
          sky.priceRefused.add(key)
          return refusal(422, 'PRICE_CHANGED')
        }
      }
    }
    return {
      exchange: async (text) => {
        if (!alive()) return never
        sky.exchanges += 1
        const { name } = JSON.parse(text) as Request
        point('call leaves', name)
        const answer = await carry(text)
        if (!alive()) return never
        point('answer came', name)
        return answer
      }
    }
  }
