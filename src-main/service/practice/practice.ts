import type { Call, Context } from '../context'
import type { Controls, Weather, WeatherPatch } from '../line/controls'
import type { FaultDice, FiredFaults } from '../line/faults'
import type { Queue } from '../queue'
import { prepareAccount } from './account'

type PracticeState = Weather & { readonly serviceTime: number }

/** The controls of practice mode: not part of the wire, so that no request can reach them. */
export type Practice = {
  readonly state: () => PracticeState
  /** Takes effect at once; resolves when it would survive a restart. */
  readonly set: (patch: WeatherPatch) => Promise<PracticeState>
  /** Moves the service's clock forward and takes every letter to where it is by then. */
  readonly fastForward: (hours: number) => Promise<PracticeState>
  /** The ready account of practice mode, with a fresh password. */
  readonly prepareAccount: () => Promise<{ readonly email: string; readonly password: string }>
  /** How often each fault has fired since the start, before and after the service had acted. */
  readonly firedFaults: () => FiredFaults
}

export const createPractice = (parts: {
  readonly context: Context
  readonly controls: Controls
  readonly dice: FaultDice
  readonly queue: Queue
  readonly prepare: (call: Call, saveClock: boolean) => Promise<void>
}): Practice => {
  const { context, controls, dice, queue, prepare } = parts
  const state = (): PracticeState => ({ ...controls.state(), serviceTime: context.clock.time() })
  const call = (): Call => ({ context, now: context.clock.time() })
  return {
    state,
    set: async (patch) => {
      controls.set(patch)
      await queue.run(controls.save)
      return state()
    },
    fastForward: (hours) =>
      queue.run(async () => {
        if (Number.isFinite(hours)) context.clock.forward(hours * 3_600_000)
        await prepare(call(), true)
        return state()
      }),
    prepareAccount: () =>
      queue.run(async () => {
        await prepare(call(), false)
        return prepareAccount(call())
      }),
    firedFaults: () => dice.fired()
  }
}
