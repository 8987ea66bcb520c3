import { LineError, type RemoteService } from '../../wire/remote-service'
import { envelope, refuse } from '../outcome'
import type { Prng } from '../prng'
import type { Answer } from '../server'
import type { Controls } from './controls'
import type { FaultDice, Mishap } from './faults'

/** What a broken proxy might hand over instead of an answer. */
const spoil = (answer: string, prng: Prng): string =>
  prng.pick([answer.slice(0, Math.max(1, Math.floor(answer.length / 2))), '<html><body>502 Bad Gateway</body></html>', '{"ok":true}', '', '{"ok":true,"reply":null}'])

/**
 * The line to the service: text in, text out, with the weather of the practice controls in between.
 * @param handle the server; called once for each request that arrives
 */
export const createRemote = (parts: {
  readonly handle: (text: string) => Promise<Answer>
  readonly controls: Controls
  readonly dice: FaultDice
  readonly prng: Prng
  readonly delay: (ms: number) => Promise<void>
}): RemoteService => {
  const { handle, controls, dice, prng, delay } = parts

  const beforeTheService = (mishap: Mishap): string => {
    if (mishap.fault === 'error500') return envelope(refuse('TROUBLE'))
    if (mishap.fault === 'error429') return envelope(refuse('TOO_MANY_REQUESTS'))
    if (mishap.fault === 'malformedResponse') return spoil('{"ok":true,"reply":{}}', prng)
    throw new LineError('timeout')
  }

  const afterTheService = async (mishap: Mishap, text: string): Promise<string> => {
    const answer = await deliver(text)
    if (mishap.fault === 'duplicateResponse') return deliver(text)
    if (mishap.fault === 'error500') return envelope(refuse('TROUBLE'))
    if (mishap.fault === 'error429') return envelope(refuse('TOO_MANY_REQUESTS'))
    if (mishap.fault === 'malformedResponse') return spoil(answer, prng)
    throw new LineError('cut')
  }

  const deliver = async (text: string): Promise<string> => {
    const answer = await handle(text)
    if (answer.line === 'loseAnswer') throw new LineError('timeout')
    return answer.line === 'repeat' ? (await handle(text)).text : answer.text
  }

  return {
    exchange: async (text) => {
      const { offline, latencyMs, faults } = controls.state()
      if (offline) throw new LineError('offline')
      const mishap = dice.roll(faults)
      const wait = prng.between(latencyMs[0], latencyMs[1])
      if (wait > 0) await delay(wait)
      if (controls.state().offline) throw new LineError('cut')
      if (mishap === null) return deliver(text)
      return mishap.moment === 'before' ? beforeTheService(mishap) : afterTheService(mishap, text)
    }
  }
}
